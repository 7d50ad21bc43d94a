// Reading dates leniently; the twin of builder/values/reading_dates.py, which says how.

import { addDays, addMonths, civil, daysBetween, weekday } from "../dates.mjs";
import { LONGEST, UNREADABLE, folded } from "../typed.mjs";
import { DATE_WORDS } from "./date_words.mjs";

const ALL = Object.values(DATE_WORDS);
const said = (member, comma = " ") => new Set(ALL.flatMap((words) => words[member].split(comma)).filter(Boolean));

const FILLERS = said("fillers");
const [LAST, NEXT, THIS] = ["last", "next", "this"].map((member) => said(member));
const SHIFTS = [
  [-1, said("back", ","), said("back_after", ",")],
  [1, said("ahead", ","), said("ahead_after", ",")],
];
const UNITS = new Map();
for (const [member, step] of Object.entries({ days: [1, 0], weeks: [7, 0], some_months: [0, 1], years: [0, 12] })) {
  for (const word of said(member)) UNITS.set(word, step);
}
const COUNTS = new Map();
for (const { counts } of ALL) {
  counts.split(" ").forEach((group, at) => group.split("|").forEach((word) => COUNTS.set(word, at + 1)));
}

// lean: where the day lies if nothing says so: -1 up to today, 0 anywhere near, 1 from today on.
export function readDate(text, today, language, lean = 0) {
  const word = folded(text);
  if (!word) return null;
  if ([...word].length > LONGEST) return UNREADABLE;
  const reader = { today, language, lean };
  const bared = bare(word);
  for (const reading of [near, shifted, beside, byWeekday, dated, both]) {
    const found = reading(bared, reader);
    if (found) return found;
  }
  return UNREADABLE;
}

// Where a day lies: a date of birth back; one whose bound is today on its side of it.
export function leaning({ minimum, maximum }, question) {
  const isToday = (bound) => Array.isArray(bound) && bound.length === 1 && bound[0] === "today";
  if (question?.fact === "birth_date" || isToday(maximum)) return -1;
  return isToday(minimum) ? 1 : 0;
}

// Without what may stand before a day: `on`, `le`.
function bare(word) {
  const words = word.split(" ");
  while (words.length > 1 && FILLERS.has(words[0])) words.shift();
  return words.join(" ");
}

// What a word means in the reader's own language, else in the others where these agree.
function among(language, meanings) {
  const short = language.split("-")[0].toLowerCase();
  let found = new Set(Object.hasOwn(DATE_WORDS, short) ? meanings(DATE_WORDS[short]) : []);
  if (found.size === 0) found = new Set(ALL.flatMap(meanings));
  return found.size === 1 ? [...found][0] : null;
}

const beginning = (names, word) => names.flatMap((name, at) => (name.startsWith(word) ? [at] : []));

export function monthOf(word, language) {
  if ([...word].length < 3) return null;
  return among(language, ({ months, short_months: short }) => {
    if (Object.hasOwn(short, word)) return [short[word]];
    return beginning(folded(months).split(" "), word).map((at) => at + 1);
  });
}

function weekdayOf(word, language) {
  return [...word].length < 2 ? null : among(language, ({ weekdays }) => beginning(weekdays.split(" "), word));
}

// The words and the numbers of a date, without what means nothing.
export function worded(word) {
  const stripped = word.replaceAll("-", " ").split(" ").map((part) => part.replace(/^[,.]+|[,.]+$/g, ""));
  const parts = stripped.filter((part) => part && !FILLERS.has(part));
  return [parts.filter((part) => !/^[0-9]/.test(part)), parts.filter((part) => /^[0-9]/.test(part))];
}

function near(word, { today, language }) {
  const shift = among(language, ({ near: days }) => (Object.hasOwn(days, word) ? [days[word]] : []));
  return shift === null ? null : addDays(today, shift);
}

// `-3`, `2 weeks ago`, `in a month`.
function shifted(word, { today }) {
  const signed = /^([+-])([0-9]{1,4})$/.exec(word);
  if (signed) return addDays(today, Number(signed[1] + signed[2]));
  for (const [direction, before, after] of SHIFTS) {
    const told = within(word, before, after);
    if (told) return counted(told, today, direction);
  }
  return null;
}

function within(word, before, after) {
  for (const phrase of before) if (word.startsWith(`${phrase} `)) return word.slice(phrase.length + 1);
  for (const phrase of after) if (word.endsWith(` ${phrase}`)) return word.slice(0, -phrase.length - 1);
  return "";
}

function counted(told, today, direction) {
  const [count, unit] = cut(told);
  const number = /^[0-9]{1,4}$/.test(count) ? Number(count) : COUNTS.get(count);
  if (number === undefined || !UNITS.has(unit)) return null;
  const [days, months] = UNITS.get(unit);
  return months ? addMonths(today, direction * number * months) : addDays(today, direction * number * days);
}

// The first word, and all that follows it.
function cut(word) {
  const at = word.indexOf(" ");
  return at < 0 ? [word, ""] : [word.slice(0, at), word.slice(at + 1)];
}

// `last friday`, `vendredi prochain`: never today itself; `this friday` is the one of this week.
function beside(word, { today, language }) {
  const [first, second] = cut(word);
  for (const [which, name] of [[first, second], [second, first]]) {
    const wanted = weekdayOf(name, language);
    if (wanted === null) continue;
    const ahead = (wanted - weekday(today) + 7) % 7;
    if (LAST.has(which)) return addDays(today, ahead - 7);
    if (NEXT.has(which)) return addDays(today, ahead || 7);
    if (THIS.has(which)) return addDays(today, wanted - weekday(today));
  }
  return null;
}

function byWeekday(word, { today, language, lean }) {
  const wanted = weekdayOf(word, language);
  if (wanted === null) return null;
  const ahead = (wanted - weekday(today) + 7) % 7;
  return addDays(today, ahead && lean < 1 ? ahead - 7 : ahead);
}

const dated = (word, reader) => numbers(word, reader) || compact(word, reader) || withMonth(word, reader);

// `friday 3 april`: the day must be one.
function both(word, reader) {
  const [name, rest] = cut(word);
  const found = rest && dated(bare(rest), reader);
  return found && weekdayOf(name.replace(/[,.]+$/, ""), reader.language) === weekday(found) ? found : null;
}

function numbers(word, reader) {
  if (!/^[0-9]+(?:[./ -][0-9]+){1,2}$/.test(word)) return null;
  const parts = word.split(/[./ -]/);
  if (parts.length === 3 && parts[0].length === 4) return day(parts[2], parts[1], parts[0], reader);
  const year = parts.length === 3 ? parts[2] : "";
  return day(parts[0], parts[1], year, reader) || day(parts[1], parts[0], year, reader);
}

function compact(word, reader) {
  if (!/^(?:[0-9]{6}|[0-9]{8})$/.test(word)) return null;
  const found = day(word.slice(0, 2), word.slice(2, 4), word.slice(4), reader);
  if (found || word.length === 6) return found;
  return day(word.slice(6), word.slice(4, 6), word.slice(0, 4), reader);
}

function withMonth(word, reader) {
  const [names, digits] = worded(word);
  if (names.length !== 1 || digits.length < 1 || digits.length > 2) return null;
  const month = monthOf(names[0], reader.language);
  if (digits.length === 2 && /^[0-9]{4}$/.test(digits[0])) digits.reverse();
  const found = /^([0-9]{1,2})(?:st|nd|rd|th|er|e|ste|de)?$/.exec(digits[0]);
  return month && found ? day(found[1], String(month), digits[1] ?? "", reader) : null;
}

function day(dayText, monthText, year, reader) {
  if (dayText.length > 2 || monthText.length > 2 || !/^[0-9]*$/.test(year)) return null;
  const [date, month] = [Number(dayText), Number(monthText)];
  if (!year) return withoutYear(date, month, reader);
  if (year.length === 2) return inCentury(date, month, Number(year), reader);
  return year.length === 4 ? civil(Number(year), month, date) : null;
}

// The last 90 or the next 10 years; where the day lies back, the latest such year.
function inCentury(date, month, short, { today, lean }) {
  const current = Number(today.slice(0, 4));
  let year = current - (current % 100) + short;
  while (year > (lean < 0 ? current : current + 10)) year -= 100;
  const found = civil(year, month, date);
  return lean < 0 && found && found > today ? civil(year - 100, month, date) : found;
}

// The past comes first, so that it wins a tie; eight years reach the next 29 February.
function withoutYear(date, month, { today, lean }) {
  const current = Number(today.slice(0, 4));
  const found = [];
  for (let year = current - 8; year <= current + 8; year += 1) {
    const one = civil(year, month, date);
    if (one && daysBetween(today, one) * lean >= 0) found.push(one);
  }
  const far = (one) => Math.abs(daysBetween(one, today));
  return found.reduce((best, one) => (best === null || far(one) < far(best) ? one : best), null);
}
