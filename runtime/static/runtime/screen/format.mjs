/** Values as people read them, in the language of the person's screens: one row for each answer type. */
import { typeOf } from "../engine/index.mjs";

export function formatValue(value, question, sheet, wording, place) {
  if (value === null || value === undefined) return "";
  const type = question.kind === "question" ? typeOf(question.type).answerType : question.type;
  return (FORMATS[type] ?? asText)(value, sheet, wording, place);
}

const DATE = /^\d{4}-\d\d-\d\d$/;

export function formatDate(value, language) {
  if (!DATE.test(value)) return value; // a text that could not be read stands as it was typed
  const locale = language === "en" ? "en-GB" : language; // the day before the month, as everywhere around here
  const [year, month, day] = value.split("-").map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  const parts = { timeZone: "UTC", weekday: "long", day: "numeric", month: "long", year: "numeric" };
  const text = new Intl.DateTimeFormat(locale, parts).format(date);
  return language === "en" ? text.replace(",", "") : text; // as the server writes it
}

const asText = (value) => String(value);

function asChoice(value, sheet, _wording, place) {
  return sheet.text(`${sheet.question(place).id}/choice/${value}`) || String(value);
}

const FORMATS = {
  date: (value) => formatDate(value, document.documentElement.lang || "en"),
  bool: (value, _sheet, wording) => wording.say(value ? "yes" : "no"),
  one: asChoice,
  many: (value, sheet, wording, place) => value.map((name) => asChoice(name, sheet, wording, place)).join(", "),
};
