// Reading leniently what people type; the twin of builder/values/reading.py. Numbers and dates: types/numbers.mjs, types/dates.mjs.
// read(question, text, today, language) -> {value} (canonical, or null for blank) | {unreadable: true}.

import { trimmed } from "./texts.mjs";
import { UNREADABLE, folded, named, namesIn } from "./typed.mjs";
import { admitValue, typeOf } from "./types.mjs";
import { NO, YES } from "./words.mjs";

function readBool(text) {
  const word = folded(text);
  if (!word) return null;
  return YES.has(word) ? true : NO.has(word) ? false : UNREADABLE;
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
  const value = (own ?? READERS[answerType])(text, question.settings, today, language, question);
  if (value === UNREADABLE && (own || answerType !== "text")) return { unreadable: true };
  const admitted = admitValue(question, value);
  if (admitted.code) return { unreadable: true };
  return door ? { value: admitted.value, door: true } : { value: admitted.value };
}
