// What the door says of a value: {value, code}; and the door of texts.

import { clean, isBlank, isText, length } from "./texts.mjs";

const MOST_TEXT = 20_000;
const PLAIN = /^[!-~][ -~]*$/; // most of what is typed: nothing to be cleaned, and not blank
const CHOICE_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/;

export const isOne = (value) => typeof value === "string" && CHOICE_NAME.test(value);
export const refused = (code) => ({ value: null, code });
export const admitted = (value) => ({ value, code: null });

export function admitText(value, longest) {
  if (typeof value !== "string") return refused("type");
  if (value.length <= Math.min(longest, MOST_TEXT) && PLAIN.test(value)) return admitted(value);
  if (length(value) > MOST_TEXT || length(clean(value)) > longest) return refused("too_long");
  if (!isText(value)) return refused("type");
  return admitted(isBlank(value) ? null : clean(value));
}
