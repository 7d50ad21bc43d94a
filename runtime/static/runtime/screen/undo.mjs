/**
 * Taking back the last answers of this sitting, one after the other, and giving them back. Each is events of its own (the former
 * answer, an entry with what lay in it), marked with the id of what they take back: the log only grows (runtime/records/undoing.py).
 * What somebody else changed since is left alone, and said.
 */
import { canonical, copied } from "../engine/state.mjs";
import * as engine from "../engine/undoing.mjs";
import { boxOf, put } from "./fields.mjs";
import { focusFirst } from "./entries.mjs";
import { formatValue } from "./format.mjs";

const STEPS_MOST = 500;

export class Undo {
  typedIn = null; // the field whose letters the browser itself takes back, until it is left
  open = null; // the place that is being typed at: its pauses make one step

  /** @param steps  {done, undone}: lists of {id, event, back}, as the page was drawn with */
  constructor(screen, steps) {
    Object.assign(this, { screen, done: steps?.done ?? [], undone: steps?.undone ?? [] });
    for (const [mark, deed] of [["undo", () => this.back()], ["redo", () => this.forth()]]) {
      this[`${mark}Button`] = document.querySelector(`[data-step-${mark}]`);
      this[`${mark}Button`]?.addEventListener("click", (event) => (event.preventDefault(), event.stopPropagation(), deed()));
    }
    document.addEventListener("focusout", () => this.#left());
    this.#show();
  }

  get #definition() {
    return this.screen.sheet.live;
  }

  typed(field) {
    this.typedIn = field;
  }

  #left() {
    this.typedIn = this.open = null;
  }

  /** Whether the browser takes back what is typed here. */
  isBrowsers(field) {
    return this.typedIn !== null && this.typedIn === field;
  }

  /** The state as it is now, to be kept while it is changed. */
  now() {
    return copied(this.screen.sheet.state);
  }

  /** Something was done: what it was, by which events under which ids, in which state. */
  note(before, events, ids) {
    events.forEach((event, at) => ids?.[at] && this.#noteOne(before, event, ids[at]));
    return this.#show();
  }

  #noteOne(before, event, id) {
    const back = engine.undoing(this.#definition, before, event);
    const last = this.done.at(-1);
    const place = event.place ?? null;
    if (last && place !== null && this.open === place && last.event.place === place && last.event.event !== "overridden" && event.event !== "overridden") {
      last.event = event; // the same word, typed on
    } else if (back.length) {
      this.done.push({ id, event, back });
      if (this.done.length > STEPS_MOST) this.done.shift();
    } else return;
    this.undone = [];
    this.open = this.typedIn ? place : null;
  }

  /** The server read an answer in its own way: that is what stands there. */
  reread(event, read) {
    for (const step of this.done) if (step.event === event) step.event = read;
  }

  async back() {
    this.screen.finishTyping();
    const step = this.done.pop();
    if (!step) return this.#none("nothing_to_undo");
    const { state } = this.screen.sheet;
    if (!engine.stands(this.#definition, state, step.event) || this.#locked(step)) return this.#changed(step);
    const label = this.#around(step.event, () => this.#do(step.back, { undoes: step.id }));
    this.undone.push(step);
    return this.#done(step, this.#words(step, label));
  }

  async forth() {
    this.screen.finishTyping();
    const step = this.undone.pop();
    if (!step) return this.#none("nothing_to_redo");
    const now = engine.undoing(this.#definition, this.screen.sheet.state, step.event);
    if (canonical(now) !== canonical(step.back) || this.#locked(step)) return this.#changed(step);
    const label = this.#around(step.event, () => this.#do([step.event], { redoes: step.id }));
    this.done.push(step);
    return this.#done(step, this.screen.wording.say("redone", { label }));
  }

  #none(key) {
    this.screen.announce(this.screen.wording.say(key));
  }

  #changed({ event }) {
    this.screen.announce(this.screen.wording.say("undo_changed", { label: this.#label(event) }));
    this.#show();
  }

  #locked({ event }) {
    return Boolean(event.place && this.screen.sheet.answer(event.place).read_only);
  }

  #do(events, mark) {
    const { sheet, saving, patch, entries } = this.screen;
    const marked = events.map((event) => ({ ...event, ...mark }));
    if (document.activeElement?.closest("[data-place]")) document.activeElement.blur(); // an answer is not put in under somebody's hands
    for (const event of marked) sheet.take(event);
    saving.push(marked);
    for (const { place } of marked) if (place) patch.notes.delete(place);
    patch.changed();
    entries.patch();
    for (const { place } of marked) this.#put(place);
  }

  #put(place) {
    const box = place && boxOf(place);
    if (!box) return;
    put(box, this.screen.sheet.state.answers[place] ?? this.screen.suggested(place));
    this.screen.patch.question(box);
  }

  #done(step, words) {
    this.open = null;
    this.#show();
    this.#goTo(step.event);
    this.screen.announce(words);
  }

  #goTo({ place, repeat, entry }) {
    const { screen } = this;
    if (place) {
      if (screen.sheet.answer(place).relevant) screen.goTo(place);
      else screen.show(); // nothing is asked there now
      return;
    }
    screen.goToSection(repeat.split("/")[0]);
    screen.entries.unfold(`${repeat}/${entry}/`);
    screen.entries.patch();
    const editor = document.querySelector(`[data-at="${CSS.escape(`${repeat}/${entry}`)}"]`);
    if (editor) focusFirst(editor);
    else document.querySelector(`[data-add="${CSS.escape(repeat)}"]`)?.focus();
  }

  /** The label of what a deed is about: an entry has its number only while it is there. */
  #around(event, deed) {
    const before = this.#label(event);
    deed();
    return this.screen.sheet.isThere(event) ? this.#label(event) : before;
  }

  #words({ event, back }, label) {
    const shown = event.event === "cleared" ? back[0] : event;
    return this.screen.wording.say(`undone_${event.event}`, { label, value: this.#value(shown) });
  }

  #value({ place, value }) {
    if (value === undefined || value === null) return "";
    return formatValue(value, this.screen.sheet.question(place), this.screen.sheet, this.screen.wording, place) || String(value);
  }

  #label({ place, repeat, entry }) {
    return place ? this.screen.sheet.label(place) : this.screen.entries.label(repeat, entry);
  }

  #show() {
    for (const [button, steps] of [[this.undoButton, this.done], [this.redoButton, this.undone]]) if (button) button.disabled = steps.length === 0;
  }
}
