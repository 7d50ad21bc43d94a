// Dates, times, moments and partial dates: the twin of builder/values/times.py and reading_times.py. Reading a date: reading_dates.mjs.

import { isDate } from "../dates.mjs";
import { LONGEST, UNREADABLE, folded } from "../typed.mjs";
import { SHOWN } from "../showing.mjs";
import { admitted, refused } from "../door.mjs";
import { showDate, showMoment, showPartial } from "./calendar.mjs";
import { DATE_WORDS } from "./date_words.mjs";
import { leaning, monthOf, readDate, worded } from "./reading_dates.mjs";

// Hours that have a name, in all our languages.
const HOURS = new Map();
for (const { noon, midnight } of Object.values(DATE_WORDS)) {
  for (const word of noon.split(" ")) HOURS.set(word, "12:00");
  for (const word of midnight.split(" ")) HOURS.set(word, "00:00");
}
const CLOCK = new RegExp(
  "^(?:(?:at|a|um|om) )?([0-9]{1,2})(?: ?(?:[:.hu]|uhr|uur|heures?) ?([0-9]{2})?)?" +
    " ?(?:h|uhr|uur|heures?|o'clock)?(?: ?([ap])\\.?m)?$",
);
const ISO = /^([0-9]{4}-[0-9]{2}-[0-9]{2})[t ]([0-9]{2}:[0-9]{2})(?::[0-9]{2}(?:\.[0-9]{1,9})?)?$/;
const MOST_WORDS = 4;

const isTime = (value) => typeof value === "string" && /^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/.test(value);
const isMonth = (value) => /^[1-9][0-9]{3}(?:-(?:0[1-9]|1[0-2]))?$/.test(value);

function isMoment(value) {
  if (typeof value !== "string" || value.length !== 16 || value[10] !== "T") return false;
  return isDate(value.slice(0, 10)) && isTime(value.slice(11));
}

function isPartial(value) {
  return typeof value === "string" && (isMonth(value) || isDate(value));
}

const two = (number) => String(number).padStart(2, "0");

function clock(hour, minute) {
  return hour <= 23 && minute <= 59 ? `${two(hour)}:${two(minute)}` : null;
}

function timeOf(word) {
  if (HOURS.has(word)) return HOURS.get(word);
  const digits = /^([0-9]{1,2})([0-9]{2})$/.exec(word);
  if (digits) return clock(Number(digits[1]), Number(digits[2]));
  const found = CLOCK.exec(word);
  if (!found) return null;
  const [hour, minute] = [Number(found[1]), Number(found[2] ?? "0")];
  if (!found[3]) return clock(hour, minute);
  return hour >= 1 && hour <= 12 ? clock((hour % 12) + (found[3] === "p" ? 12 : 0), minute) : null;
}

// A folded word that is not too long, given to its reader; null for blank.
function reading(reader) {
  return (text, settings, today, language) => {
    const word = folded(text);
    if (!word) return null;
    return [...word].length > LONGEST ? UNREADABLE : reader(word, today, language) || UNREADABLE;
  };
}

const dateIn = (word, today, language) => readDate(word, today, language) || null;
const joined = (day, time) => (day && time ? `${day}T${time}` : "");

// A time that says it is one: bare digits may be a year.
function marked(word) {
  return /^[0-9]*$/.test(word) ? null : timeOf(word);
}

function moment(word, today, language) {
  const iso = ISO.exec(word);
  if (iso) return joined(dateIn(iso[1], today, language), timeOf(iso[2]));
  const words = word.split(" ").map((part) => part.replace(/^,+|,+$/g, ""));
  for (let count = 1; count <= Math.min(MOST_WORDS, words.length - 1); count += 1) {
    const orders = [
      [words.slice(-count), words.slice(0, -count)],
      [words.slice(0, count), words.slice(count)],
    ];
    for (const [clockWords, dayWords] of orders) {
      const found = joined(dateIn(dayWords.join(" "), today, language), marked(clockWords.join(" ")));
      if (found) return found;
    }
  }
  // What can be a date is not taken for a time of today.
  return joined(today, dateIn(word, today, language) ? null : marked(word));
}

function partial(word, today, language) {
  const found = monthOfYear(word, language);
  return found && isPartial(found) ? found : dateIn(word, today, language);
}

function monthOfYear(word, language) {
  if (/^[0-9]{4}$/.test(word)) return word;
  let numbers = /^([0-9]{1,2})[./ -]([0-9]{4})$/.exec(word);
  if (numbers) return `${numbers[2]}-${two(Number(numbers[1]))}`;
  numbers = /^([0-9]{4})[./ -]([0-9]{1,2})$/.exec(word);
  if (numbers) return `${numbers[1]}-${two(Number(numbers[2]))}`;
  const [names, years] = worded(word);
  const month = names.length === 1 ? monthOf(names[0], language) : null;
  if (!month || years.length !== 1 || !/^[0-9]{4}$/.test(years[0])) return "";
  return `${years[0]}-${two(month)}`;
}

const admit = (valid) => (value) => (valid(value) ? admitted(value) : refused("type"));

const readDay = (text, settings, today, language, question) => readDate(text, today, language, leaning(settings, question));

SHOWN.set("date", showDate).set("moment", showMoment).set("partial", showPartial);

export const ROWS = [
  ["date", { answerType: "date", admit: admit(isDate), read: readDay }],
  ["time", { answerType: "time", admit: admit(isTime), read: reading(timeOf) }],
  ["date_time", { answerType: "moment", admit: admit(isMoment), read: reading(moment) }],
  ["partial_date", { answerType: "partial", admit: admit(isPartial), read: reading(partial) }],
];
