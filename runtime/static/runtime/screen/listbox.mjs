/**
 * What is found while one types: a text field with a list under it, as a combobox. The field keeps the focus; arrows move,
 * Enter takes, Escape leaves things as they were. Whoever uses it says what is found (`show`) and what taking does.
 */
import { deedOf, fitted } from "./key_table.mjs";

let made = 0;

export class Listbox {
  /** @param deeds  {search(), take(row), leave(), complete() where more may be found than is shown} */
  constructor(input, list, deeds) {
    Object.assign(this, { input, list, deeds });
    this.active = -1;
    fitted("list", KEYS);
    made += 1;
    list.id = `found-${made}`;
    list.setAttribute("role", "listbox");
    list.hidden = true;
    const told = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
    for (const [name, value] of Object.entries(told)) input.setAttribute(name, value);
    input.addEventListener("input", () => deeds.search());
    input.addEventListener("keydown", (event) => this.#key(event));
    list.addEventListener("mousedown", (event) => this.#pressed(event));
  }

  get isOpen() {
    return !this.list.hidden;
  }

  /** @param rows  list items, not yet in the page */
  show(rows) {
    rows.forEach((row, at) => {
      row.id = `${this.list.id}-${at}`;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", "false");
    });
    this.active = -1;
    this.list.replaceChildren(...rows);
    this.list.hidden = rows.length === 0;
    this.input.setAttribute("aria-expanded", String(rows.length > 0));
    this.#move(rows.length > 0 && this.input.value.trim() !== "" ? 0 : -1);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.#move(-1);
  }

  #move(to) {
    const rows = this.list.children;
    rows[this.active]?.setAttribute("aria-selected", "false");
    this.active = rows.length ? Math.max(-1, Math.min(to, rows.length - 1)) : -1;
    const row = rows[this.active];
    if (!row) return this.input.removeAttribute("aria-activedescendant");
    row.setAttribute("aria-selected", "true");
    this.input.setAttribute("aria-activedescendant", row.id);
    if (this.active > 0 || this.list.scrollTop > 0) row.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    if (event.isComposing || !KEYS[deedOf(event, "list")]?.(this, (to) => this.#move(to))) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #pressed(event) {
    const row = event.target.closest("li");
    event.preventDefault(); // the field keeps the focus
    if (row) this.deeds.take(row);
  }
}

/** What a key does in a list; by the names of the server's table. */
export const KEYS = {
  down(box, move) {
    if (box.isOpen) move(box.active + 1);
    else box.deeds.search();
    return true;
  },
  up(box, move) {
    if (box.isOpen) move(box.active - 1);
    return box.isOpen;
  },
  take(box) {
    if (!box.isOpen) box.deeds.complete?.();
    const row = box.isOpen && box.list.children[box.active];
    if (row) box.deeds.take(row);
    return Boolean(row);
  },
  leave: (box) => box.isOpen && box.deeds.leave() !== false,
};
