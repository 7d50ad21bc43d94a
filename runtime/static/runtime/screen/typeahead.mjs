/**
 * A list found by typing a part of a label: a combobox in front of a select, which keeps the answer. The server drew the
 * select and its options; of a long list it drew a text field, and the choices are fetched (`long.mjs`).
 * Arrows move, Enter picks, Escape leaves things as they were; a code or a label typed in full is picked on leaving.
 */
import { Search, findable } from "./finding.mjs";
import { Listbox } from "./listbox.mjs";
import { Fetched } from "./long.mjs";

export { whole } from "./long.mjs";

const MOST = 30;
const fields = new WeakMap(); // box -> its combobox

/** Make comboboxes of the lists below a node. */
export function findByTyping(root, sheet) {
  for (const input of root.querySelectorAll("[data-long]:not([data-search])")) {
    const box = input.closest("[data-place]");
    new TypeAhead(box, input, new Fetched(box, input, sheet), sheet);
  }
  for (const box of root.querySelectorAll('[data-control="list"]')) {
    const select = box.querySelector("[data-search]") ? null : box.querySelector("select:not([readonly])");
    if (select) new TypeAhead(box, document.createElement("input"), new Drawn(select), sheet);
  }
}

/** The search field says what is picked. */
export function sayPicked(box) {
  const field = fields.get(box);
  if (field && field.input !== document.activeElement) field.rest();
}

/** Put an answer into a box, whether its options stand in the page or not. */
export function putPicked(box, value) {
  const field = fields.get(box);
  if (field) field.hold(value ?? "");
  else box.querySelector("select").value = value ?? "";
  sayPicked(box);
}

/** The choices that the server drew as options. */
class Drawn {
  constructor(select) {
    this.select = select;
  }

  rows() {
    const offered = [...this.select.options].filter((option) => option.value !== "" && !option.hidden);
    return offered.map((option) => {
      const words = findable(option.textContent);
      return { value: option.value, text: option.textContent, label: words, words };
    });
  }

  hold(value) {
    this.select.value = value;
  }
}

class TypeAhead {
  #found = new Search();
  #again; // searched once more when all choices are there
  #sought = false; // somebody types, and has neither picked nor given up

  constructor(box, input, choices, sheet) {
    Object.assign(this, { box, input, choices, sheet, select: choices.select });
    this.unread = this.select.value === "" ? input.value.trim() : ""; // what was typed before, and meant nothing
    const list = document.createElement("ul");
    this.found = new Listbox(input, list, {
      search: () => this.search(),
      complete: () => this.complete(),
      take: (row) => this.pick(row.dataset.value),
      leave: () => this.giveUp(),
    });
    this.dress(list);
    fields.set(box, this);
    this.input.addEventListener("change", (event) => this.left(event));
    this.input.addEventListener("blur", () => this.leave());
  }

  dress(list) {
    const { input, select } = this;
    for (const [name, value] of Object.entries({ type: "text", autocomplete: "off", spellcheck: "false", "data-search": "" })) input.setAttribute(name, value);
    for (const name of ["id", "aria-describedby", "aria-required"]) {
      if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
    }
    select.removeAttribute("id");
    list.setAttribute("aria-label", this.box.querySelector("label").textContent);
    select.hidden = true;
    if (input.parentNode) input.after(list, select);
    else select.before(input, list);
    this.rest();
  }

  /** Every typed word begins a word of the label. */
  search() {
    const rows = this.input.readOnly ? [] : this.#found.of(this.choices.rows(), this.input.value, MOST);
    this.#sought = true;
    this.#again ??= this.choices.coming?.then(() => this.#sought && this.search());
    this.found.list.lang = this.sheet.language; // the choices are in the language of the conversation, the page is not
    this.found.show(rows.map((choice) => this.row(choice)));
  }

  /** Whoever is quicker than the list is not sent on: all of it, now. */
  complete() {
    if (!this.#sought || !this.choices.coming) return;
    this.choices.finish();
    this.search();
  }

  row(choice) {
    const row = document.createElement("li");
    row.dataset.value = choice.value;
    row.textContent = choice.text;
    if (choice.lang) row.lang = choice.lang;
    return row;
  }

  hold(value) {
    this.choices.hold(value);
    this.unread = "";
  }

  pick(value) {
    this.close();
    const before = this.unread || this.select.value;
    this.hold(value);
    this.rest();
    if (before !== value) this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** The field says what is picked, else what was written before and meant nothing: it can still be mended. */
  rest() {
    this.input.value = this.unread || (this.select.selectedOptions[0]?.textContent ?? "");
  }

  giveUp() {
    this.rest();
    this.close();
  }

  close() {
    this.#sought = false;
    this.found.close();
  }

  /** What is typed here is no answer: only the select's change is one. */
  left(event) {
    event.stopPropagation();
    this.leave();
  }

  /** An emptied field takes the answer back; what fits nothing leaves what was there, and is told. */
  leave() {
    this.close();
    const text = this.input.value.trim();
    const meant = text === "" ? "" : this.meant(text);
    if (meant !== undefined) return this.pick(meant);
    const lost = text !== this.unread && text !== this.select.selectedOptions[0]?.textContent;
    this.rest();
    if (lost) this.box.dispatchEvent(new CustomEvent("unmatched", { bubbles: true, detail: text }));
  }

  /** The one choice with this label or code. */
  meant(text) {
    if (this.input.readOnly || text === this.select.selectedOptions[0]?.textContent) return undefined;
    const wanted = findable(text);
    this.choices.finish?.();
    const found = this.choices.rows().filter((row) => row.value === text || row.label === wanted);
    return found.length === 1 ? found[0].value : undefined;
  }
}
