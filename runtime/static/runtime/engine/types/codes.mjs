// E-mail addresses, web addresses and barcodes: the twin of builder/values/reading_codes.py.

import { UNREADABLE } from "../typed.mjs";
import { BLANKS, isBlank, isText, length, trimmed } from "../texts.mjs";
import { admitText, admitted, refused } from "../door.mjs";

const LONGEST = 2000;
const GAPS = new RegExp(`[${BLANKS}]+`, "gu");
const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\-]+";
const LABEL = "[A-Za-z0-9](?:[A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?";
const HOST = `(?:${LABEL}\\.)+[A-Za-z](?:[A-Za-z0-9\\-]{0,61}[A-Za-z0-9])`;
const EMAIL = new RegExp(`^(${ATOM}(?:\\.${ATOM})*)@(${HOST})$`, "u");
// Never another scheme than these two, never a name or a password before the host: both make a link lie.
const URL = new RegExp(
  `^(?:([Hh][Tt][Tt][Pp][Ss]?)://)?(${HOST})(:[0-9]{1,5})?((?:[\\/?#][^${BLANKS}<>"\\\\^\`{|}]*)?)$`,
  "u",
);
const LENGTHS = { gtin: [8, 12, 13, 14], ean13: [13] };

export function emailOf(text) {
  let bare = text.replace(GAPS, "");
  if (bare.slice(0, 7).toLowerCase() === "mailto:") bare = bare.slice(7);
  if (bare.startsWith("<") && bare.endsWith(">")) bare = bare.slice(1, -1);
  const found = length(bare) <= 254 ? EMAIL.exec(bare) : null;
  return found && found[1].length <= 64 ? `${found[1]}@${found[2].toLowerCase()}` : "";
}

function urlOf(text) {
  const bare = trimmed(text);
  const found = length(bare) <= LONGEST && isText(bare) ? URL.exec(bare) : null;
  if (!found) return "";
  return `${(found[1] ?? "https").toLowerCase()}://${found[2].toLowerCase()}${found[3] ?? ""}${found[4]}`;
}

function barcodeOf(text, { checksum }) {
  const bare = trimmed(text);
  if (!Object.hasOwn(LENGTHS, checksum)) return length(bare) <= 200 && isText(bare) ? bare : "";
  const digits = bare.replace(GAPS, "").replaceAll("-", "");
  if (!LENGTHS[checksum].includes(digits.length) || !/^[0-9]+$/.test(digits)) return "";
  const weighed = [...digits].reverse().reduce((sum, digit, at) => sum + Number(digit) * (at % 2 ? 3 : 1), 0);
  return weighed % 10 === 0 ? digits : "";
}

// A text with one canonical spelling; `spelt` gives it, or "" for none.
function code(spelt) {
  const admit = (value, settings) => {
    const text = admitText(value, LONGEST);
    if (text.value === null) return text;
    const found = spelt(text.value, settings);
    return found ? admitted(found) : refused("type");
  };
  const read = (text, settings) => (isBlank(text) ? null : admit(text, settings).value ?? UNREADABLE);
  return { answerType: "text", admit, read };
}

export const ROWS = [
  ["email", code(emailOf)],
  ["url", code(urlOf)],
  ["barcode", code(barcodeOf)],
];
