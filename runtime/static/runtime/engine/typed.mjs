// What people type, made ready to be compared with what is known; the twin of the helpers of builder/values/reading.py.

import { plain } from "./showing.mjs";
import { BLANKS } from "./texts.mjs";

export const LONGEST = 60;
const SPACES = new RegExp(`[${BLANKS}]+`, "u");
export const UNREADABLE = "";

// The text for comparing words: without accents and capitals, single spaces, no dots at words' ends.
export function folded(text) {
  const bare = text.normalize("NFD").replace(/[\u0300-\u036f]/gu, "").toLowerCase().replaceAll("’", "'");
  return bare.split(SPACES).map((word) => word.replace(/\.+$/, "")).filter(Boolean).join(" ");
}

// The choice that each folded word means; the first of two wins.
export function named(settings, language) {
  const found = new Map();
  for (const choice of settings.choices) {
    for (const word of [folded(choice.name), folded(plain(choice.label, language, ""))]) {
      if (!found.has(word)) found.set(word, choice.name);
    }
  }
  return found;
}

// The chosen names as they were typed; null when one is on no list.
export function namesIn(text, settings, language) {
  const meant = named(settings, language);
  const names = text.replaceAll(";", ",").split(",").map(folded).filter(Boolean).map((word) => meant.get(word));
  return names.includes(undefined) ? null : names;
}
