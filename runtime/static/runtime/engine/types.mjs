// The question types: a row each, with its answer type and its door for canonical values -> {value, code}. It may say how typed
// text is read, and what satisfies `required`. Those with `door: true` are read on the server; here their text is kept as typed.

import { admitText, admitted, isOne, refused } from "./door.mjs";

function admitOne(value, { choices }) {
  for (let at = 0; at < choices.length; at += 1) if (choices[at].name === value) return admitted(value);
  return refused(isOne(value) ? "choice" : "type");
}

function admitMany(value, settings) {
  if (!Array.isArray(value) || !value.every(isOne)) return refused("type");
  if (value.length === 0) return admitted(null);
  const { choices } = settings;
  const chosen = [];
  for (let at = 0; at < choices.length; at += 1) if (value.includes(choices[at].name)) chosen.push(choices[at].name);
  if (chosen.length === value.length) return admitted(chosen);
  return refused(new Set(value).size === value.length ? "choice" : "type");
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
const parts = () => import("./types/in_parts.mjs");
const files = () => import("./types/files.mjs");
const FETCHED = new Map([
  ["integer", numbers],
  ["decimal", numbers],
  ["date", dates],
  ["time", dates],
  ["date_time", dates],
  ["partial_date", dates],
  ["moment", dates], // what a calculation may be
  ["partial", dates],
  ["email", codes],
  ["url", codes],
  ["barcode", codes],
  ["scale", scales],
  ["rank", scales],
  ...["quantity", "person", "postal_address", "point", "matrix"].map((name) => [name, parts]),
  ...["file", "photo", "signature"].map((name) => [name, files]),
]);
export const UNKNOWN = { answerType: "text", admit: () => refused("type") };

// Fetch what the types of these questions and calculations need; before `load`, and before `read`.
export async function fetchTypes(items) {
  for (const { type } of items) {
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
