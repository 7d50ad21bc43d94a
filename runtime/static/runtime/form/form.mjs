/**
 * A public form in the browser: what is asked follows what is answered at once, and answers are saved as they are given. The pages
 * and the way through them are the server's: without this module the form works too. Nothing is kept in this browser but in memory.
 */
import { Answering } from "../screen/answers.mjs";
import { focusBox } from "../screen/entries.mjs";
import { boxAt, boxOf } from "../screen/fields.mjs";
import { learn } from "../screen/key_table.mjs";
import { Patch } from "../screen/patch.mjs";
import { kits, projection } from "../screen/projection.mjs";
import { EventQueue } from "../screen/queue.mjs";
import { post } from "../screen/saving.mjs";
import { Sheet } from "../screen/sheet.mjs";
import { Wording } from "../screen/wording.mjs";

const PATIENCE = 5000;

/** One section stands on the page: no path, no person beside it, no ends. */
class SectionPatch extends Patch {
  around() {}

  fact() {}

  ends() {}
}

/** Events to the server, in order, each once; what waits is held by this page alone, and it says so. */
class Saving {
  constructor({ data, wording, listeners }) {
    Object.assign(this, { wording, token: data.token, leaving: false });
    this.line = document.querySelector("[data-saved]");
    this.queue = new EventQueue({
      number: data.number,
      post: (batch) => post(data.urls.save, { events: batch }, { "X-Run-Token": this.token }),
      listeners: { ...listeners, changed: () => this.show(), halted: (reason, message) => this.halted(reason, message) },
    });
    globalThis.addEventListener("online", () => this.queue.resume());
    globalThis.addEventListener("beforeunload", (event) => {
      listeners.leaving();
      if (this.queue.unsent > 0 && !this.leaving) event.preventDefault();
    });
  }

  push(events) {
    for (const event of events) this.queue.push(event);
  }

  typing() {}

  show() {
    const { unsent, unsentAnswers, acknowledged, offline, halted } = this.queue;
    if (halted) return;
    if (unsent > 0 && offline) this.say(`${this.wording.counted("unsaved", Math.max(unsentAnswers, 1))} ${this.wording.say("offline")}`, true);
    else if (unsent === 0 && acknowledged > 0) this.say(this.wording.say("saved"), false);
  }

  halted(reason) {
    this.say(this.wording.say(reason), true);
  }

  say(text, bad) {
    if (this.line.textContent !== text) this.line.textContent = text;
    this.line.classList.toggle("bad", bad);
  }

  /** Whether the page may be left: all is saved, or the server has to say why not. */
  async done() {
    const late = new Promise((tell) => setTimeout(() => tell(false), PATIENCE));
    return (await Promise.race([this.queue.flush(), late])) || Boolean(this.queue.halted);
  }
}

class Form extends Answering {
  undo = { typed() {}, now() {}, note() {}, reread() {} }; // a citizen goes back and writes over it
  pressed = false;
  waiting = new Set(); // boxes that were answered while the pointer was down

  constructor(data, json) {
    super();
    this.data = data;
    this.wording = new Wording(data.wording);
    this.sheet = new Sheet({ json, state: data.state, today: data.today });
    this.patch = new SectionPatch(this.sheet, this.wording);
    this.saving = new Saving({ data, wording: this.wording, listeners: this.listeners() });
    this.form = document.querySelector("form.section");
    this.furnish(this.form);
  }

  start() {
    const shown = this.form.dataset.section;
    if (this.sheet.shown !== shown) this.sheet.take({ event: "section_opened", section: shown });
    document.addEventListener("input", (event) => this.typed(event));
    document.addEventListener("change", (event) => this.files?.chosen(event) || this.answered(boxAt(event.target)));
    document.addEventListener("pointerdown", () => (this.pressed = true), true);
    for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, () => setTimeout(() => this.lifted()), true);
    document.addEventListener("submit", (event) => this.submitted(event));
    document.addEventListener("click", (event) => this.clicked(event));
    this.form.addEventListener("focusout", (event) => this.left(boxAt(event.target)));
    learn(this.data.keys);
    kits.list?.findByTyping(document, this.sheet);
    this.form.addEventListener("unmatched", ({ target, detail }) => this.told(target, this.wording.say("no_choice", { text: detail }), true));
    if (!document.querySelector("[data-wrongs]")) this.patch.all(); // else what the server says stands until it is mended
    this.entries.patch();
    this.early(this.form);
    document.documentElement.dataset.form = "ready";
  }

  /** While the pointer is down nothing moves: a button that a sentence pushes away would not get its click. */
  answered(box) {
    if (this.pressed && box) this.waiting.add(box);
    else this.changed(box);
  }

  lifted() {
    this.pressed = false;
    const waiting = [...this.waiting];
    this.waiting.clear();
    for (const box of waiting) this.changed(box);
  }

  finishTyping() {
    this.lifted();
    super.finishTyping();
  }

  act(command) {
    this.release();
    const { events, refused } = this.sheet.do(command);
    if (refused) {
      this.announce(this.wording.problem(refused));
      return false;
    }
    this.saving.push(events);
    this.patch.changed();
    return true;
  }

  announce(text) {
    if (text) this.saving.say(text, false);
  }

  submitted(event) {
    if (event.target !== this.form || this.saving.leaving) return;
    event.preventDefault();
    const button = event.submitter;
    const [what, ...rest] = (button?.value ?? "").split(":");
    const where = rest.join(":");
    if (what === "add") this.entries.add(where);
    else if (what === "remove") this.entries.remove(where.slice(0, where.lastIndexOf("/")), where.split("/").pop());
    else if (what === "clear") this.takeBack(where);
    else this.leave(button);
  }

  takeBack(place) {
    this.clear(place);
    focusBox(boxOf(place));
  }

  /** The page is left once everything is saved: a line that is gone costs nothing. */
  async leave(button) {
    if (this.going) return;
    this.going = true;
    this.finishTyping();
    const may = !(this.files?.pending > 0) && (await this.saving.done());
    await new Promise((done) => setTimeout(done)); // a form cannot be sent from within its own submit event
    this.going = false;
    if (!may) return this.#notYet();
    this.saving.leaving = true;
    this.form.requestSubmit(button);
  }

  /** What the page still waits for; a line that is gone is told by the saving itself. */
  #notYet() {
    const waits = this.files?.pending > 0 ? "sending" : "saving";
    if (this.files?.pending > 0 || !this.saving.queue.offline) this.saving.say(this.wording.say(waits), true);
    else this.saving.show();
  }

  clicked(event) {
    const link = event.target.closest("a, button");
    const deed = link && CLICKS.find(([mark]) => link.matches(mark));
    if (!deed) return;
    event.preventDefault();
    deed[1](this, link);
  }
}

const repeatAt = (link) => link.closest("[data-table]").dataset.table;

const CLICKS = [
  ["[data-confirm]", (form, button) => form.confirm(button.dataset.confirm)],
  ["[data-override]", (form, button) => form.setAside(boxOf(button.dataset.override))],
  ["[data-edit]", (form, link) => form.entries.edit(repeatAt(link), link.dataset.edit)],
  ["[data-remove]", (form, link) => form.entries.remove(repeatAt(link), link.dataset.remove)],
  ["[data-wrongs] a", (_, link) => toWrong(link.hash)],
];

/** From the list of what is wrong to the field itself. */
function toWrong(hash) {
  const goal = document.getElementById(decodeURIComponent(hash.slice(1)));
  goal?.scrollIntoView({ block: "center" });
  focusBox(goal?.closest("[data-place]"));
}

document.querySelector("[data-wrongs]")?.focus();
const place = document.getElementById("form-data");
if (place) {
  const data = JSON.parse(place.textContent);
  projection(data, data.state.language).then((json) => new Form(data, json).start());
}
