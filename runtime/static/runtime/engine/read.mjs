// Reading leniently what people type; the twin of builder/values/reading.py and reading_dates.py.
// read(question, text, today, language) -> {value} (canonical, or null for blank) | {unreadable: true}.
// Types with a door (phone, national number) are kept as typed: the server reads them, the screen says so ({door: true}).

import { addDays, civil, daysBetween, weekday } from "./dates.mjs";
import { isNumber } from "./decimals.mjs";
import { plain } from "./showing.mjs";
import { BLANKS, trimmed } from "./texts.mjs";
import { admitValue, typeOf } from "./types.mjs";
import { FILLERS, MONTHS, NEAR, NO, WEEKDAYS, YES, hasDecimalComma } from "./words.mjs";

const LONGEST = 60;
const GAPS = new RegExp(`[${BLANKS}'’]+`, "gu");
const SPACES = new RegExp(`[${BLANKS}]+`, "u");
const GROUPED = { ",": /^[+-]?[0-9]{1,3}(?:,[0-9]{3})+$/, ".": /^[+-]?[0-9]{1,3}(?:\.[0-9]{3})+$/ };
const UNREADABLE = "";

// The text for comparing words: without accents and capitals, single spaces, no dots at words' ends.
export function folded(text) {
  const bare = text.normalize("NFD").replace(/[\u0300-\u036f]/gu, "").toLowerCase().replaceAll("’", "'");
  return bare.split(SPACES).map((word) => word.replace(/\.+$/, "")).filter(Boolean).join(" ");
}

export function readNumber(text, language) {
  const compact = text.replace(GAPS, "").replaceAll("−", "-");
  if (!compact) return null;
  if (compact.length > LONGEST) return UNREADABLE;
  const found = /^([+-]?)([0-9]*)(?:[.]([0-9]*))?$/.exec(dotted(compact, language));
  if (!found || !(found[2] || found[3])) return UNREADABLE;
  const whole = found[2].replace(/^0+/, "") || "0";
  const fraction = (found[3] ?? "").replace(/0+$/, "");
  const number = fraction ? `${whole}.${fraction}` : whole;
  const signed = found[1] === "-" && number !== "0" ? `-${number}` : number;
  return isNumber(signed) ? signed : UNREADABLE;
}

// The number with a dot for its decimals and nothing for its groups; unreadable stays unreadable.
function dotted(compact, language) {
  const dots = compact.split(".").length - 1;
  const commas = compact.split(",").length - 1;
  if (dots && commas) {
    const mark = compact.lastIndexOf(".") > compact.lastIndexOf(",") ? "." : ",";
    const marks = mark === "." ? dots : commas;
    return marks === 1 ? ungrouped(compact, mark === "." ? "," : ".", mark) : "?";
  }
  const mark = dots ? "." : ",";
  const groups = mark === (hasDecimalComma(language) ? "." : ",");
  const one = groups && dots + commas === 1 && /^[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}$/.test(compact);
  if (dots + commas > 1 || one) return ungrouped(compact, mark, "");
  return compact.replace(",", ".");
}

function ungrouped(compact, group, mark) {
  const [whole, fraction] = mark ? compact.split(mark) : [compact, ""];
  if (!GROUPED[group].test(whole) || fraction.includes(group)) return "?";
  return whole.replaceAll(group, "") + (mark ? "." + fraction : "");
}

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

function withMonth(word, today, language) {
  const stripped = word.replaceAll("-", " ").split(" ").map((part) => part.replace(/^[,.]+|[,.]+$/g, ""));
  const parts = stripped.filter((part) => part && !FILLERS.has(part));
  const names = parts.filter((part) => !/^[0-9]/.test(part));
  const digits = parts.filter((part) => /^[0-9]/.test(part));
  if (names.length !== 1 || digits.length < 1 || digits.length > 2) return null;
  const month = monthOf(names[0], language);
  if (digits.length === 2 && digits[0].length === 4) digits.reverse();
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

function readBool(text) {
  const word = folded(text);
  if (!word) return null;
  return YES.has(word) ? true : NO.has(word) ? false : UNREADABLE;
}

function namesOf(choice, language) {
  return [folded(choice.name), folded(plain(choice.label, language, ""))];
}

function readOne(text, settings, language) {
  const wanted = folded(text);
  if (!wanted) return null;
  return settings.choices.find((choice) => namesOf(choice, language).includes(wanted))?.name ?? UNREADABLE;
}

function readMany(text, settings, language) {
  const wanted = text.replaceAll(";", ",").split(",").map(folded).filter(Boolean);
  const found = settings.choices.filter((choice) => namesOf(choice, language).some((name) => wanted.includes(name)));
  const known = new Set(found.flatMap((choice) => namesOf(choice, language)));
  if (!wanted.every((word) => known.has(word))) return UNREADABLE;
  return found.length ? found.map((choice) => choice.name) : null;
}

const READERS = {
  number: (text, settings, today, language) => readNumber(text, language),
  date: (text, settings, today, language) => readDate(text, today, language),
  bool: readBool,
  one: (text, settings, today, language) => readOne(text, settings, language),
  many: (text, settings, today, language) => readMany(text, settings, language),
  text: (text) => trimmed(text.replaceAll("\r\n", "\n")),
};

export function read(question, text, today, language) {
  const { answerType, door = false } = typeOf(question.type);
  const value = READERS[answerType](text, question.settings, today, language);
  if (value === UNREADABLE && answerType !== "text") return { unreadable: true };
  const admitted = admitValue(question, value);
  if (admitted.code) return { unreadable: true };
  return door ? { value: admitted.value, door: true } : { value: admitted.value };
}
