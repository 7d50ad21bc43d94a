// The words of dates, by language, and how dates look; the twin of builder/values/words.py and showing.py.

import { base } from "../words.mjs";

const split = (text) => text.split(" ");

export const MONTHS = {
  en: split("January February March April May June July August September October November December"),
  fr: split("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
  nl: split("januari februari maart april mei juni juli augustus september oktober november december"),
  de: split("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
};
export const WEEKDAYS = {
  en: split("monday tuesday wednesday thursday friday saturday sunday"),
  fr: split("lundi mardi mercredi jeudi vendredi samedi dimanche"),
  nl: split("maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"),
  de: split("montag dienstag mittwoch donnerstag freitag samstag sonntag"),
};
const near = (pairs) => new Map(pairs);
export const NEAR = {
  en: near([["today", 0], ["yesterday", -1], ["tomorrow", 1], ["day before yesterday", -2]]),
  fr: near([["aujourd'hui", 0], ["aujourdhui", 0], ["hier", -1], ["demain", 1], ["avant-hier", -2]]),
  nl: near([["vandaag", 0], ["gisteren", -1], ["morgen", 1], ["eergisteren", -2], ["overmorgen", 2]]),
  de: near([["heute", 0], ["gestern", -1], ["morgen", 1], ["vorgestern", -2], ["ubermorgen", 2]]),
};
export const FILLERS = new Set(split("the of le du de den der op am on"));

export function showDate(date, language) {
  const short = base(language);
  const month = MONTHS[short][Number(date.slice(5, 7)) - 1];
  return `${Number(date.slice(8))}${short === "de" ? "." : ""} ${month} ${date.slice(0, 4)}`;
}

export function showMoment(moment, language) {
  return `${showDate(moment.slice(0, 10), language)}, ${moment.slice(11)}`;
}

export function showPartial(partial, language) {
  if (partial.length === 10) return showDate(partial, language);
  return partial.length === 4 ? partial : `${MONTHS[base(language)][Number(partial.slice(5)) - 1]} ${partial.slice(0, 4)}`;
}
