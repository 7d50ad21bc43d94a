/** Values as people read them, in the language of the person's screens: one row for each answer type. */
import { typeOf } from "../engine/index.mjs";

export function formatValue(value, question, sheet, wording, place) {
  if (value === null || value === undefined) return "";
  const type = question.kind === "question" ? typeOf(question.type).answerType : question.type;
  return (FORMATS[type] ?? asText)(value, sheet, wording, place);
}

const DATE = /^\d{4}-\d\d-\d\d$/;

export const isDate = (value) => typeof value === "string" && DATE.test(value);

export function formatDate(value, language) {
  if (!DATE.test(value)) return value; // a text that could not be read stands as it was typed
  const locale = language === "en" ? "en-GB" : language; // the day before the month, as everywhere around here
  const [year, month, day] = value.split("-").map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  const parts = { timeZone: "UTC", weekday: "long", day: "numeric", month: "long", year: "numeric" };
  const text = new Intl.DateTimeFormat(locale, parts).format(date);
  return language === "en" ? text.replace(",", "") : text; // as the server writes it
}

/** `2026`, `March 2026`, or a day. */
function formatPartial(value, language) {
  if (!/^\d{4}-\d\d$/.test(value)) return formatDate(value, language);
  const [year, month] = value.split("-").map(Number);
  const parts = { timeZone: "UTC", month: "long", year: "numeric" };
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, parts).format(new Date(Date.UTC(year, month - 1, 1)));
}

const asText = (value) => String(value);

function asChoice(value, sheet, _wording, place) {
  return sheet.text(`${sheet.question(place).id}/choice/${value}`) || String(value);
}

function shownInParts(value, sheet, question) {
  if (typeof value === "string") return value; // a text that could not be read stands as it was typed
  return typeOf(question.type).show(value, question.settings, sheet.language, sheet.json.languages[0]);
}

function asChoices(value, sheet, wording, place) {
  return [value].flat().map((name) => asChoice(name, sheet, wording, place)).join(", ");
}

const FORMATS = {
  date: (value) => formatDate(value, document.documentElement.lang || "en"),
  moment: (value) => `${formatDate(value.slice(0, 10), document.documentElement.lang || "en")}, ${value.slice(11)}`,
  partial: (value) => formatPartial(value, document.documentElement.lang || "en"),
  bool: (value, _sheet, wording) => wording.say(value ? "yes" : "no"),
  one: asChoice,
  many: asChoices,
  ranked: asChoices,
  parts: (value, sheet, _wording, place) => shownInParts(value, sheet, sheet.question(place)),
};
