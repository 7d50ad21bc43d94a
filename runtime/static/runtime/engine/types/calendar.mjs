// How dates look; the twin of builder/values/showing.py.

import { base } from "../words.mjs";
import { DATE_WORDS } from "./date_words.mjs";

const monthIn = (language, number) => DATE_WORDS[language].months.split(" ")[number - 1];

export function showDate(date, language) {
  const short = base(language);
  const month = monthIn(short, Number(date.slice(5, 7)));
  return `${Number(date.slice(8))}${short === "de" ? "." : ""} ${month} ${date.slice(0, 4)}`;
}

export function showMoment(moment, language) {
  return `${showDate(moment.slice(0, 10), language)}, ${moment.slice(11)}`;
}

export function showPartial(partial, language) {
  if (partial.length === 10) return showDate(partial, language);
  return partial.length === 4 ? partial : `${monthIn(base(language), Number(partial.slice(5)))} ${partial.slice(0, 4)}`;
}
