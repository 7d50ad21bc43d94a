/**
 * A long list found by typing a part of a label: a combobox in front of the select that the server drew, which keeps the
 * answer (and is all there is without JavaScript). Arrows move, Enter picks, Escape leaves things as they were.
 */
import { folded } from "../engine/typed.mjs";

const MOST = 50;
let made = 0;

/** Make comboboxes of the long lists below a node. */
export function findByTyping(root) {
  for (const box of root.querySelectorAll('[data-control="list"]')) {
    if (!box.querySelector("[data-search]") && box.querySelector("select:not([readonly])")) new TypeAhead(box);
  }
}

/** The search field says what is picked. */
export function sayPicked(box) {
  const search = box.querySelector("[data-search]");
  const select = box.querySelector("select");
  if (search && search !== document.activeElement) search.value = select.selectedOptions[0]?.textContent ?? "";
}

class TypeAhead {
  constructor(box) {
    this.box = box;
    this.select = box.querySelector("select");
    this.input = document.createElement("input");
    this.list = document.createElement("ul");
    this.active = -1;
    this.dress();
    this.input.addEventListener("input", () => this.search());
    this.input.addEventListener("keydown", (event) => this.key(event));
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
    select.before(input, list);
    sayPicked(this.box);
  }

  /** Every typed word begins a word of the label. */
  search() {
    const wanted = folded(this.input.value).split(" ").filter(Boolean);
    const fits = (option) => {
      const words = folded(option.textContent).split(" ");
      return option.value !== "" && wanted.every((word) => words.some((one) => one.startsWith(word)));
    };
    const found = [];
    for (const option of this.select.options) {
      if (found.length < MOST && fits(option)) found.push(option);
    }
    this.show(found);
  }

  show(found) {
    this.list.replaceChildren(...found.map((option, at) => this.row(option, at)));
    this.list.hidden = found.length === 0;
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.move(found.length > 0 && this.input.value.trim() !== "" ? 0 : -1);
  }

  row(option, at) {
    const row = document.createElement("li");
    row.id = `${this.list.id}-${at}`;
    row.setAttribute("role", "option");
    row.dataset.value = option.value;
    row.textContent = option.textContent;
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

  pick(value) {
    this.close();
    this.input.value = [...this.select.options].find((option) => option.value === value)?.textContent ?? "";
    if (this.select.value === value) return;
    this.select.value = value;
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** An emptied field takes the answer back; what fits nothing is not one. */
  leave() {
    this.close();
    if (this.input.value.trim() === "") this.pick("");
    else this.input.value = this.select.selectedOptions[0]?.textContent ?? "";
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
    field.input.value = field.select.selectedOptions[0]?.textContent ?? "";
    field.close();
    return true;
  },
};
