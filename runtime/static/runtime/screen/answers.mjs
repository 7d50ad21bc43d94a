/**
 * Answers: from the boxes of the page to the engine and the queue, and back what the server made of them.
 * The screen is built on it; it uses the screen's sheet, patch, entries, saving and `act`.
 */
import { boxAt, boxOf, boxes, controlsOf, given, heldIn, put, readByServer } from "./fields.mjs";
import { Entries, focusBox } from "./entries.mjs";
import { formatDate, formatValue, isDate } from "./format.mjs";
import { kits } from "./projection.mjs";

const IDLE = 700;
const OWN = new Set(["section_opened", "language_set"]);

const TYPED = "input:not([type=radio], [type=checkbox], [type=file], [data-search], [data-reason]), textarea";

/** Whether somebody was at a control since the server drew it. */
function isTouched(control) {
  if (control.matches("[data-search], [data-reason]")) return false;
  if (control.type === "file") return control.files.length > 0;
  if (control.type === "radio" || control.type === "checkbox") return control.checked !== control.defaultChecked;
  if (control.options) return control.value !== ([...control.options].find((option) => option.defaultSelected) ?? control.options[0])?.value;
  return control.value !== control.defaultValue;
}

/** What a box would give, if it were left now. */
function eventOf(place, { blank, unread, value }) {
  if (blank) return { event: "cleared", place };
  if (unread !== undefined) return { event: "answered", place, value: unread, unreadable: true };
  return { event: "answered", place, value };
}

export class Answering {
  idle = new Map(); // box -> timer until what is typed counts as given
  heard = new Map(); // place -> how its answer was read, as it was announced last
  before = new Map(); // place -> the state before it was typed at
  held = new Map(); // place -> events of what is being typed: shown at once, saved when the typing pauses

  /** The repeats and the files of the page, once sheet, patch and saving are there. @param root  where the fields stand */
  furnish(root) {
    const { data, sheet, wording } = this;
    const announce = (text) => this.announce(text);
    this.entries = new Entries({ sheet, wording, announce, act: (command) => this.act(command), refresh: (node) => this.patch.part(node) });
    const { Files } = kits.file ?? {};
    this.files = Files && new Files({
      root,
      data,
      wording,
      token: () => this.saving.token,
      give: (place, value) => this.give(place, value),
      told: (box, text, bad) => this.told(box, text, bad),
      kept: announce,
    });
  }

  /** What is typed is read back from the start: a box of a date holds digits, people say a day. */
  readBack(root = document) {
    for (const box of root.querySelectorAll('[data-control="line"]')) {
      const value = this.sheet.state.answers[box.dataset.place];
      if (typeof value === "string" && !readByServer(this.sheet.question(box.dataset.place))) this.read(box);
    }
  }

  /** What was typed, chosen or picked while this module was on its way. */
  early(root) {
    for (const box of boxes(root)) {
      const control = controlsOf(box).find(isTouched);
      if (control?.type === "file") this.files.chosen({ target: control });
      else if (control?.matches(TYPED)) this.typed({ target: control });
      else if (control) this.changed(box);
    }
  }

  typed(event) {
    const box = boxAt(event.target);
    if (!box || !event.target.matches(TYPED)) return;
    this.undo.typed(event.target);
    const found = this.read(box);
    if (found.value !== undefined && !readByServer(this.sheet.question(box.dataset.place))) this.hold(box.dataset.place, found.value);
    this.saving.typing(box.dataset.place, eventOf(box.dataset.place, found));
    clearTimeout(this.idle.get(box));
    this.idle.set(box, setTimeout(() => this.changed(box), IDLE));
  }

  /** The page answers every letter; the queue gets one event when the typing pauses. */
  hold(place, value) {
    if (!this.held.has(place)) this.before.set(place, this.undo.now());
    const { events } = this.sheet.do({ command: "answer", place, value });
    if (events.length) this.held.set(place, events);
    this.patch.changed();
  }

  release() {
    const waiting = [...this.held];
    this.held.clear();
    for (const [place, events] of waiting) this.undo.note(this.before.get(place), events, this.saving.push(events));
  }

  /** What the box holds, read aloud under it, before it counts as given. */
  read(box) {
    const place = box.dataset.place;
    const question = this.sheet.question(place);
    const found = given(box, question, this.context());
    this.patch.notes.set(place, this.noteFor(found, question, place));
    this.patch.note(box, place, { ...this.sheet.answer(place), problems: [] });
    return found;
  }

  context() {
    return { today: this.data.today, language: document.documentElement.lang || "en" };
  }

  noteFor(found, question, place) {
    if (found.unread !== undefined) return { text: this.wording.say("not_read"), bad: false };
    if (found.blank) return null;
    if (readByServer(question)) return found.value === this.sheet.state.answers[place] ? null : { text: this.wording.say("checking") };
    const box = boxOf(place);
    if (box.dataset.control === "parts") return this.#dayAmong(box, found.value);
    const value = formatValue(found.value, question, this.sheet, this.wording, place);
    if (box.dataset.control !== "line" || controlsOf(box)[0].value.trim().normalize("NFC") === value) return null;
    return { text: this.wording.say("read_as", { value }), value };
  }

  /** Of an answer in parts the day is read back. */
  #dayAmong(box, parts) {
    const days = Object.entries(parts).filter(([name, value]) => isDate(value) && heldIn(box, name) !== value);
    if (days.length === 0) return null;
    const value = formatDate(days[0][1], this.context().language);
    return { text: this.wording.say("read_as", { value }), value };
  }

  /** The box counts as given now. */
  changed(box) {
    if (!box) return;
    clearTimeout(this.idle.get(box));
    this.idle.delete(box);
    this.release();
    const place = box.dataset.place;
    const found = this.read(box);
    if (found.unread !== undefined) this.unread(place, found.unread);
    else if (found.blank) this.leftBlank(place);
    else this.give(place, found.value);
    this.saving.typing(place, null);
    this.patch.question(box);
    this.#sayRead(box, place);
  }

  /** Who does not see what stands under the box hears how it was read, once. */
  #sayRead(box, place) {
    const text = this.patch.notes.has(place) ? box.querySelector(".note").textContent : "";
    if (text && text !== this.heard.get(place)) this.announce(`${this.sheet.label(place)}: ${text}`);
    this.heard.set(place, text);
  }

  /** What cannot be read is told, and kept as it was typed: it counts for nothing, but it is not lost. */
  unread(place, text) {
    const held = this.sheet.isUnreadable(place) && this.sheet.state.answers[place] === text.normalize("NFC");
    if (!held) this.act({ command: "answer", place, value: text, unreadable: true });
    this.patch.notes.set(place, { text: this.wording.problem({ code: "unreadable" }), bad: true });
  }

  /** A kept answer that is not offered now leaves its box blank without having been taken back. */
  leftBlank(place) {
    const { kept, relevant } = this.sheet.answer(place);
    if (!(kept && relevant) || this.sheet.isUnreadable(place)) this.clear(place);
  }

  /** What is answered already, or stands there of itself (a default, the choices that are offered), is not answered again. */
  give(place, value) {
    const held = [this.sheet.state.answers[place], this.sheet.answer(place).value].map((each) => JSON.stringify(each));
    const reread = this.sheet.isUnreadable(place) && !readByServer(this.sheet.question(place));
    if (reread || !held.includes(JSON.stringify(value))) this.act({ command: "answer", place, value });
    this.entries.patch();
  }

  /** Somebody says that what the script filled in is the answer. */
  confirm(place) {
    const value = this.suggested(place);
    if (value !== null) this.act({ command: "answer", place, value });
    this.entries.patch();
    focusBox(boxOf(place));
  }

  /** A warning is set aside, with the reason why. */
  setAside(box) {
    const field = box.querySelector("[data-reason]");
    const reason = field.value.trim();
    if (!reason) {
      this.announce(this.wording.problem({ code: "reason" }));
      field.focus();
    } else if (this.act({ command: "override", place: box.dataset.place, reason })) {
      this.announce(this.wording.say("set_aside_because", { reason }));
      focusBox(box);
    }
  }

  clear(place) {
    const box = boxOf(place);
    if ((this.sheet.state.answers[place] ?? null) !== null) this.act({ command: "clear", place });
    this.patch.notes.delete(place);
    if (box) put(box, this.suggested(place));
    this.entries.patch();
  }

  /** The default that stands at a place, else nothing. */
  suggested(place) {
    const { defaulted, value } = this.sheet.answer(place);
    return defaulted ? value : null;
  }

  /** A default comes back into an emptied field once it is left. */
  left(box) {
    if (box?.dataset.follows === undefined) return;
    setTimeout(() => {
      const value = this.suggested(box.dataset.place);
      if (value !== null && !box.contains(document.activeElement)) put(box, value);
    });
  }

  listeners() {
    return {
      acknowledged: (item, answer) => this.acknowledged(item.event, answer),
      refused: (item, problem) => this.refused(item.event, problem),
      leaving: () => this.finishTyping(),
      elsewhere: (events) => this.elsewhere(events),
    };
  }

  /** What the same person gives in another tab of this record is known here, too; where they are looking is their own. */
  elsewhere(events) {
    for (const event of events.filter(({ event: what }) => !OWN.has(what))) {
      this.sheet.take(event);
      const box = event.place && boxOf(event.place);
      if (box && box !== boxAt(document.activeElement)) put(box, event.value ?? null);
    }
    this.patch.changed();
    this.entries.patch();
  }

  /** Something is said under a question: how its file is sent. */
  told(box, text, bad) {
    const { place } = box.dataset;
    if (text) this.patch.notes.set(place, { text, bad });
    else this.patch.notes.delete(place);
    this.patch.question(box);
    this.announce(text);
  }

  /** What stands in a box and did not yet count as given, counts now. */
  finishTyping() {
    for (const box of [...this.idle.keys()]) this.changed(box);
    this.release();
  }

  /** The server read what the browser cannot: the canonical value, or that it is unreadable. */
  acknowledged(event, answer) {
    const question = event.event === "answered" && this.sheet.question(event.place);
    if (!question || (answer.value === undefined && !readByServer(question))) return;
    if (JSON.stringify(this.sheet.state.answers[event.place]) !== JSON.stringify(event.value)) return; // typed on meanwhile
    this.patch.notes.delete(event.place);
    const read = { event: "answered", place: event.place, value: answer.value ?? event.value };
    if (answer.unreadable) read.unreadable = true;
    this.undo.reread(event, read);
    this.sheet.take(read);
    const box = boxOf(event.place);
    if (box && box !== boxAt(document.activeElement) && !answer.unreadable) put(box, read.value);
    if (box) this.patch.question(box);
    this.patch.changed();
    this.entries.patch();
  }

  refused(event, problem) {
    const text = this.wording.problem(problem);
    const box = event.place && boxOf(event.place);
    if (!box) return this.announce(text);
    this.patch.notes.set(event.place, { text, bad: true });
    this.patch.question(box);
  }
}
