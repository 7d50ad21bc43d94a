// The question types: one row each, with its answer type and its door for canonical values -> {value, code}. A row may say how
// typed text is read, else its answer type does (read.mjs), and which answers satisfy `required`. Types with `door: true` are read on the server, by libraries without a twin; here their text is kept as typed.

import { clean, isBlank, isText, length } from "./texts.mjs";

const MOST_TEXT = 20_000;
const CHOICE_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/;

export const isOne = (value) => typeof value === "string" && CHOICE_NAME.test(value);
export const refused = (code) => ({ value: null, code });
export const admitted = (value) => ({ value, code: null });

export function admitText(value, longest) {
  if (typeof value !== "string") return refused("type");
  if (length(value) > MOST_TEXT || length(clean(value)) > longest) return refused("too_long");
  if (!isText(value)) return refused("type");
  return admitted(isBlank(value) ? null : clean(value));
}

function admitOne(value, settings) {
  if (!isOne(value)) return refused("type");
  return settings.choices.some((choice) => choice.name === value) ? admitted(value) : refused("choice");
}

function admitMany(value, settings) {
  if (!Array.isArray(value) || !value.every(isOne) || new Set(value).size !== value.length) return refused("type");
  if (value.length === 0) return admitted(null);
  const wanted = new Set(value);
  const chosen = settings.choices.map((choice) => choice.name).filter((name) => wanted.has(name));
  return chosen.length === value.length ? admitted(chosen) : refused("choice");
}

const freeText = { answerType: "text", admit: (value, settings) => admitText(value, settings.maximum_length) };
const doorText = { answerType: "text", door: true, admit: (value) => admitText(value, 50) };
const decision = { answerType: "bool", admit: (value) => (typeof value === "boolean" ? admitted(value) : refused("type")) };
const oneChoice = { answerType: "one", admit: admitOne };

const TYPES = new Map([
  ["text", freeText],
  ["long_text", freeText],
  ["hidden", freeText],
  ["yes_no", decision],
  ["consent", { ...decision, satisfies: (value) => value === true }],
  ["choose_one", oneChoice],
  ["choose_from_list", oneChoice],
  ["choose_several", { answerType: "many", admit: admitMany }],
  ["phone", doorText],
  ["national_number", doorText],
  ["iban", doorText],
]);

// Types with more code of their own: their module is fetched when a definition has one of them.
const numbers = () => import("./types/numbers.mjs");
const dates = () => import("./types/dates.mjs");
const codes = () => import("./types/codes.mjs");
const scales = () => import("./types/scales.mjs");
const parts = () => import("./types/parts.mjs");
const FETCHED = new Map([
  ["integer", numbers],
  ["decimal", numbers],
  ["date", dates],
  ["time", dates],
  ["date_time", dates],
  ["partial_date", dates],
  ["email", codes],
  ["url", codes],
  ["barcode", codes],
  ["scale", scales],
  ["rank", scales],
  ...["quantity", "person", "postal_address", "point", "matrix"].map((name) => [name, parts]),
]);
const UNKNOWN = { answerType: "text", admit: () => refused("type") };

// Fetch what the types of these questions need; before `load`, and before `read`.
export async function fetchTypes(questions) {
  for (const { type } of questions) {
    if (TYPES.has(type) || !FETCHED.has(type)) continue;
    const { ROWS } = await FETCHED.get(type)();
    for (const [name, row] of ROWS) TYPES.set(name, row);
  }
}

export function typeOf(name) {
  return TYPES.get(name) ?? UNKNOWN;
}

export function admitValue(question, value) {
  if (value === null || value === undefined) return admitted(null);
  return typeOf(question.type).admit(value, question.settings);
}
