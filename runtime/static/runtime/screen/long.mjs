/**
 * Long lists of choices lie apart from the definition and from the page. They are fetched by their hash, which never
 * changes, and put back before the engine reads the definition (builder/definition/apart.py takes them out).
 */
import { findable } from "./finding.mjs";

/** The definition with its long lists in place again. @param fetched  (sha256) => promise of the choices */
export async function whole(json, fetched) {
  const waiting = new Map(); // sha256 -> promise: a list that several questions have is one
  for (const [settings, name, sha256] of [...gaps(json)]) {
    if (!waiting.has(sha256)) waiting.set(sha256, fetched(sha256));
    settings[name] = await waiting.get(sha256);
  }
  return json;
}

function* gaps(json) {
  for (const section of json.sections) {
    for (const item of section.items) {
      for (const [name, value] of Object.entries(item.settings ?? {})) {
        if (typeof value?.apart === "string") yield [item.settings, name, value.apart];
      }
    }
  }
}

const SLICE = 8; // milliseconds
const PATIENCE = 100; // milliseconds, where a busy machine has no idle moment
const idle = globalThis.requestIdleCallback ? (deed) => requestIdleCallback(deed, { timeout: PATIENCE }) : setTimeout;
const made = new WeakMap(); // choices of a list in one language -> made ready to be searched, so far

/** The choices of a question whose options do not stand in the page: a hidden select holds the one that is picked. */
export class Fetched {
  constructor(box, input, sheet) {
    Object.assign(this, { sheet, place: box.dataset.place });
    this.select = document.createElement("select");
    this.select.dataset.choices = `${this.question.id}/choice`; // by this mark its option is worded anew in another language
    this.select.append(new Option("", ""));
    this.hold(input.dataset.long);
    this.#prepare();
  }

  get question() {
    return this.sheet.question(this.place);
  }

  /** Only what is offered now. */
  rows() {
    const { choices } = this.sheet.answer(this.place);
    if (!choices) return this.#all();
    this.finish();
    if (this.offered?.choices !== choices) {
      const names = new Set(choices);
      this.offered = { choices, rows: this.#all().filter((row) => names.has(row.value)) };
    }
    return this.offered.rows;
  }

  hold(value) {
    if (value && ![...this.select.options].some((option) => option.value === value)) {
      this.select.append(new Option(this.#label(value), value));
    }
    this.select.value = value;
  }

  #label(name) {
    return this.sheet.worded(`${this.question.id}/choice/${name}`) || name;
  }

  #all() {
    return made.get(this.question.settings.choices)?.rows ?? this.#prepare().rows;
  }

  /** Resolves when all can be found: so far only some are. Nothing where they are. */
  get coming() {
    const { ready, rows } = made.get(this.question.settings.choices) ?? this.#prepare();
    return rows.length < this.question.settings.choices.length ? ready : null;
  }

  /** All of them, now. */
  finish() {
    const { choices } = this.question.settings;
    const rows = this.#all();
    while (rows.length < choices.length) rows.push(this.#row(choices[rows.length].name));
  }

  /** Thousands of rows are made while nothing else is to be done: no letter that is typed waits for them. */
  #prepare() {
    const { choices } = this.question.settings;
    const known = made.get(choices);
    if (known) return known;
    const rows = [];
    const whole = async () => {
      while (rows.length < choices.length) {
        await new Promise((done) => idle(done));
        const end = performance.now() + SLICE;
        while (rows.length < choices.length && performance.now() < end) rows.push(this.#row(choices[rows.length].name));
      }
    };
    made.set(choices, { rows, ready: null });
    made.get(choices).ready = whole();
    return made.get(choices);
  }

  /** Found by its code too. */
  #row(name) {
    const text = this.#label(name);
    const label = findable(text);
    const lang = this.sheet.instead(`${this.question.id}/choice/${name}`); // where its translation is missing
    return { value: name, text, label, words: label + findable(name), lang };
  }
}
