// Numbers: BigInt in units of 10^-12, absolute value below 10^15; written canonically, rounded half-even.

const PLACES = 12;
const UNIT = 10n ** 12n;
const LIMIT = 10n ** 27n;
const CANONICAL = /^(?:0|-?[1-9][0-9]{0,14}(?:\.[0-9]{0,11}[1-9])?|-?0\.[0-9]{0,11}[1-9])$/;

export function isNumber(value) {
  return typeof value === "string" && value.length <= 30 && CANONICAL.test(value);
}

export function decimal(text) {
  if (!text.includes(".")) return BigInt(text) * UNIT;
  const negative = text.startsWith("-");
  const [whole, fraction = ""] = (negative ? text.slice(1) : text).split(".");
  const units = BigInt(whole) * UNIT + BigInt(fraction.padEnd(PLACES, "0"));
  return negative ? -units : units;
}

export function fromWhole(number) {
  return BigInt(number) * UNIT;
}

export function canonicalNumber(units) {
  const whole = units / UNIT;
  if (whole * UNIT === units) return whole.toString();
  const digits = (units < 0n ? -units : units).toString().padStart(PLACES + 1, "0");
  return `${units < 0n ? "-" : ""}${digits.slice(0, -PLACES)}.${digits.slice(-PLACES).replace(/0+$/, "")}`;
}

export function within(units) {
  return -LIMIT < units && units < LIMIT ? units : null;
}

function divided(top, bottom) {
  const quotient = top / bottom;
  const rest = top % bottom;
  const twice = 2n * (rest < 0n ? -rest : rest);
  const size = bottom < 0n ? -bottom : bottom;
  if (twice < size || (twice === size && quotient % 2n === 0n)) return quotient;
  return top < 0n === bottom < 0n ? quotient + 1n : quotient - 1n;
}

export function multiply(left, right) {
  return within(divided(left * right, UNIT));
}

export function divide(left, right) {
  return right === 0n ? null : within(divided(left * UNIT, right));
}

export function total(numbers) {
  let sum = 0n;
  for (const number of numbers) sum += number;
  return sum;
}

// Days and months are counted whole, and never beyond the calendar.
export function whole(units) {
  if (units % UNIT !== 0n) return null;
  const number = units / UNIT;
  return -10_000_000n < number && number < 10_000_000n ? Number(number) : null;
}
