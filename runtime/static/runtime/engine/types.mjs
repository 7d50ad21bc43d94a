// The question types: one row each, with its answer type and its door for canonical values -> {value, code}.
// Types with `door: true` are read on the server, by libraries without a twin; here their text is kept as typed.

import { isDate } from "./dates.mjs";
import { isNumber } from "./decimals.mjs";
import { clean, isBlank, isText, length } from "./texts.mjs";

const MOST_TEXT = 20_000;
const CHOICE_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/;

const isOne = (value) => typeof value === "string" && CHOICE_NAME.test(value);
const refused = (code) => ({ value: null, code });
const admitted = (value) => ({ value, code: null });

export function admitText(value, longest) {
  if (typeof value !== "string") return refused("type");
  if (length(value) > MOST_TEXT || length(clean(value)) > longest) return refused("too_long");
  if (!isText(value)) return refused("type");
  return admitted(isBlank(value) ? null : clean(value));
}

function admitNumber(value, decimals) {
  if (!isNumber(value) || (value.split(".")[1] ?? "").length > decimals) return refused("type");
  return admitted(value);
}

function admitOne(value, settings) {
  if (!isOne(value)) return refused("type");
  return settings.choices.some((choice) => choice.name === value) ? admitted(value) : refused("choice");
}

function admitMany(value, settings) {
  if (!Array.isArray(value) || !value.every(isOne) || new Set(value).size !== value.length) return refused("type");
  if (value.length === 0) return admitted(null);
  const chosen = settings.choices.map((choice) => choice.name).filter((name) => value.includes(name));
  return chosen.length === value.length ? admitted(chosen) : refused("choice");
}

const doorText = { answerType: "text", door: true, admit: (value) => admitText(value, 50) };

const TYPES = new Map([
  ["text", { answerType: "text", admit: (value, settings) => admitText(value, settings.maximum_length) }],
  ["integer", { answerType: "number", admit: (value) => admitNumber(value, 0) }],
  ["decimal", { answerType: "number", admit: (value, settings) => admitNumber(value, settings.scale) }],
  ["date", { answerType: "date", admit: (value) => (isDate(value) ? admitted(value) : refused("type")) }],
  ["yes_no", { answerType: "bool", admit: (value) => (typeof value === "boolean" ? admitted(value) : refused("type")) }],
  ["choose_one", { answerType: "one", admit: admitOne }],
  ["choose_several", { answerType: "many", admit: admitMany }],
  ["phone", doorText],
  ["national_number", doorText],
]);

export function typeOf(name) {
  return TYPES.get(name);
}

export function admitValue(question, value) {
  if (value === null || value === undefined) return admitted(null);
  return TYPES.get(question.type).admit(value, question.settings);
}
