// Answers in parts: the twin of builder/question_types/base/parts.py and of the types that are made of parts.
// A part: {name, label (TEXT, where an author wrote it), kind, choices, scale, minimum, maximum}.

import { isDate } from "../dates.mjs";
import { decimal } from "../decimals.mjs";
import { UNREADABLE, folded } from "../typed.mjs";
import { plain, showNumber } from "../showing.mjs";
import { trimmed } from "../texts.mjs";
import { admitText, admitted, refused } from "../door.mjs";
import { showDate } from "./calendar.mjs";
import { emailOf } from "./codes.mjs";
import { readDate } from "./reading_dates.mjs";
import { admitNumber, readNumber } from "./numbers.mjs";

const LONGEST = 200;
const none = admitted(null);

function numberPart(value, part) {
  const { scale = 12, minimum = null, maximum = null } = part;
  const given = admitNumber(value, scale);
  if (given.code) return given;
  const number = decimal(value);
  const fits = (minimum === null || number >= decimal(minimum)) && (maximum === null || number <= decimal(maximum));
  return fits ? given : refused("range");
}

function onePart(value, { choices }) {
  if (typeof value !== "string") return refused("type");
  return choices.some((choice) => choice.name === value) ? admitted(value) : refused("choice");
}

function emailPart(value) {
  const text = admitText(value, LONGEST);
  if (text.value === null) return text;
  const spelt = emailOf(text.value);
  return spelt ? admitted(spelt) : refused("type");
}

const textPart = (value) => admitText(value, LONGEST);

const ADMIT = {
  text: textPart,
  phone: textPart,
  email: emailPart,
  number: numberPart,
  date: (value) => (isDate(value) ? admitted(value) : refused("type")),
  one: onePart,
};

const READ = {
  text: (text) => text,
  phone: (text) => text,
  email: emailOf,
  number: (text, part, today, language) => readNumber(text, language),
  date: (text, part, today, language) => readDate(text, today, language, -1), // of birth: no other day is a part
  one(text, { choices }, today, language) {
    const wanted = folded(text);
    const meant = (choice) => wanted === folded(choice.name) || wanted === folded(plain(choice.label, language, ""));
    return choices.find(meant)?.name ?? UNREADABLE;
  },
};

function admitParts(value, parts) {
  if (typeof value !== "object" || Array.isArray(value)) return refused("type");
  if (!Object.keys(value).every((name) => parts.some((part) => part.name === name))) return refused("type");
  const kept = {};
  for (const part of parts) {
    const given = Object.hasOwn(value, part.name) ? value[part.name] : null;
    const found = given === null ? none : ADMIT[part.kind](given, part);
    if (found.code) return found;
    if (found.value !== null) kept[part.name] = found.value;
  }
  return Object.keys(kept).length ? admitted(kept) : none;
}

// The lines of a typed answer as pairs of a part's name and what was typed for it.
function pieces(text) {
  const lines = text.includes("\n") ? text.split("\n") : text.split(";");
  return lines.filter((line) => trimmed(line)).map((line) => {
    const at = line.indexOf(":");
    return at < 0 ? [trimmed(line), ""] : [trimmed(line.slice(0, at)), trimmed(line.slice(at + 1))];
  });
}

function readParts(text, parts, today, language) {
  const kept = {};
  for (const [name, typed] of pieces(text)) {
    const labelled = ({ label }) => label && folded(plain(label, language, "") || "") === folded(name);
    const part = parts.find((one) => one.name === name || labelled(one));
    const value = !part ? UNREADABLE : typed ? READ[part.kind](typed, part, today, language) : null;
    if (value === UNREADABLE) return UNREADABLE;
    if (value !== null) kept[part.name] = value;
  }
  const found = admitParts(kept, parts);
  return found.code ? UNREADABLE : found.value;
}

function showPart(part, value, language, source) {
  if (part.kind === "number") return showNumber(value, language);
  if (part.kind === "date") return showDate(value, language);
  if (part.kind !== "one") return value;
  const choice = part.choices.find((row) => row.name === value);
  return (choice && plain(choice.label, language, source)) || value;
}

function showGroups(groups) {
  return (value, parts, language, source) => {
    const shown = groups.map((group) =>
      group
        .filter((name) => Object.hasOwn(value, name))
        .map((name) => showPart(parts.find((part) => part.name === name), value[name], language, source))
        .join(" "),
    );
    return shown.filter(Boolean).join(", ");
  };
}

function showRows(value, parts, language, source) {
  const told = parts.filter((part) => Object.hasOwn(value, part.name));
  const label = (part) => plain(part.label, language, source) || part.name;
  return told.map((part) => `${label(part)}: ${showPart(part, value[part.name], language, source)}`).join("; ");
}

function showPoint(value) {
  const found = ["latitude", "longitude"].filter((name) => Object.hasOwn(value, name)).map((name) => value[name]);
  const near = Object.hasOwn(value, "accuracy") ? ` (± ${value.accuracy} m)` : "";
  return found.join(", ") + near;
}

const named = (text) => text.split(" ").map((name) => ({ name, kind: "text" }));
const has = (...names) => (value) => names.every((name) => Object.hasOwn(value, name));

// `parts` of the settings; more: show, satisfies, whole.
function composite(parts, show, more = {}) {
  return {
    answerType: "parts",
    parts,
    admit: (value, settings) => admitParts(value, parts(settings)),
    read: (text, settings, today, language) => readParts(text, parts(settings), today, language),
    show: (value, settings, language, source) => show(value, parts(settings), language, source),
    ...more,
  };
}

const PERSON = [
  ...named("given_name family_name"),
  { name: "birth_date", kind: "date" },
  { name: "phone", kind: "phone" },
  { name: "email", kind: "email" },
];
const ADDRESS = named("street number box postcode city country");
const POINT = [
  { name: "latitude", kind: "number", scale: 7, minimum: "-90", maximum: "90" },
  { name: "longitude", kind: "number", scale: 7, minimum: "-180", maximum: "180" },
  { name: "accuracy", kind: "number", scale: 1, minimum: "0", maximum: "100000" },
];
const quantity = ({ units, decimals, least, most }) => [
  { name: "number", kind: "number", scale: decimals, minimum: least, maximum: most },
  { name: "unit", kind: "one", choices: units },
];
const matrix = ({ rows, choices }) => rows.map(({ name, label }) => ({ name, label, kind: "one", choices }));

export const ROWS = [
  ["quantity", composite(quantity, showGroups([["number", "unit"]]), { whole: true, satisfies: has("number", "unit") })],
  ["person", composite(() => PERSON, showGroups([["given_name", "family_name"], ["birth_date"], ["phone"], ["email"]]))],
  ["postal_address", composite(() => ADDRESS, showGroups([["street", "number", "box"], ["postcode", "city"], ["country"]]))],
  ["point", composite(() => POINT, showPoint, { whole: true, satisfies: has("latitude", "longitude") })],
  ["matrix", composite(matrix, showRows, { satisfies: (value, { rows }) => has(...rows.map((row) => row.name))(value) })],
];
