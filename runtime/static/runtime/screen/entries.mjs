/** The repeats of the page: a table of what is there and one open editor at a time. */
import { formatValue } from "./format.mjs";
import { newId } from "./queue.mjs";

const BLANK = "__entry__";

export class Entries {
  /**
   * @param act  (command) => boolean, does it and says whether it was allowed
   * @param refresh  brings the questions of a new editor into line with the view
   */
  constructor({ sheet, wording, act, announce, refresh }) {
    Object.assign(this, { sheet, wording, act, announce, refresh });
    this.open = new Map(); // repeat -> entry that stands open
  }

  /** Tables, editors and buttons of all repeats as the state has them. */
  patch() {
    for (const table of document.querySelectorAll("[data-table]")) this.#patchRepeat(table);
  }

  add(repeat) {
    const entry = newId(crypto);
    if (!this.act({ command: "add_entry", repeat, entry })) return;
    this.open.set(repeat, entry);
    this.patch();
    this.announce(this.wording.say("entry_added", { label: this.#label(repeat, entry) }));
    focusFirst(editor(entry));
  }

  remove(repeat, entry) {
    const label = this.#label(repeat, entry);
    if (!this.act({ command: "remove_entry", repeat, entry })) return;
    this.patch();
    this.announce(this.wording.say("entry_removed", { label }));
    document.querySelector(`[data-add="${CSS.escape(repeat)}"]`)?.focus();
  }

  edit(repeat, entry) {
    this.open.set(repeat, entry);
    this.patch();
    focusFirst(editor(entry));
  }

  #list(repeat) {
    return this.sheet.state.entries[repeat] ?? [];
  }

  #label(repeat, entry) {
    const section = this.sheet.sections.get(repeat);
    const label = this.sheet.text(`${section.id}/entry_label`);
    const number = this.#list(repeat).indexOf(entry) + 1;
    return label ? `${label} ${number}` : this.wording.say("entry", { n: number });
  }

  #patchRepeat(table) {
    const repeat = table.dataset.table;
    const entries = this.#list(repeat);
    this.#editors(repeat, entries);
    table.querySelector("table").hidden = entries.length === 0;
    table.querySelector(".empty").hidden = entries.length > 0;
    const columns = [...table.querySelectorAll("[data-column]")].map((head) => head.dataset.column);
    const body = table.querySelector("tbody");
    entries.forEach((entry, index) => this.#row(body, index, { repeat, entry, columns }));
    while (body.rows.length > entries.length) body.deleteRow(-1);
    const most = Number(table.dataset.maximum || Infinity);
    document.querySelector(`[data-add="${CSS.escape(repeat)}"]`).disabled = entries.length >= most;
  }

  #editors(repeat, entries) {
    const holder = document.querySelector(`[data-entries="${CSS.escape(repeat)}"]`);
    for (const node of [...holder.children]) if (!entries.includes(node.dataset.entry)) node.remove();
    if (!entries.includes(this.open.get(repeat))) this.open.delete(repeat);
    const shown = this.open.get(repeat) ?? entries.at(-1);
    entries.forEach((entry, index) => {
      const known = editor(entry);
      const node = known ?? holder.appendChild(this.#blank(repeat, entry));
      if (!known) this.refresh(node);
      node.querySelector("[data-number]").textContent = String(index + 1);
      node.hidden = entry !== shown;
    });
  }

  /** The server drew one blank editor for each repeat; only its id is put in. */
  #blank(repeat, entry) {
    const template = document.querySelector(`template[data-blank="${CSS.escape(repeat)}"]`);
    const made = document.createElement("template");
    made.innerHTML = template.innerHTML.replaceAll(BLANK, entry);
    return made.content.firstElementChild;
  }

  #row(body, index, { repeat, entry, columns }) {
    const row = body.rows[index] ?? body.insertRow();
    const shown = !editor(entry).hidden;
    row.dataset.row = entry;
    if (shown) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
    columns.forEach((name, column) => {
      const place = `${repeat}/${entry}/${name}`;
      const { value } = this.sheet.answer(place);
      const cell = row.cells[column] ?? row.insertCell();
      cell.textContent = formatValue(value, this.sheet.question(name), this.sheet, this.wording, place);
    });
    this.#buttons(row.cells[columns.length] ?? row.insertCell(), repeat, entry);
  }

  #buttons(cell, repeat, entry) {
    const label = this.#label(repeat, entry);
    const make = (kind, words) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button small";
      button.dataset[kind] = entry;
      button.dataset.repeat = repeat;
      button.textContent = words;
      button.setAttribute("aria-label", `${words}: ${label}`);
      return button;
    };
    if (cell.dataset.for === entry && cell.dataset.label === label) return;
    Object.assign(cell.dataset, { for: entry, label });
    cell.replaceChildren(make("edit", this.wording.say("edit")), " ", make("remove", this.wording.say("remove")));
  }
}

function editor(entry) {
  return document.querySelector(`[data-entry="${CSS.escape(entry)}"]`);
}

export function focusFirst(root) {
  const first = [...(root?.querySelectorAll("[data-place]") ?? [])].find((box) => !box.hidden);
  focusBox(first);
}

/** The control of a question that takes the focus: the chosen one, else the first. */
export function focusBox(box) {
  const controls = [...(box?.querySelectorAll("input, select, textarea") ?? [])].filter((control) => !control.disabled);
  (controls.find((control) => control.checked) ?? controls[0])?.focus();
}
