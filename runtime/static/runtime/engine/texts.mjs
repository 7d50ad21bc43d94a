// Text as it is kept: NFC, without control characters and half characters; its length is counted in code points.

export const BLANKS =
  "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007" +
  "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";
const AROUND = new RegExp(`^[${BLANKS}]+|[${BLANKS}]+$`, "gu");
// eslint-disable-next-line no-control-regex
const UNWANTED = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\p{Surrogate}/u;

export function isText(value) {
  return typeof value === "string" && !UNWANTED.test(value);
}

export function clean(text) {
  return text.normalize("NFC");
}

export function trimmed(text) {
  return text.replace(AROUND, "");
}

export function isBlank(text) {
  return trimmed(text) === "";
}

export function length(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
