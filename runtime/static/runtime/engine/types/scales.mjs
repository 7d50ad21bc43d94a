// Points on a scale, and choices put in order: the twins of builder/question_types/scale.py and rank.py.

import { decimal } from "../decimals.mjs";
import { UNREADABLE, namesIn } from "../typed.mjs";
import { admitted, isOne, refused } from "../door.mjs";
import { admitNumber, readNumber } from "./numbers.mjs";

function admitPoint(value, { minimum, maximum }) {
  const whole = admitNumber(value, 0);
  if (whole.code) return whole;
  const number = decimal(value);
  const within = !(typeof minimum === "string" && number < decimal(minimum)) && !(typeof maximum === "string" && number > decimal(maximum));
  return within ? whole : refused("range");
}

function readPoint(text, settings, today, language) {
  return readNumber(text, language);
}

function places({ choices, places: wanted }) {
  return Math.min(wanted || choices.length, choices.length);
}

function admitRanked(value, settings) {
  if (!Array.isArray(value) || !value.every(isOne) || new Set(value).size !== value.length) return refused("type");
  if (value.length === 0) return admitted(null);
  const known = new Set(settings.choices.map((choice) => choice.name));
  const fits = value.length <= places(settings) && value.every((name) => known.has(name));
  return fits ? admitted([...value]) : refused("choice");
}

function readRanked(text, settings, today, language) {
  const names = namesIn(text, settings, language);
  if (!names) return UNREADABLE;
  return names.length ? names : null;
}

export const ROWS = [
  ["scale", { answerType: "number", admit: admitPoint, read: readPoint }],
  [
    "rank",
    {
      answerType: "ranked",
      admit: admitRanked,
      read: readRanked,
      satisfies: (value, settings) => value.length === places(settings),
    },
  ],
];
