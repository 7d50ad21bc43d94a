/**
 * To any question of this record by typing a part of its label, its name, its section or its answer; or to another language of
 * the conversation. Nothing is asked of the server. Enter goes there, Escape back to where one was.
 */
import { Search, findable } from "./finding.mjs";
import { formatValue } from "./format.mjs";
import { Listbox } from "./listbox.mjs";

const MOST = 30;

export class Jump {
  constructor(screen) {
    Object.assign(this, { screen, sheet: screen.sheet, wording: screen.wording });
    this.dialog = document.getElementById("jump");
    this.input = this.dialog.querySelector("input");
    this.dialog.addEventListener("close", () => (this.input.value = ""));
    this.nothing = this.dialog.querySelector("[data-nothing]");
    this.veiled = new Set(this.dialog.dataset.veiled.split(" "));
    this.found = new Listbox(this.input, this.dialog.querySelector("ul"), {
      search: () => this.search(),
      take: (row) => this.take(row),
      leave: () => false, // Escape is the dialog's
    });
  }

  /** The dialog is open, and something may be typed in it already. */
  begin() {
    this.rows = [...this.#targets()];
    this.search();
  }

  search() {
    const found = new Search().of(this.rows, this.input.value, MOST);
    this.found.show(found.map((target) => this.#row(target)));
    this.nothing.hidden = found.length > 0;
  }

  take(row) {
    const { toSection, toPlace, toLanguage } = row.dataset;
    this.dialog.close(); // the focus is where it was
    if (toPlace) this.screen.goTo(toPlace);
    else if (toSection) this.screen.goToSection(toSection);
    else this.screen.speak(toLanguage);
  }

  *#targets() {
    const path = new Set(this.sheet.view.path);
    for (const section of this.sheet.steps) {
      const reached = section.side ? this.sheet.view.sections[section.name].relevant : path.has(section.name);
      if (reached) yield* this.#within(section);
    }
    for (const code of this.sheet.json.languages) if (code !== this.sheet.language) yield this.#language(code);
  }

  /** Found by what it is called in itself, and here. */
  #language(code) {
    const [text, here] = [code, document.documentElement.lang || "en"].map((tongue) => new Intl.DisplayNames([tongue], { type: "language" }).of(code));
    const told = this.wording.say("a_language");
    return { language: code, tongue: code, text, told, label: findable(text), words: findable(`${text} ${here} ${code} ${told}`) };
  }

  *#within(section) {
    const title = `${section.id}/title`;
    const text = this.sheet.text(title);
    yield { section: section.name, tongue: this.#tongue(title), text, told: this.wording.say("a_section"), label: findable(text), words: findable(`${text} ${section.name}`) };
    for (const place of this.sheet.places(section)) {
      const question = this.sheet.question(place);
      if (question?.kind === "question" && question.type !== "hidden" && this.sheet.answer(place).relevant) yield this.#target(place, question, text);
    }
  }

  #target(place, question, title) {
    const text = this.sheet.label(place);
    const told = [title, ...this.#numbers(place), this.#answer(place, question)].filter(Boolean).join(" · ");
    return { place, tongue: this.#tongue(`${question.id}/label`), text, told, label: findable(text), words: findable(`${text} ${question.name} ${told}`) };
  }

  /** The language that a text is read in. */
  #tongue(mark) {
    return this.sheet.instead(mark) || this.sheet.language;
  }

  /** Which entry a place lies in. */
  #numbers(place) {
    const parts = place.split("/");
    return parts.flatMap((entry, at) => {
      if (at % 2 === 0) return [];
      const repeat = parts.slice(0, at).join("/");
      return [this.wording.say("entry", { n: this.sheet.entriesOf(repeat).indexOf(entry) + 1 })];
    });
  }

  #answer(place, question) {
    if (this.veiled.has(question.fact)) return "";
    return formatValue(this.sheet.answer(place).value, question, this.sheet, this.wording, place);
  }

  #row({ section, place, language, tongue, text, told }) {
    const row = document.createElement("li");
    for (const [name, value] of Object.entries({ toSection: section, toPlace: place, toLanguage: language })) if (value) row.dataset[name] = value;
    const [label, about] = [document.createElement("span"), document.createElement("small")];
    label.textContent = text;
    label.lang = tongue;
    about.textContent = told;
    row.append(label, " ", about);
    return row;
  }
}
