// The few words that values need, by language; the twin of builder/values/words.py.

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
export const YES_NO = { en: ["Yes", "No"], fr: ["Oui", "Non"], nl: ["Ja", "Nee"], de: ["Ja", "Nein"] };
const near = (pairs) => new Map(pairs);
export const NEAR = {
  en: near([["today", 0], ["yesterday", -1], ["tomorrow", 1], ["day before yesterday", -2]]),
  fr: near([["aujourd'hui", 0], ["aujourdhui", 0], ["hier", -1], ["demain", 1], ["avant-hier", -2]]),
  nl: near([["vandaag", 0], ["gisteren", -1], ["morgen", 1], ["eergisteren", -2], ["overmorgen", 2]]),
  de: near([["heute", 0], ["gestern", -1], ["morgen", 1], ["vorgestern", -2], ["ubermorgen", 2]]),
};
export const FILLERS = new Set(split("the of le du de den der op am on"));
export const YES = new Set(split("y yes true 1 o oui j ja vrai"));
export const NO = new Set(split("n no false 0 non nee nein faux"));
const DECIMAL_COMMA = new Set(["fr", "nl", "de"]);

export function base(language) {
  const short = language.split("-")[0].toLowerCase();
  return Object.hasOwn(MONTHS, short) ? short : "en";
}

export function hasDecimalComma(language) {
  return DECIMAL_COMMA.has(base(language));
}
