/**
 * The repeats of the page: a table of what is there and one open editor at a time. A repeat is told by its place
 * ("contacts/a/visits"): it may lie in the entries of another one.
 */
import { controlsOf } from "./fields.mjs";
import { formatValue } from "./format.mjs";
import { isCounted, keysOf } from "./nesting.mjs";
import { newId } from "./queue.mjs";

/** Stands for the id of an entry in what the server drew blank; each depth has its own (workspace/screen_repeats.py). */
const blankOf = (repeat) => `__entry${(repeat.split("/").length + 1) / 2}__`;

export class Entries {
  /**
   * @param act  (command) => boolean, does it and says whether it was allowed
   * @param refresh  brings the questions of a new editor into line with the view
   */
  constructor({ sheet, wording, act, announce, refresh }) {
    Object.assign(this, { sheet, wording, act, announce, refresh });
    this.open = new Map(); // place of a repeat -> entry that stands open
  }

  /** Tables, editors and buttons of all repeats as the state has them. */
  patch() {
    for (const table of document.querySelectorAll("[data-table]")) if (table.isConnected) this.#patchRepeat(table);
  }

  add(repeat) {
    const entry = newId(crypto);
    if (!this.act({ command: "add_entry", repeat, entry })) return;
    this.open.set(repeat, entry);
    this.patch();
    this.announce(this.wording.say("entry_added", { label: this.label(repeat, entry) }));
    focusFirst(editor(repeat, entry));
  }

  remove(repeat, entry) {
    const label = this.label(repeat, entry);
    if (!this.act({ command: "remove_entry", repeat, entry })) return;
    this.patch();
    this.announce(this.wording.say("entry_removed", { label }));
    document.querySelector(`[data-add="${CSS.escape(repeat)}"]`)?.focus();
  }

  edit(repeat, entry) {
    this.open.set(repeat, entry);
    this.patch();
    focusFirst(editor(repeat, entry));
  }

  /** Open the editors that a place lies in. */
  unfold(place) {
    const parts = place.split("/");
    for (let at = 1; at < parts.length; at += 2) this.open.set(parts.slice(0, at).join("/"), parts[at]);
  }

  /** On from the last question of an entry to the next entry, where nobody adds one: its number is given. */
  further(box) {
    for (let node = box.closest("[data-at]"); node; node = node.parentElement.closest("[data-at]")) {
      const repeat = repeatOf(node.dataset.at);
      const entries = this.sheet.entriesOf(repeat);
      const next = entries[entries.indexOf(node.dataset.entry) + 1];
      if (next && isCounted(this.#section(repeat))) {
        this.edit(repeat, next);
        return true;
      }
    }
    return false;
  }

  #section(repeat) {
    return this.sheet.sections.get(repeat.split("/").pop());
  }

  label(repeat, entry) {
    const section = this.#section(repeat);
    const label = this.sheet.text(`${section.id}/entry_label`, `${keysOf(repeat)}${entry}/`);
    const number = this.sheet.entriesOf(repeat).indexOf(entry) + 1;
    return label ? `${label} ${number}` : this.wording.say("entry", { n: number });
  }

  #patchRepeat(table) {
    const repeat = table.dataset.table;
    const entries = this.sheet.entriesOf(repeat);
    this.#editors(repeat, entries);
    table.querySelector("table").hidden = entries.length === 0;
    table.querySelector(".empty").hidden = entries.length > 0;
    const columns = [...table.querySelectorAll("[data-column]")].map((head) => head.dataset.column);
    const body = table.querySelector("tbody");
    entries.forEach((entry, index) => this.#row(body, index, { repeat, entry, columns }));
    while (body.rows.length > entries.length) body.deleteRow(-1);
    const most = Number(table.dataset.maximum || Infinity);
    const add = document.querySelector(`[data-add="${CSS.escape(repeat)}"]`);
    if (add) add.disabled = entries.length >= most;
  }

  #editors(repeat, entries) {
    const holder = document.querySelector(`[data-entries="${CSS.escape(repeat)}"]`);
    for (const node of [...holder.children]) if (!entries.includes(node.dataset.entry)) node.remove();
    if (!entries.includes(this.open.get(repeat))) this.open.delete(repeat);
    const shown = this.open.get(repeat) ?? entries.at(isCounted(this.#section(repeat)) ? 0 : -1);
    entries.forEach((entry, index) => {
      const node = editor(repeat, entry) ?? this.#begun(holder, repeat, entry);
      node.querySelector("[data-number]").textContent = String(index + 1);
      node.hidden = entry !== shown;
    });
  }

  /** The editor of a new entry, with the repeats that lie in it. */
  #begun(holder, repeat, entry) {
    const node = holder.appendChild(this.#blank(repeat, entry));
    this.refresh(node);
    for (const table of node.querySelectorAll("[data-table]")) this.#patchRepeat(table);
    return node;
  }

  /** The server drew one blank editor for each repeat; only its id is put in. */
  #blank(repeat, entry) {
    const template = document.querySelector(`template[data-blank="${CSS.escape(repeat)}"]`);
    const made = document.createElement("template");
    made.innerHTML = template.innerHTML.replaceAll(blankOf(repeat), entry);
    return made.content.firstElementChild;
  }

  #row(body, index, { repeat, entry, columns }) {
    const row = body.rows[index] ?? body.insertRow();
    const shown = !editor(repeat, entry).hidden;
    row.dataset.row = entry;
    if (shown) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
    columns.forEach((name, column) => {
      const place = `${repeat}/${entry}/${name}`;
      const { value } = this.sheet.answer(place);
      const cell = row.cells[column] ?? row.insertCell();
      const text = formatValue(value, this.sheet.question(name), this.sheet, this.wording, place);
      if (cell.textContent !== text) cell.textContent = text;
    });
    this.#buttons(row.cells[columns.length] ?? row.insertCell(), repeat, entry);
  }

  #buttons(cell, repeat, entry) {
    const label = this.label(repeat, entry);
    const make = (kind, words) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button small";
      button.dataset[kind] = entry;
      button.textContent = words;
      button.setAttribute("aria-label", `${words}: ${label}`);
      return button;
    };
    if (cell.dataset.for === entry && cell.dataset.label === label) return;
    Object.assign(cell.dataset, { for: entry, label });
    const edit = make("edit", this.wording.say("edit"));
    cell.replaceChildren(...(isCounted(this.#section(repeat)) ? [edit] : [edit, " ", make("remove", this.wording.say("remove"))]));
  }
}

function editor(repeat, entry) {
  return document.querySelector(`[data-at="${CSS.escape(`${repeat}/${entry}`)}"]`);
}

const repeatOf = (at) => at.slice(0, at.lastIndexOf("/"));

export function focusFirst(root) {
  const first = [...(root?.querySelectorAll("[data-place]") ?? [])].find((box) => !box.hidden);
  focusBox(first);
}

/** The control of a question that takes the focus: the chosen one, else the first. */
export function focusBox(box) {
  const controls = box ? controlsOf(box).filter((control) => !control.disabled) : [];
  (controls.find((control) => control.checked) ?? controls[0])?.focus();
}
