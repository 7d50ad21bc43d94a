// Dates, times, moments and partial dates: the twin of builder/values/times.py, reading_dates.py and reading_times.py.

import { addDays, civil, daysBetween, isDate, weekday } from "../dates.mjs";
import { LONGEST, UNREADABLE, folded } from "../typed.mjs";
import { SHOWN } from "../showing.mjs";
import { admitted, refused } from "../door.mjs";
import { FILLERS, MONTHS, NEAR, WEEKDAYS, showDate, showMoment, showPartial } from "./calendar.mjs";

export function readDate(text, today, language) {
  const word = folded(text);
  if (!word) return null;
  if ([...word].length > LONGEST) return UNREADABLE;
  for (const reading of [near, shifted, numbers, compactDigits, byWeekday, withMonth]) {
    const found = reading(word, today, language);
    if (found) return found;
  }
  return UNREADABLE;
}

// Ours first: `mar` is a weekday in French and a month in English.
function languages(language) {
  const short = language.split("-")[0].toLowerCase();
  return Object.keys(MONTHS).sort((one, two) => (one === short ? 0 : 1) - (two === short ? 0 : 1));
}

function near(word, today, language) {
  for (const key of languages(language)) {
    if (NEAR[key].has(word)) return addDays(today, NEAR[key].get(word));
  }
  return null;
}

const AGO = [
  [/^([0-9]{1,4}) (?:days?|dagen|dag) (?:ago|geleden)$/, -1],
  [/^(?:vor|il y a) ([0-9]{1,4}) (?:tag|tagen|jours?)$/, -1],
  [/^(?:in|over|dans) ([0-9]{1,4}) (?:days?|dagen|dag|tag|tagen|jours?)$/, 1],
];

function shifted(word, today) {
  const signed = /^([+-])([0-9]{1,4})$/.exec(word);
  if (signed) return addDays(today, Number(signed[1] + signed[2]));
  for (const [pattern, direction] of AGO) {
    const found = pattern.exec(word);
    if (found) return addDays(today, direction * Number(found[1]));
  }
  return null;
}

function numbers(word, today) {
  if (!/^[0-9]+(?:[./ -][0-9]+){1,2}$/.test(word)) return null;
  const parts = word.split(/[./ -]/);
  if (parts.length === 3 && parts[0].length === 4) return day(parts[2], parts[1], parts[0], today);
  const year = parts.length === 3 ? parts[2] : "";
  return day(parts[0], parts[1], year, today) || day(parts[1], parts[0], year, today);
}

function compactDigits(word, today) {
  if (!/^(?:[0-9]{6}|[0-9]{8})$/.test(word)) return null;
  const found = day(word.slice(0, 2), word.slice(2, 4), word.slice(4), today);
  if (found || word.length === 6) return found;
  return day(word.slice(6), word.slice(4, 6), word.slice(0, 4), today);
}

function byWeekday(word, today, language) {
  if (word.length < 2) return null;
  for (const key of languages(language)) {
    const number = WEEKDAYS[key].findIndex((name) => name.startsWith(word));
    if (number >= 0) return addDays(today, -((weekday(today) - number + 7) % 7));
  }
  return null;
}

// The words and the numbers of a date, without what means nothing.
function worded(word) {
  const stripped = word.replaceAll("-", " ").split(" ").map((part) => part.replace(/^[,.]+|[,.]+$/g, ""));
  const parts = stripped.filter((part) => part && !FILLERS.has(part));
  return [parts.filter((part) => !/^[0-9]/.test(part)), parts.filter((part) => /^[0-9]/.test(part))];
}

function withMonth(word, today, language) {
  const [names, digits] = worded(word);
  if (names.length !== 1 || digits.length < 1 || digits.length > 2) return null;
  const month = monthOf(names[0], language);
  if (digits.length === 2 && /^[0-9]{4}$/.test(digits[0])) digits.reverse();
  const found = /^([0-9]{1,2})(?:st|nd|rd|th|er|e|ste|de)?$/.exec(digits[0]);
  if (!month || !found) return null;
  return day(found[1], String(month), digits[1] ?? "", today);
}

function monthOf(word, language) {
  if (word.length < 3) return null;
  for (const key of languages(language)) {
    const at = MONTHS[key].findIndex((name) => folded(name).startsWith(word));
    if (at >= 0) return at + 1;
  }
  return null;
}

function day(dayText, monthText, year, today) {
  if (dayText.length > 2 || monthText.length > 2 || !/^[0-9]*$/.test(year)) return null;
  const [date, month] = [Number(dayText), Number(monthText)];
  if (!year) return nearest(date, month, today);
  if (year.length === 2) {
    const current = Number(today.slice(0, 4));
    let full = current - (current % 100) + Number(year);
    while (full > current + 10) full -= 100;
    return civil(full, month, date);
  }
  return year.length === 4 ? civil(Number(year), month, date) : null;
}

// The past comes first, so that it wins a tie; eight years reach the next 29 February.
function nearest(date, month, today) {
  const current = Number(today.slice(0, 4));
  const found = [];
  for (let year = current - 8; year <= current + 8; year += 1) {
    const one = civil(year, month, date);
    if (one) found.push(one);
  }
  const far = (one) => Math.abs(daysBetween(one, today));
  return found.reduce((best, one) => (best === null || far(one) < far(best) ? one : best), null);
}

const HOURS = new Map([
  ...["noon", "midday", "midi", "middag", "mittag"].map((word) => [word, "12:00"]),
  ...["midnight", "minuit", "middernacht", "mitternacht"].map((word) => [word, "00:00"]),
]);
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

SHOWN.set("date", showDate).set("moment", showMoment).set("partial", showPartial);

export const ROWS = [
  ["date", { answerType: "date", admit: admit(isDate), read: (text, _, today, language) => readDate(text, today, language) }],
  ["time", { answerType: "time", admit: admit(isTime), read: reading(timeOf) }],
  ["date_time", { answerType: "moment", admit: admit(isMoment), read: reading(moment) }],
  ["partial_date", { answerType: "partial", admit: admit(isPartial), read: reading(partial) }],
];
