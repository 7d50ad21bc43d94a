// How values look to people, and texts in their languages; the twin of builder/values/showing.py and piping.py.

import { canonicalNumber } from "./decimals.mjs";
import { MONTHS, YES_NO, base, hasDecimalComma } from "./words.mjs";

export function showNumber(text, language) {
  return hasDecimalComma(language) ? text.replace(".", ",") : text;
}

export function showDate(date, language) {
  const short = base(language);
  const month = MONTHS[short][Number(date.slice(5, 7)) - 1];
  return `${Number(date.slice(8))}${short === "de" ? "." : ""} ${month} ${date.slice(0, 4)}`;
}

export function showMoment(moment, language) {
  return `${showDate(moment.slice(0, 10), language)}, ${moment.slice(11)}`;
}

export function showPartial(partial, language) {
  if (partial.length === 10) return showDate(partial, language);
  return partial.length === 4 ? partial : `${MONTHS[base(language)][Number(partial.slice(5)) - 1]} ${partial.slice(0, 4)}`;
}

const SHOWN = new Map([
  ["date", showDate],
  ["moment", showMoment],
  ["partial", showPartial],
  ["bool", (value, language) => YES_NO[base(language)][value ? 0 : 1]],
]);

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
