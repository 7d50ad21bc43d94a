/**
 * A draft that is played. What was answered so far, the run, lies in the memory of the editor's page, which outlives each
 * drawing of the preview: a preview that is drawn anew asks for it and plays it again on the draft as it is now. Commands are
 * followed by the ids of blocks, so that a renamed question keeps its answer.
 */
import { fetchTypes, load, start } from "../engine/index.mjs";
import { boxAt, boxes, put } from "./fields.mjs";
import { cookie } from "./saving.mjs";

const PATIENCE = 400; // milliseconds until a preview takes it that nobody keeps a run for it
const MARK = "scriptorium-preview";
const host = window.parent === window ? window.opener : window.parent;

export async function rehearse(screen) {
  const rehearsal = new Rehearsal(screen);
  await rehearsal.begin();
  return rehearsal;
}

class Rehearsal {
  constructor(screen) {
    this.screen = screen;
    this.words = screen.data.words;
    this.bar = document.querySelector("[data-rehearsal]");
    this.note = document.querySelector("[data-rehearsal-note]");
    this.dialog = document.getElementById("keep-test");
    this.run = { commands: [], names: {}, today: screen.data.today, language: screen.sheet.language };
    this.unfit = [];
  }

  async begin() {
    this.#record();
    this.#listen();
    const kept = await asked();
    this.bar.hidden = false;
    if (kept) await this.#take(kept);
    this.begun = true;
    document.documentElement.dataset.rehearsal = "ready";
  }

  // Commands ---------------------------------------------------------------

  #record() {
    const { sheet } = this.screen;
    this.play = sheet.do.bind(sheet);
    sheet.do = (command) => {
      const done = this.play(command);
      if (!done.refused) this.#keep(command);
      return done;
    };
  }

  /** Typing gives a command for each letter: only the last one at a place counts. */
  #keep(command) {
    if (this.run.shows && !this.standing) this.#leave();
    const last = this.run.commands.at(-1);
    if (last && last.command === command.command && replaces(command) && last.place === command.place) this.run.commands.pop();
    if (command.command === "set_language") this.run.language = command.language;
    else this.run.commands.push(command);
    this.#tell();
  }

  #tell() {
    this.run.names = { ...this.run.names, ...namesIn(this.screen.sheet.json) };
    host?.postMessage({ [MARK]: "run", run: this.run }, location.origin);
  }

  /** A run that was kept: its names are those of the draft in which it was played. */
  async #take(run) {
    const now = namesIn(this.screen.sheet.json);
    const nameOf = new Map(Object.entries(now).map(([name, id]) => [id, name]));
    const follow = (name) => nameOf.get(run.names[name]) ?? name;
    this.run = { ...run, commands: run.commands.map((command) => followed(command, follow)), names: { ...run.names, ...now } };
    await this.#again();
    if (this.run.shows) this.#stand();
  }

  /** A run that shows something, a finding of the check for one: until somebody goes on, it stands there and says what is seen. */
  #stand() {
    const { ids, words } = this.run.shows;
    this.standing = true;
    this.#show(ids);
    this.standing = false;
    this.#say(words);
  }

  #leave() {
    delete this.run.shows;
    this.#say();
  }

  /** All from the start; what does not fit is passed over, and stays for when it fits again. */
  async #again() {
    const { screen, run } = this;
    const { sheet, data } = screen;
    const language = data.definitions[run.language] ? run.language : sheet.language;
    const json = data.definitions[language];
    await fetchTypes(json.sections.flatMap((section) => section.items));
    data.today = sheet.today = run.today;
    screen.idle.forEach((timer) => clearTimeout(timer));
    screen.idle.clear();
    screen.held.clear();
    sheet.use(json, start(load(json), language));
    this.unfit = run.commands.filter((command) => this.play(command).refused);
    this.#redraw();
  }

  #redraw() {
    const { screen } = this;
    const { sheet, patch } = screen;
    patch.notes.clear();
    patch.texts();
    screen.entries.patch();
    for (const box of boxes()) put(box, sheet.state.answers[box.dataset.place] ?? screen.suggested(box.dataset.place));
    screen.lay(sheet.shown);
    screen.readBack();
    patch.all();
    this.bar.querySelector("[data-today]").value = this.run.today;
    this.#say();
  }

  /** What is to be said of the run as a whole. */
  #say(first = "") {
    const { state } = this.screen.sheet;
    const told = [first];
    const answers = this.unfit.filter(({ command }) => command === "answer").length;
    if (answers) told.push(this.#word(answers === 1 ? "unfit_one" : "unfit", { n: answers }));
    if (state.closed) told.push(this.#word("ended", { outcome: this.#outcome(state.outcome) }));
    const text = told.filter(Boolean).join(" ");
    if (this.note.textContent !== text) this.note.textContent = text;
  }

  #outcome(name) {
    const { sheet } = this.screen;
    const outcome = sheet.json.outcomes.find((each) => each.name === name);
    return outcome ? sheet.text(`${outcome.id}/label`) : name;
  }

  #word(key, holes = {}) {
    return Object.entries(holes).reduce((text, [hole, value]) => text.replace(`%(${hole})s`, value), this.words[key]);
  }

  /** An outcome was chosen in the dialog of ends. */
  end(form) {
    const outcome = new FormData(form).get("outcome");
    if (!outcome) return;
    form.closest("dialog")?.close();
    if (this.screen.act({ command: "finish", outcome })) this.#say();
  }

  async undo() {
    this.screen.finishTyping();
    this.run.commands.pop();
    delete this.run.shows;
    await this.#again();
    this.#tell();
    this.#say(this.words.taken_back);
  }

  async restart() {
    this.run.commands = [];
    delete this.run.shows;
    await this.#again();
    this.#tell();
    this.#say(this.words.begun);
  }

  async asIf(today) {
    if (!/^[1-9]\d{3}-\d\d-\d\d$/.test(today)) return;
    this.screen.finishTyping();
    this.run.today = today;
    delete this.run.shows;
    await this.#again();
    this.#tell();
  }

  // Between the preview and the editor ---------------------------------------

  #listen() {
    const on = (mark, deed) => this.bar.querySelector(`[data-${mark}]`)?.addEventListener("click", deed);
    on("undo", () => this.undo());
    on("restart", () => this.restart());
    on("keep", () => this.ask());
    on("edit-block", () => this.#open(this.#here(), true));
    this.bar.querySelector("[data-today]").addEventListener("change", (event) => this.asIf(event.target.value));
    this.dialog.querySelector("[data-keep-now]").addEventListener("click", () => this.keep());
    this.dialog.querySelector("input").addEventListener("keydown", (event) => event.key === "Enter" && this.#entered(event));
    document.addEventListener("focusin", (event) => (this.last = boxAt(event.target) ?? this.last));
    document.addEventListener("click", (event) => this.#clicked(event));
    window.addEventListener("message", (event) => this.#heard(event));
  }

  #entered(event) {
    event.preventDefault();
    this.keep();
  }

  #clicked(event) {
    const link = event.target.closest("[data-block]");
    if (link && host) {
      event.preventDefault();
      this.#open(link.dataset.block, true);
    } else if (!event.target.closest("a, button, input, select, textarea, summary, .choice, dialog")) {
      const id = this.#blockAt(event.target);
      if (id) this.#open(id, false);
    }
  }

  #blockAt(node) {
    const item = node.closest("[data-item]");
    if (item) return item.dataset.item;
    const box = boxAt(node);
    if (box) return this.screen.sheet.question(box.dataset.place)?.id ?? "";
    const head = node.closest(".section-head")?.closest("[data-section]");
    return head ? this.screen.sheet.sections.get(head.dataset.section).id : "";
  }

  /** The block of the question that had the focus last, else of the section. */
  #here() {
    const { sheet } = this.screen;
    const box = this.last?.isConnected && !this.last.closest("[hidden]") ? this.last : null;
    return box ? sheet.question(box.dataset.place).id : sheet.sections.get(sheet.shown).id;
  }

  #open(id, focus) {
    if (host) host.postMessage({ [MARK]: "open", id, focus }, location.origin);
    else if (focus && this.screen.data.block) location.href = this.screen.data.block.replace("__block__", id);
    else if (focus) this.#say(this.words.no_host);
  }

  #heard(event) {
    if (event.origin !== location.origin || event.source !== host) return;
    if (event.data?.[MARK] === "show") this.#show(event.data.ids);
    else if (event.data?.[MARK] === "kept" && this.begun && event.data.run) this.#take(event.data.run); // played elsewhere
  }

  /** The editor is at a block: its section is opened, if it is on the path, and it comes into sight. */
  #show(ids) {
    const node = ids.map((id) => this.#nodeOf(id)).find(Boolean);
    const form = node?.closest("form.section");
    if (!form) return;
    const section = form.dataset.section;
    const refused = section !== this.screen.sheet.shown && this.screen.sheet.do({ command: "open_section", section }).refused;
    if (refused || node.closest("[data-place][hidden], [data-item][hidden]")) return this.#say(this.words.not_asked);
    this.screen.lay(section);
    this.screen.patch.all();
    this.#say();
    for (const old of document.querySelectorAll(".rehearsal-at")) old.classList.remove("rehearsal-at");
    node.classList.add("rehearsal-at");
    node.scrollIntoView({ block: "center" });
  }

  #nodeOf(id) {
    const { sheet } = this.screen;
    const item = document.querySelector(`[data-item="${CSS.escape(id)}"]`);
    if (item) return item;
    for (const box of boxes()) if (sheet.question(box.dataset.place)?.id === id) return box;
    for (const section of sheet.sections.values()) if (section.id === id) return document.getElementById(`t:${section.name}`);
    return null;
  }

  // Keeping a run as a test --------------------------------------------------

  ask() {
    this.screen.finishTyping();
    const { questions } = this.screen.sheet.view;
    const answered = new Set(Object.entries(questions).filter(([, seen]) => seen.relevant && seen.value !== null).map(([place]) => place.split("/").pop()));
    for (const box of this.dialog.querySelectorAll("[data-value]")) box.closest("label").hidden = !answered.has(box.dataset.value);
    this.dialog.querySelector("[data-keep-note]").textContent = "";
    this.dialog.showModal();
    this.dialog.querySelector("input").focus();
  }

  async keep() {
    const field = this.dialog.querySelector("input");
    if (!field.value.trim()) {
      this.dialog.querySelector("[data-keep-note]").textContent = this.words.name_it;
      field.focus();
      return;
    }
    const told = await this.#sent(field.value.trim());
    if (!told.kept) {
      this.dialog.querySelector("[data-keep-note]").textContent = told.message ?? this.words.not_kept;
      return;
    }
    this.dialog.close();
    this.#say(this.#word("kept", { name: field.value.trim() }));
    field.value = "";
  }

  async #sent(name) {
    const { data, sheet } = this.screen;
    const ticked = (mark) => [...this.dialog.querySelectorAll(`label:not([hidden]) [data-${mark}]:checked`)].map((box) => box.dataset[mark]);
    const body = {
      name,
      today: this.run.today,
      language: sheet.language,
      commands: this.run.commands.filter((command) => !this.unfit.includes(command)),
      names: namesIn(sheet.json),
      state: sheet.state,
      view: sheet.view,
      expect: ticked("expect"),
      values: ticked("value"),
    };
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": cookie(data.csrf_cookie) };
    try {
      const response = await fetch(data.keep, { method: "POST", headers, body: JSON.stringify(body), credentials: "same-origin", redirect: "error" });
      return await response.json();
    } catch {
      return {};
    }
  }
}

/** What was last said at a place, or which section was opened last, is all that counts. */
function replaces({ command }) {
  return command === "answer" || command === "open_section";
}

/** The run that the editor's page keeps; null when nobody answers. */
function asked() {
  if (!host) return Promise.resolve(null);
  return new Promise((done) => {
    const heard = (event) => {
      if (event.origin !== location.origin || event.source !== host || event.data?.[MARK] !== "kept") return;
      window.removeEventListener("message", heard);
      done(event.data.run);
    };
    window.addEventListener("message", heard);
    host.postMessage({ [MARK]: "hello" }, location.origin);
    setTimeout(() => done(null), PATIENCE);
  });
}

/** The id of each block that has a name. */
function namesIn(json) {
  const named = [...json.sections, ...json.sections.flatMap((section) => section.items), ...json.outcomes].filter((node) => node.name);
  return Object.fromEntries(named.map((node) => [node.name, node.id]));
}

/** A command with the names of now. In a place names and entries take turns. */
function followed(command, follow) {
  const place = (text) => text.split("/").map((part, at) => (at % 2 ? part : follow(part))).join("/");
  const made = { ...command };
  if (made.place !== undefined) made.place = place(made.place);
  if (made.repeat !== undefined) made.repeat = place(made.repeat);
  if (made.section !== undefined) made.section = follow(made.section);
  if (made.outcome !== undefined) made.outcome = follow(made.outcome);
  return made;
}
