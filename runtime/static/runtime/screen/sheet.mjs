/**
 * The definition, the state and the view of one record, as this page knows them.
 * The server's engine decides; this one answers at once. Nothing here touches the page.
 */
import * as engine from "../engine/index.mjs";
import { arranged, entriesAt, keysOf } from "./nesting.mjs";

export class Sheet {
  constructor({ json, state, today }) {
    this.today = today;
    this.use(json, state);
  }

  /** Read with another projection of the same version: another language. */
  use(json, state = this.state) {
    this.json = json;
    this.live = new engine.Live(engine.load(json), state, this.today);
    this.view = this.live.view();
    this.undrawn = new Changed();
    this.questions = new Map();
    this.sections = new Map();
    this.texts = new Map();
    Object.assign(this, arranged(json.sections));
    for (const section of json.sections) this.#learn(section);
    for (const outcome of json.outcomes) this.texts.set(`${outcome.id}/label`, outcome.label);
  }

  get state() {
    return this.live.state;
  }

  /** Returns the events to be saved; a refusal gives none and is returned apart. */
  do(command) {
    const [events, changes] = this.live.advance(command);
    const refused = events.find((event) => event.event === "refused") ?? null;
    if (refused) return { events: [], refused };
    this.#changed(changes);
    return { events, refused };
  }

  /** Take in an event that the server made of ours: a number in its canonical form, a text it could not read. */
  take(event) {
    this.#changed(this.live.follow([event]));
  }

  #changed(changes) {
    engine.patch(this.view, changes);
    this.undrawn.add(changes);
  }

  /** What changed in the view since this was asked last. */
  drawn() {
    const { undrawn } = this;
    this.undrawn = new Changed();
    return undrawn;
  }

  question(place) {
    return this.questions.get(place.split("/").pop());
  }

  sectionOf(place) {
    const parts = place.split("/");
    return parts.length > 1 ? this.sections.get(parts[0]) : this.sectionByQuestion.get(parts[0]);
  }

  answer(place) {
    return this.view.questions[place] ?? NOWHERE;
  }

  /** Nothing follows, and nothing can: a later section may still open while a required answer is missing here. */
  get isLast() {
    if (this.view.next) return false;
    return this.view.sections[this.shown].missing === 0 || this.steps.filter((section) => !section.side).at(-1)?.name === this.shown;
  }

  /** Whether a side section is shown. */
  get isAside() {
    return Boolean(this.sections.get(this.shown)?.side);
  }

  /** Where a required answer is missing in the shown section, in order. */
  get missingHere() {
    return [...this.places(this.sections.get(this.shown))].filter((place) => this.answer(place).missing);
  }

  /** The places of a section's questions, entry by entry, with those of the sections in these. */
  *places(section, prefix = "") {
    const inside = section.repeat ? this.entries(section, prefix).map((entry) => `${prefix}${section.name}/${entry}/`) : [prefix];
    for (const each of inside) {
      for (const item of section.items) if (item.name) yield each + item.name;
      for (const inner of this.inner.get(section.name) ?? []) yield* this.places(inner, each);
    }
  }

  /** The entries of a repeat. */
  entries(section, prefix = "") {
    return entriesAt(section, prefix + section.name, this);
  }

  /** The entries of the repeat at a place. */
  entriesOf(place) {
    return entriesAt(this.sections.get(place.split("/").pop()), place, this);
  }

  /** Whether what an event speaks of is there: an entry, or any place. */
  isThere({ repeat, entry }) {
    return !repeat || this.entriesOf(repeat).includes(entry);
  }

  /** Whether what is held at a place is a text that nobody could read. */
  isUnreadable(place) {
    return this.state.unreadable.includes(place);
  }

  get shown() {
    return this.state.section;
  }

  get language() {
    return this.state.language;
  }

  /** The text for a mark `<block id>/<part>`, with piped answers when the view has them. */
  text(mark, keys = "") {
    const piped = this.isPiped(mark) ? this.#piped(mark, keys) : undefined;
    if (piped !== undefined) return piped;
    const source = this.texts.get(mark);
    return source ? plain(source[this.language] ?? source[this.json.languages[0]] ?? Object.values(source)[0]) : "";
  }

  /** The language that a mark's text is read in where it lacks the conversation's; else an empty text. */
  instead(mark) {
    const source = this.texts.get(mark) ?? {};
    if (this.language in source) return "";
    const first = this.json.languages[0];
    return first in source ? first : (Object.keys(source).sort()[0] ?? "");
  }

  /** The text of an option, which has no room for a mark beside it. */
  worded(mark) {
    const instead = this.instead(mark);
    return instead ? `${this.text(mark)} (${instead.toUpperCase()})` : this.text(mark);
  }

  label(place) {
    const question = this.question(place);
    return question ? this.text(`${question.id}/label`, keysOf(place)) : place;
  }

  /** Whether a mark's text holds answers. */
  isPiped(mark) {
    return Object.values(this.texts.get(mark) ?? {}).some(Array.isArray);
  }

  /** The view knows a text by its block, `block.hint` for a hint, inside entries as `entry/block`. */
  #piped(mark, keys) {
    return this.view.texts[keys + this.keyOf(mark)];
  }

  /** The name that the view has for a text with answers in it. */
  keyOf(mark) {
    const [id, part] = mark.split("/");
    return part === "hint" ? `${id}.hint` : id;
  }

  #learn(section) {
    this.sectionByQuestion ??= new Map();
    this.sections.set(section.name, section);
    this.texts.set(`${section.id}/title`, section.title);
    if (section.repeat) this.texts.set(`${section.id}/entry_label`, section.repeat.entry_label);
    for (const item of section.items) this.#learnItem(section, item);
  }

  #learnItem(section, item) {
    for (const part of ["text", "label", "hint"]) if (item[part]) this.texts.set(`${item.id}/${part}`, item[part]);
    if (item.kind !== "question" && item.kind !== "calculation") return;
    this.questions.set(item.name, item);
    this.sectionByQuestion.set(item.name, section);
    for (const [name, value] of Object.entries(item.settings ?? {})) this.#learnSetting(item.id, name, value);
  }

  /** The settings that people read: choices, and labels. */
  #learnSetting(id, name, value) {
    if (Array.isArray(value)) {
      const part = name === "choices" ? "choice" : `setting/${name}`;
      for (const row of value) if (row?.label) this.texts.set(`${id}/${part}/${row.name}`, row.label);
    } else if (value !== null && typeof value === "object") {
      this.texts.set(`${id}/setting/${name}`, value);
    }
  }
}

/** The names of what changed in a view, by its parts; `whole` names the parts that are no maps. */
class Changed {
  constructor() {
    for (const part of MAPS) this[part] = new Set();
    this.whole = new Set();
  }

  add(changes) {
    for (const [part, changed] of Object.entries(changes)) {
      if (this[part]) for (const key of Object.keys(changed)) this[part].add(key);
      else this.whole.add(part);
    }
  }
}

const MAPS = ["questions", "items", "sections", "outcomes", "texts"];

const NOWHERE = Object.freeze({ relevant: false, value: null, missing: false, required: false, problems: [] });

function plain(parts) {
  if (parts === undefined) return "";
  return Array.isArray(parts) ? parts.filter((part) => typeof part === "string").join("") : parts;
}
