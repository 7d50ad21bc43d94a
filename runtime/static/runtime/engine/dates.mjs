// Civil dates: YYYY-MM-DD, years 1000 to 9999, no time zone, compared as text. No Date object: it has a zone.

const SHAPE = /^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}$/;
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isLeap(year) {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function monthLength(year, month) {
  return month === 2 && isLeap(year) ? 29 : LENGTHS[month - 1];
}

function isDay(year, month, day) {
  return year >= 1000 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= monthLength(year, month);
}

export function civil(year, month, day) {
  if (!isDay(year, month, day)) return null;
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

export function parts(date) {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8))];
}

export function isDate(value) {
  if (typeof value !== "string" || !SHAPE.test(value)) return false;
  return isDay(Number(value.slice(0, 4)), Number(value.slice(5, 7)), Number(value.slice(8)));
}

// Days since 1 January of the year 1, which is day 1.
function ordinal(date) {
  const [year, month, day] = parts(date);
  const before = year - 1;
  let days = before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) + day;
  for (let past = 1; past < month; past += 1) days += monthLength(year, past);
  return days;
}

const FIRST = ordinal("1000-01-01");
const LAST = ordinal("9999-12-31");

function fromOrdinal(number) {
  if (number < FIRST || number > LAST) return null;
  let year = Math.floor(number / 365.2425) + 1;
  while (ordinal(`${year}-01-01`) > number) year -= 1;
  while (year < 9999 && ordinal(`${year + 1}-01-01`) <= number) year += 1;
  let rest = number - ordinal(`${year}-01-01`);
  let month = 1;
  while (rest >= monthLength(year, month)) {
    rest -= monthLength(year, month);
    month += 1;
  }
  return civil(year, month, rest + 1);
}

export function addDays(start, days) {
  return fromOrdinal(ordinal(start) + days);
}

export function addMonths(start, months) {
  const [startYear, startMonth, startDay] = parts(start);
  const count = startYear * 12 + startMonth - 1 + months;
  const year = Math.floor(count / 12);
  const month = count - year * 12 + 1;
  if (year < 1000 || year > 9999) return null;
  return civil(year, month, Math.min(startDay, monthLength(year, month)));
}

export function daysBetween(start, end) {
  return ordinal(end) - ordinal(start);
}

export function age(birth, at) {
  if (at < birth) return null;
  return Number(at.slice(0, 4)) - Number(birth.slice(0, 4)) - (at.slice(5) < birth.slice(5) ? 1 : 0);
}

export function weekday(date) {
  return (ordinal(date) + 6) % 7;
}

// The first and the last day that a partial date ("2026", "2026-03", "2026-03-16") may mean.
export function firstDay(partial) {
  return partial + "-01-01".slice(partial.length - 4);
}

export function lastDay(partial) {
  if (partial.length === 4) return `${partial}-12-31`;
  return partial.length === 7 ? `${partial}-${monthLength(...partial.split("-").map(Number))}` : partial;
}
