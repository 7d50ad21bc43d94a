// Reading leniently what people type; the twin of builder/values/reading.py. Numbers and dates: types/numbers.mjs, types/dates.mjs.
// read(question, text, today, language) -> {value} (canonical, or null for blank) | {unreadable: true}.
// Types with a door (phone, national number, IBAN) are kept as typed: the server reads them, the screen says so ({door: true}).

import { plain } from "./showing.mjs";
import { BLANKS, trimmed } from "./texts.mjs";
import { admitValue, typeOf } from "./types.mjs";
import { NO, YES } from "./words.mjs";

export const LONGEST = 60;
const SPACES = new RegExp(`[${BLANKS}]+`, "u");
export const UNREADABLE = "";

// The text for comparing words: without accents and capitals, single spaces, no dots at words' ends.
export function folded(text) {
  const bare = text.normalize("NFD").replace(/[\u0300-\u036f]/gu, "").toLowerCase().replaceAll("’", "'");
  return bare.split(SPACES).map((word) => word.replace(/\.+$/, "")).filter(Boolean).join(" ");
}

function readBool(text) {
  const word = folded(text);
  if (!word) return null;
  return YES.has(word) ? true : NO.has(word) ? false : UNREADABLE;
}

// The choice that each folded word means; the first of two wins.
function named(settings, language) {
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

function readOne(text, settings, language) {
  const wanted = folded(text);
  return wanted ? (named(settings, language).get(wanted) ?? UNREADABLE) : null;
}

function readMany(text, settings, language) {
  const names = namesIn(text, settings, language);
  if (!names) return UNREADABLE;
  const chosen = new Set(names);
  return names.length ? settings.choices.map((choice) => choice.name).filter((name) => chosen.has(name)) : null;
}

const READERS = {
  bool: readBool,
  one: (text, settings, today, language) => readOne(text, settings, language),
  many: (text, settings, today, language) => readMany(text, settings, language),
  text: (text) => trimmed(text.replaceAll("\r\n", "\n")),
};

export function read(question, text, today, language) {
  const { answerType, door = false, read: own } = typeOf(question.type);
  const value = (own ?? READERS[answerType])(text, question.settings, today, language);
  if (value === UNREADABLE && (own || answerType !== "text")) return { unreadable: true };
  const admitted = admitValue(question, value);
  if (admitted.code) return { unreadable: true };
  return door ? { value: admitted.value, door: true } : { value: admitted.value };
}
