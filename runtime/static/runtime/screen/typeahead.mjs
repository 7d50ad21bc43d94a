/**
 * A list found by typing a part of a label: a combobox in front of a select, which keeps the answer. The server drew the
 * select and its options; of a long list it drew a text field, and the choices are fetched (`long.mjs`).
 * Arrows move, Enter picks, Escape leaves things as they were; a code or a label typed in full is picked on leaving.
 */
import { folded } from "../engine/typed.mjs";
import { Fetched } from "./long.mjs";

const MOST = 50;
const fields = new WeakMap(); // box -> its combobox
let made = 0;

/** Make comboboxes of the lists below a node. */
export function findByTyping(root, sheet) {
  for (const input of root.querySelectorAll("[data-long]:not([data-search])")) {
    const box = input.closest("[data-place]");
    new TypeAhead(box, input, new Fetched(box, input, sheet));
  }
  for (const box of root.querySelectorAll('[data-control="list"]')) {
    const select = box.querySelector("[data-search]") ? null : box.querySelector("select:not([readonly])");
    if (select) new TypeAhead(box, document.createElement("input"), new Drawn(select));
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

  *rows() {
    for (const option of this.select.options) {
      const label = folded(option.textContent);
      if (option.value !== "" && !option.hidden) yield { value: option.value, text: option.textContent, label, words: ` ${label}` };
    }
  }

  hold(value) {
    this.select.value = value;
  }
}

class TypeAhead {
  constructor(box, input, choices) {
    Object.assign(this, { box, input, choices, select: choices.select });
    this.list = document.createElement("ul");
    this.active = -1;
    this.unread = this.select.value === "" ? input.value.trim() : ""; // what was typed before, and meant nothing
    this.dress();
    fields.set(box, this);
    this.input.addEventListener("input", () => this.search());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("change", (event) => this.left(event));
    this.input.addEventListener("blur", () => this.leave());
    this.list.addEventListener("mousedown", (event) => this.pressed(event));
  }

  dress() {
    const { input, list, select } = this;
    made += 1;
    list.id = `found-${made}`;
    list.setAttribute("role", "listbox");
    list.hidden = true;
    const told = { type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", "data-search": "" };
    const state = { "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
    for (const [name, value] of Object.entries({ ...told, ...state })) input.setAttribute(name, value);
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
    const wanted = folded(this.input.value).split(" ").filter(Boolean).map((word) => ` ${word}`);
    const found = [];
    if (!this.input.readOnly) {
      for (const row of this.choices.rows()) {
        if (wanted.every((word) => row.words.includes(word)) && found.push(row) === MOST) break;
      }
    }
    this.show(found);
  }

  show(found) {
    this.list.replaceChildren(...found.map((choice, at) => this.row(choice, at)));
    this.list.hidden = found.length === 0;
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.move(found.length > 0 && this.input.value.trim() !== "" ? 0 : -1);
  }

  row(choice, at) {
    const row = document.createElement("li");
    row.id = `${this.list.id}-${at}`;
    row.setAttribute("role", "option");
    row.dataset.value = choice.value;
    row.textContent = choice.text;
    return row;
  }

  move(to) {
    const rows = [...this.list.children];
    this.active = rows.length ? Math.max(-1, Math.min(to, rows.length - 1)) : -1;
    rows.forEach((row, at) => row.setAttribute("aria-selected", String(at === this.active)));
    const row = rows[this.active];
    if (row) this.input.setAttribute("aria-activedescendant", row.id);
    else this.input.removeAttribute("aria-activedescendant");
    row?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    const deed = KEYS[event.key];
    if (!deed || event.ctrlKey || event.metaKey || event.altKey || !deed(this)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  pressed(event) {
    const row = event.target.closest("li");
    event.preventDefault(); // the field keeps the focus
    if (row) this.pick(row.dataset.value);
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

  /** What is typed here is no answer: only the select's change is one. */
  left(event) {
    event.stopPropagation();
    this.leave();
  }

  /** An emptied field takes the answer back; what fits nothing leaves what was there. */
  leave() {
    this.close();
    const text = this.input.value.trim();
    const meant = text === "" ? "" : this.meant(text);
    if (meant === undefined) this.rest();
    else this.pick(meant);
  }

  /** The one choice with this label or code. */
  meant(text) {
    if (this.input.readOnly || text === this.select.selectedOptions[0]?.textContent) return undefined;
    const wanted = folded(text);
    const found = [...this.choices.rows()].filter((row) => row.value === text || row.label === wanted);
    return found.length === 1 ? found[0].value : undefined;
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.move(-1);
  }

  get isOpen() {
    return !this.list.hidden;
  }
}

const KEYS = {
  ArrowDown(field) {
    if (field.isOpen) field.move(field.active + 1);
    else field.search();
    return true;
  },
  ArrowUp(field) {
    if (field.isOpen) field.move(field.active - 1);
    return field.isOpen;
  },
  Enter(field) {
    const row = field.isOpen && field.list.children[field.active];
    if (row) field.pick(row.dataset.value);
    return Boolean(row);
  },
  Escape(field) {
    if (!field.isOpen) return false;
    field.rest();
    field.close();
    return true;
  },
};
