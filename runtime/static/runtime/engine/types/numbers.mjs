// Numbers: the door, and reading leniently what people type; the twin of builder/values/reading.py.

import { isNumber } from "../decimals.mjs";
import { LONGEST, UNREADABLE } from "../typed.mjs";
import { BLANKS } from "../texts.mjs";
import { admitted, refused } from "../door.mjs";
import { hasDecimalComma } from "../words.mjs";

const GAPS = new RegExp(`[${BLANKS}'’]+`, "gu");
const GROUPED = { ",": /^[+-]?[0-9]{1,3}(?:,[0-9]{3})+$/, ".": /^[+-]?[0-9]{1,3}(?:\.[0-9]{3})+$/ };

export function admitNumber(value, decimals) {
  if (!isNumber(value)) return refused("type");
  const dot = value.indexOf(".");
  return dot < 0 || value.length - dot - 1 <= decimals ? admitted(value) : refused("type");
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

const number = (decimals) => ({
  answerType: "number",
  admit: (value, settings) => admitNumber(value, decimals(settings)),
  read: (text, settings, today, language) => readNumber(text, language),
});

export const ROWS = [
  ["integer", number(() => 0)],
  ["decimal", number(({ scale }) => scale)],
];
