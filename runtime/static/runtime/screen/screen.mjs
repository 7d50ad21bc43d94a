/**
 * The agent's screen in the browser. Each input is read, given to the engine, and the page is patched at once; the
 * events go to the server behind it. Without this module the page works too, as one form for each section.
 */
import { Answering } from "./answers.mjs";
import { openCalendars } from "./calendar.mjs";
import { Call } from "./call.mjs";
import { boxAt, boxOf, boxes, put } from "./fields.mjs";
import { focusBox, focusFirst } from "./entries.mjs";
import { keepFocus } from "./focus.mjs";
import { learn } from "./key_table.mjs";
import { listen } from "./keys.mjs";
import { isCounted } from "./nesting.mjs";
import { Patch } from "./patch.mjs";
import { kits, projection } from "./projection.mjs";
import { NoSaving, Saving } from "./saving.mjs";
import { Sheet } from "./sheet.mjs";
import { Undo } from "./undo.mjs";
import { Wording } from "./wording.mjs";

const STOPPED = 10000; // by then the page that was asked for is here, or somebody stopped it

class Screen extends Answering {
  constructor(data, json) {
    super();
    this.data = data;
    this.wording = new Wording(data.wording);
    this.sheet = new Sheet({ json, state: data.state, today: data.today });
    this.patch = new Patch(this.sheet, this.wording);
    this.saving = data.mode === "preview" ? new NoSaving() : new Saving({ data, wording: this.wording, listeners: this.listeners() });
    this.root = document.querySelector(".screen");
    this.furnish(this.root);
    this.live = document.querySelector("[data-live]");
    this.said = []; // what is to be announced together
    this.undo = new Undo(this, data.steps);
    learn(data.keys);
  }

  start() {
    document.documentElement.dataset.screen = "ready";
    for (const node of document.querySelectorAll("[data-open-keys], [data-open-jump]")) node.hidden = false;
    this.call = new Call(document.querySelector(".screen-call"));
    this.root.addEventListener("input", (event) => this.typed(event));
    this.root.addEventListener("keydown", () => whenIdle(() => this.#jump()), { once: true }); // the line may go down later
    this.root.addEventListener("change", (event) => this.files?.chosen(event) || this.changed(boxAt(event.target)));
    this.root.addEventListener("submit", (event) => this.submitted(event));
    this.root.addEventListener("click", (event) => this.clicked(event));
    listen(document, {
      next: () => this.go("next"),
      back: () => this.go("back"),
      end: () => this.end(),
      keys: () => document.getElementById("keys").showModal(),
      jump: () => this.openJump(),
      add: () => this.addHere(),
      changed: (box) => this.changed(box),
      clear: (box) => this.clear(box.dataset.place),
      leave: (box) => this.changed(box),
      aside: () => this.aside(),
      undo: (field) => this.takeStep("back", field),
      redo: (field) => this.takeStep("forth", field),
      setAside: (box) => this.setAside(box),
      further: (box) => this.entries.further(box),
    });
    this.root.addEventListener("focusout", (event) => this.left(boxAt(event.target)));
    if (!this.sheet.state.visited.includes(this.sheet.shown)) this.act({ command: "open_section", section: this.sheet.shown });
    kits.list?.findByTyping(document, this.sheet);
    this.entries.patch();
    this.readBack();
    this.patch.all();
    this.early(this.lay(this.sheet.shown));
    this.#conflicts(this.data.conflicts);
    openCalendars(this.root, (field) => this.sheet.answer(boxAt(field).dataset.place).value ?? "");
    this.root.addEventListener("unmatched", ({ target, detail }) => this.told(target, this.wording.say("no_choice", { text: detail }), true));
    keepFocus(document.body, (what) => this.moved(what));
    intoSight(stepOf(this.sheet.shown));
    this.#ahead();
    if (document.getElementById("ends")?.open) this.end(); // the server drew it open
    document.querySelector(".screen-path")?.addEventListener("focusin", ({ target }) => intoSight(target));
  }

  /** Do a command: state, page, queue. False when the engine refused it. */
  act(command, seen) {
    this.release();
    const before = this.undo.now();
    const { events, refused } = this.sheet.do(command);
    if (refused) {
      this.announce(this.wording.problem(refused));
      return false;
    }
    this.undo.note(before, events, this.saving.push(events, seen));
    this.patch.changed();
    return true;
  }

  /** A step back or forth; the letters of a field that is not left yet are taken back by the browser. */
  takeStep(which, field) {
    if (this.undo.isBrowsers(field)) return false;
    if (this.data.mode !== "preview") this.undo[which]();
    else if (which === "back") this.rehearsal?.undo();
    return true;
  }

  /** What is said at the same moment is said together. */
  announce(text) {
    if (!text || this.said.includes(text)) return;
    this.live.textContent = "";
    if (this.said.push(text) > 1) return;
    requestAnimationFrame(() => (this.live.textContent = this.said.splice(0).join(" ")));
  }

  /** The focus stood where nothing is asked any more, and went on. */
  moved({ place, now }) {
    if (place && !this.sheet.answer(place).relevant) this.announce(this.wording.say("not_asked_now", { label: this.sheet.label(place) }));
    if (now) this.announce(this.wording.say("now_at", { label: this.sheet.label(now.dataset.place) }));
  }

  // Sections ---------------------------------------------------------------

  async go(where) {
    if (where === "next" && !this.sheet.view.next) return this.#onwards();
    const command = where === "next" || where === "back" ? { command: where } : { command: "open_section", section: where };
    if (!this.act(command)) return;
    this.show();
    setTimeout(() => this.settle()); // the new section is seen first
  }

  /** No section follows: what is missing here comes first, since a later section may hang on it. */
  #onwards() {
    this.settle();
    if (this.sheet.isLast) return this.end();
    const places = this.sheet.missingHere;
    for (const place of places) this.patch.missingAt(place);
    const labels = places.map((place) => this.sheet.label(place)).join(", ");
    this.announce(this.wording.say("not_ready", { labels }));
    focusBox(boxOf(places[0]));
  }

  /** To the side section (the first of several is focused), and back from it. False when there is none. */
  aside() {
    const open = [...document.querySelectorAll("[data-side]:not([hidden]) [data-open]")];
    if (open.length === 0) return false;
    if (this.sheet.isAside) this.go("next");
    else if (open.length === 1) this.go(open[0].dataset.open);
    else open[0].focus();
    return true;
  }

  /** The forms and buttons of a section; what it says of itself comes with `show`. */
  lay(name) {
    const form = document.getElementById(`s:${name}`) ?? this.#unpacked(name);
    for (const each of document.querySelectorAll("form.section")) each.hidden = each !== form;
    for (const button of document.querySelectorAll("[data-go=back], [data-go=next], [data-open]")) button.setAttribute("form", form.id);
    return form;
  }

  /** A section that lies packed in the page until it is first shown, brought to what was answered and spoken since. */
  #unpacked(name) {
    const packed = document.querySelector(`script[data-packed="${CSS.escape(name)}"]`);
    packed.insertAdjacentHTML("beforebegin", packed.textContent);
    const form = packed.previousElementSibling;
    packed.remove();
    if (this.sheet.language !== this.data.state.language) this.patch.texts(form);
    for (const box of boxes(form)) this.#broughtUp(box);
    this.patch.part(form);
    this.readBack(form);
    return form;
  }

  /** The section that follows is made ready while nobody waits for it. */
  #ahead() {
    whenIdle(() => {
      const { next } = this.sheet.view;
      if (!next || document.getElementById(`s:${next}`)) return;
      this.#unpacked(next);
      this.entries.patch();
    });
  }

  #broughtUp(box) {
    const { place } = box.dataset;
    const [drawn, now] = [this.data.state, this.sheet.state].map(({ answers }) => answers[place] ?? null);
    if (JSON.stringify(drawn) !== JSON.stringify(now)) put(box, now);
  }

  show() {
    const name = this.sheet.shown;
    const form = this.lay(name);
    this.patch.questions(form);
    this.patch.around();
    this.entries.patch();
    intoSight(stepOf(name));
    scrollTo({ top: 0 });
    focusFirst(form);
    if (!form.contains(document.activeElement)) form.querySelector("h1").focus();
    this.announce(this.#arrival(name));
    this.#ahead();
  }

  #arrival(name) {
    return this.wording.say("section_shown", { title: this.sheet.text(`${this.sheet.sections.get(name).id}/title`) });
  }

  /** At the end of a section the server reads the record as a whole and tells what it sees. */
  async settle() {
    const settled = await this.saving.settle();
    if (settled) this.#conflicts(settled.conflicts);
  }

  /** Few records have one. What cannot be shown, the line being down, is told again by the next settling. */
  async #conflicts(found = []) {
    const told = document.querySelector("[data-conflicts]:not([hidden]), [data-conflicts-told]");
    if (found.length === 0 && !told) return;
    const shown = await import("./conflicts.mjs").catch(() => null);
    shown?.showConflicts(this, found);
  }

  goTo(place) {
    const section = this.sheet.sectionOf(place);
    document.querySelector("dialog[open]")?.close();
    if (section.name !== this.sheet.shown && !this.act({ command: "open_section", section: section.name })) return;
    this.entries.unfold(place);
    this.show();
    focusBox(boxOf(place));
  }

  goToSection(name) {
    if (name !== this.sheet.shown) this.go(name);
    else this.show();
  }

  dial(link) {
    this.saving.dial(link.dataset.dial ?? "");
    this.call.dialled();
  }

  /** Fetched once the talk has begun, or when it is asked for. Null while it cannot be. */
  #jump() {
    return (this.jump ??= import("./jump.mjs").then(({ Jump }) => new Jump(this), () => (this.jump = null)));
  }

  /** The dialog is there at once, and gives the focus back to where it was. */
  async openJump() {
    const dialog = document.getElementById("jump");
    dialog.showModal();
    const jump = await this.#jump();
    if (jump) return jump.begin();
    dialog.close();
    this.announce(this.wording.say("offline"));
  }

  addHere() {
    const section = this.sheet.sections.get(this.sheet.shown);
    const may = Boolean(section.repeat) && !isCounted(section);
    if (may) this.entries.add(section.name);
    return may;
  }

  // Ends -------------------------------------------------------------------

  end() {
    const open = document.activeElement?.closest?.("[data-place]");
    if (open) this.changed(open);
    this.patch.missing();
    const dialog = document.getElementById("ends");
    dialog.removeAttribute("open");
    dialog.showModal();
    this.saving.queue.flush();
  }

  /** A form that leaves the page goes only when all answers are with the server. */
  async leave(form, submitter) {
    if (this.going) return;
    this.going = true;
    const may = !(this.files?.pending > 0) && (await this.saving.queue.flush());
    await new Promise((done) => setTimeout(done)); // a form cannot be sent from within its own submit event
    this.saving.leaving = may;
    if (may) form.requestSubmit(submitter);
    else this.announceUnsaved(form);
    setTimeout(() => (this.going = this.saving.leaving = false), may ? STOPPED : 0);
  }

  announceUnsaved(form) {
    const text = this.wording.say("finish_unsaved");
    const dialog = form.closest("dialog");
    const line = dialog?.querySelector("[data-dialog-note]");
    if (line) line.textContent = text;
    else this.announce(text);
  }

  // Events of the page -----------------------------------------------------

  submitted(event) {
    const value = event.submitter?.value ?? "";
    if (event.target.method === "dialog" || this.saving.leaving) return;
    event.preventDefault();
    if (event.submitter?.dataset.language) this.speak(event.submitter.dataset.language);
    else if (event.target.matches("form.section")) this.deed(value);
    else if (this.data.mode === "preview") this.rehearsal?.end(event.target);
    else this.leave(event.target, event.submitter);
  }

  deed(value) {
    const [what, rest] = [value.split(":")[0], value.slice(value.indexOf(":") + 1)];
    if (what === "add") this.entries.add(rest);
    else if (what === "clear") this.takeBack(rest);
    else if (what === "remove") this.entries.remove(rest.slice(0, rest.lastIndexOf("/")), rest.split("/").pop());
    else this.go(what || "next");
  }

  takeBack(place) {
    this.clear(place);
    focusBox(boxOf(place));
  }

  clicked(event) {
    const link = event.target.closest("a, button");
    if (!link) return;
    if (link.dataset.dial !== undefined) return this.dial(link); // and the link does what it does
    const deed = CLICKS.find(([mark]) => link.matches(mark));
    if (!deed) return;
    event.preventDefault();
    deed[1](this, link);
  }

  /** Another language of the script: its texts are fetched and put in place, nothing is asked anew. */
  async speak(language) {
    if (language === this.sheet.language) return;
    try {
      const json = await projection(this.data, language);
      if (!this.act({ command: "set_language", language })) return;
      this.sheet.use(json);
    } catch {
      return this.announce(this.wording.say("language_failed"));
    }
    this.patch.texts();
    this.patch.all();
    this.entries.patch();
  }

}

const CLICKS = [
  ["[data-step] a, [data-open]", (screen, link) => screen.go(link.closest("[data-step]").dataset.step)],
  ["[data-goto]", (screen, link) => screen.goTo(link.dataset.goto)],
  ["[data-go=end]", (screen) => screen.end()],
  ["[data-copy]", (screen, button) => screen.call.copy(button).then((done) => done && screen.announce(screen.wording.say("copied")))],
  ["[data-close]", (_, link) => link.closest("dialog").close()],
  ["[data-open-jump]", (screen) => screen.openJump()],
  ["[data-open-keys]", () => document.getElementById("keys").showModal()],
  ["[data-confirm]", (screen, button) => screen.confirm(button.dataset.confirm)],
  ["[data-override]", (screen, button) => screen.setAside(boxOf(button.dataset.override))],
  ["[data-edit]", (screen, link) => screen.entries.edit(repeatAt(link), link.dataset.edit)],
  ["[data-remove]", (screen, link) => screen.entries.remove(repeatAt(link), link.dataset.remove)],
];

const whenIdle = globalThis.requestIdleCallback ?? ((deed) => setTimeout(deed, 200));

const stepOf = (name) => document.querySelector(`[data-step="${CSS.escape(name)}"]`);

/** On a narrow screen the path scrolls sideways. */
const intoSight = (step) => step?.scrollIntoView({ block: "nearest", inline: "nearest" });

function repeatAt(link) {
  return link.closest("[data-table]").dataset.table;
}

const place = document.getElementById("screen-data");
if (place) {
  const data = JSON.parse(place.textContent);
  projection(data, data.state.language).then(async (json) => {
    const screen = new Screen(data, json);
    screen.start();
    if (data.mode === "preview") screen.rehearsal = await (await import("./rehearsal.mjs")).rehearse(screen);
  });
}
