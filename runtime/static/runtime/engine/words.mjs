// The few words that values need, by language; the twin of builder/values/words.py. Those of dates: types/calendar.mjs.

const split = (text) => text.split(" ");

export const YES_NO = { en: ["Yes", "No"], fr: ["Oui", "Non"], nl: ["Ja", "Nee"], de: ["Ja", "Nein"] };
export const YES = new Set(split("y yes true 1 o oui j ja vrai"));
export const NO = new Set(split("n no false 0 non nee nein faux"));
const DECIMAL_COMMA = new Set(["fr", "nl", "de"]);

export function base(language) {
  const short = language.split("-")[0].toLowerCase();
  return Object.hasOwn(YES_NO, short) ? short : "en";
}

export function hasDecimalComma(language) {
  return DECIMAL_COMMA.has(base(language));
}
