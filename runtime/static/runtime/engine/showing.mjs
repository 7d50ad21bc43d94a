// How values look to people, and texts in their languages; the twin of builder/values/showing.py and piping.py.

import { canonicalNumber } from "./decimals.mjs";
import { YES_NO, base, hasDecimalComma } from "./words.mjs";

export function showNumber(text, language) {
  return hasDecimalComma(language) ? text.replace(".", ",") : text;
}

// How values of an answer type look: (value, language) -> text. Those of dates come with types/dates.mjs.
export const SHOWN = new Map([["bool", (value, language) => YES_NO[base(language)][value ? 0 : 1]]]);

// The text in a language, else in the source language, else in the first there is; as parts.
export function textIn(text, language, source) {
  let found = text?.[language] ?? text?.[source];
  if (found === undefined && text) found = text[Object.keys(text).sort()[0]];
  if (found === undefined) return [];
  return typeof found === "string" ? [found] : found;
}

export function plain(text, language, source) {
  return textIn(text, language, source)
    .map((part) => (typeof part === "string" ? part : `{${part.answer}}`))
    .join("");
}

export function hasHoles(text) {
  return Object.values(text ?? {}).some((parts) => typeof parts !== "string" && parts.some((part) => part.answer));
}

function choiceLabel(choices, name, language, source) {
  const choice = choices.find((row) => row.name === name);
  return (choice && plain(choice.label, language, source)) || name;
}

// How values of one question or calculation look: (value, language) -> text.
export function shower(answerType, choices, source) {
  if (answerType === "number") return (value, language) => showNumber(canonicalNumber(value), language);
  if (SHOWN.has(answerType)) return SHOWN.get(answerType);
  if (choices) {
    return (value, language) =>
      [value].flat().map((name) => choiceLabel(choices, name, language, source)).join(", ");
  }
  return (value) => [value].flat().join(", ");
}

// A text with holes, ready to be filled: (root, entry, language) -> text. Its parts are joined, never searched again.
export function filler(text, source, hole) {
  const compiled = new Map();
  const partsIn = (language) => {
    if (!compiled.has(language)) {
      const parts = textIn(text, language, source);
      compiled.set(language, parts.map((part) => (typeof part === "string" ? part : hole(part.answer))));
    }
    return compiled.get(language);
  };
  return (root, entry, language) => {
    let filled = "";
    for (const part of partsIn(language)) {
      if (typeof part === "string") {
        filled += part;
      } else {
        const value = part.value(root, entry);
        if (value !== null) filled += part.show(value, language);
      }
    }
    return filled;
  };
}
