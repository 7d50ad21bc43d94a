/** Brings the page into line with the view: what is asked, what is wrong, the path, the texts, the ends. */
import { boxes, boxOf, controlsOf } from "./fields.mjs";
import { formatValue } from "./format.mjs";
import { kits } from "./projection.mjs";
import { Marks } from "./marks.mjs";
import { keysAround } from "./nesting.mjs";

export class Patch {
  constructor(sheet, wording) {
    Object.assign(this, { sheet, wording });
    this.notes = new Map(); // place -> {text, value?, bad}: what the reading of a typed answer has to say
    this.marks = new Marks(sheet, wording, this.notes);
  }

  /** What changed in the view since it was drawn last. */
  changed() {
    const { questions, items, texts, sections, outcomes, whole } = this.sheet.drawn();
    for (const place of questions) {
      const box = boxOf(place);
      if (box) this.question(box);
      this.fact(place);
    }
    for (const key of items) for (const node of this.found.items.get(key) ?? []) this.item(node, key);
    for (const key of texts) for (const node of this.found.texts.get(key) ?? []) this.text(node);
    const entered = [...questions].some((place) => place.includes("/"));
    if (sections.size || whole.size || entered) this.around();
    if (outcomes.size || whole.has("missing") || whole.has("problems")) this.ends();
  }

  /** All that is on the page. */
  all() {
    this.sheet.drawn();
    this.questions(document);
    for (const [key, nodes] of this.found.items) for (const node of nodes) this.item(node, key);
    for (const nodes of this.found.texts.values()) for (const node of nodes) this.text(node);
    for (const name of this.found.facts.keys()) this.fact(name);
    this.around();
    this.ends();
  }

  /** The questions and texts of a part that was just put on the page. */
  part(node) {
    this.forget();
    kits.list?.findByTyping(node, this.sheet);
    this.questions(node);
    for (const text of node.querySelectorAll("[data-text]")) this.text(text);
    for (const item of node.querySelectorAll("[data-item]")) this.item(item, keysAround(item) + item.dataset.item);
  }

  /** The nodes of what may change, by the names that the view has for it: made when first asked for. */
  get found() {
    this.nodes ??= nodesOf(this.sheet);
    return this.nodes;
  }

  /** Nodes came or went. */
  forget() {
    this.nodes = null;
  }

  questions(root) {
    for (const box of boxes(root)) this.question(box);
  }

  around() {
    this.path();
    this.bar();
  }

  question(box) {
    const place = box.dataset.place;
    const seen = this.sheet.answer(place);
    box.hidden = !seen.relevant;
    const clear = box.querySelector(".choice-clear");
    if (clear) clear.hidden = (this.sheet.state.answers[place] ?? null) === null;
    const reading = box.dataset.follows === undefined ? null : this.marks.follow(box, place, seen);
    this.note(box, place, seen, reading);
  }

  note(box, place, seen, suggested = null) {
    const line = box.querySelector(".note");
    const problems = this.problems(place, seen);
    const reading = this.notes.get(place) ?? suggested;
    const bad = problems.length > 0 || Boolean(reading?.bad);
    const text = problems[0] ?? reading?.text ?? "";
    if (line.textContent !== text) say(line, text, problems[0] ? null : reading?.value);
    line.classList.toggle("bad", bad);
    for (const control of controlsOf(box)) {
      if (bad) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
  }

  /** A required answer is asked for now, before the section is left. */
  missingAt(place) {
    this.notes.set(place, { text: this.wording.problem({ code: "required" }), bad: true });
    const box = boxOf(place);
    if (box) this.question(box);
  }

  problems(place, seen) {
    const section = this.sheet.sectionOf(place)?.name;
    const left = this.sheet.state.visited.includes(section) && section !== this.sheet.shown;
    const worth = (problem) => !problem.warning && (problem.code !== "required" || left); // warnings have a place of their own
    return seen.problems.filter(worth).map((problem) => this.wording.problem(problem));
  }

  item(node, key) {
    node.hidden = this.sheet.view.items[key] === false;
  }

  path() {
    const path = new Set(this.sheet.view.path);
    for (const step of document.querySelectorAll("[data-step]")) {
      const name = step.dataset.step;
      step.hidden = step.dataset.side === undefined ? !path.has(name) : !this.sheet.view.sections[name].relevant;
      step.className = this.stepClass(name);
      put(step.querySelector("em"), this.stepNote(name));
      const link = step.querySelector("a, button");
      if (name === this.sheet.shown) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    }
  }

  stepClass(name) {
    const seen = this.sheet.view.sections[name];
    if (name === this.sheet.shown) return "now";
    if (seen.problems > 0) return "warn";
    return this.sheet.state.visited.includes(name) && seen.missing === 0 ? "done" : "";
  }

  stepNote(name) {
    const seen = this.sheet.view.sections[name];
    const left = this.sheet.state.visited.includes(name) && name !== this.sheet.shown;
    if (left && seen.missing > 0) return this.wording.say("missing_count", { n: seen.missing });
    const entries = this.sheet.entries(this.sheet.sections.get(name)).length;
    return entries > 0 ? this.wording.say("entry_count", { n: entries }) : "";
  }

  fact(name) {
    for (const node of this.found.facts.get(name) ?? []) {
      put(node, formatValue(this.sheet.answer(name).value, this.sheet.question(name), this.sheet, this.wording, name));
    }
  }

  /** Every text: the language changed. */
  texts(root = document) {
    for (const node of root.querySelectorAll("[data-text]")) this.text(node);
    for (const select of root.querySelectorAll("select[data-choices]")) this.options(select);
    for (const button of document.querySelectorAll("[data-language]")) {
      button.setAttribute("aria-pressed", String(button.dataset.language === this.sheet.language));
    }
  }

  options(select) {
    for (const option of select.options) {
      if (option.value) option.textContent = this.sheet.worded(`${select.dataset.choices}/${option.value}`);
    }
    kits.list?.sayPicked(select.closest("[data-place]"));
  }

  text(node) {
    const text = this.sheet.text(node.dataset.text, keysAround(node));
    if (text) put(node, text);
    if (node.lang) this.tongue(node);
  }

  /** Which language it is read in; one that stands in for another is shown. */
  tongue(node) {
    const instead = this.sheet.instead(node.dataset.text);
    node.lang = instead || this.sheet.language;
    if (instead) node.dataset.instead = instead.toUpperCase();
    else delete node.dataset.instead;
  }

  ends() {
    for (const node of document.querySelectorAll("[data-outcome]")) {
      const seen = this.sheet.view.outcomes[node.dataset.outcome];
      node.hidden = !seen?.relevant;
      node.querySelector("button").disabled = !seen?.ready;
      const why = node.querySelector("[data-not-ready]");
      if (why) why.hidden = Boolean(seen?.ready);
    }
    const none = document.querySelector("[data-none]");
    const fits = Object.values(this.sheet.view.outcomes).some((seen) => seen.relevant);
    if (none) none.hidden = fits || document.querySelector("[data-finish]") !== null;
    if (document.getElementById("ends").open) this.missing();
  }

  /** What is missing or wrong, for whoever would end. */
  missing() {
    const list = document.querySelector("[data-missing-list]");
    if (!list) return;
    const places = this.sheet.steps.flatMap((section) => [...this.sheet.places(section)]).filter((place) => {
      const seen = this.sheet.answer(place);
      return seen.relevant && (seen.missing || seen.problems.some((problem) => problem.overridden === undefined));
    });
    list.replaceChildren(...places.map((place) => this.missingLink(place)));
    list.closest("[data-missing]").hidden = places.length === 0;
  }

  missingLink(place) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `#q:${place}`;
    link.dataset.goto = place;
    link.textContent = this.sheet.label(place);
    item.append(link);
    return item;
  }

  bar() {
    const back = document.querySelector("[data-go=back]");
    const onwards = document.querySelector("[data-go=next]");
    back.disabled = !this.sheet.view.previous;
    const way = this.sheet.isAside ? "return" : this.sheet.isLast ? "last" : "next";
    put(onwards.firstChild, `${this.wording.say(way)} `);
  }
}

/** Items and piped texts by their keys in the view, facts by the names of their questions. */
function nodesOf(sheet) {
  const found = { items: new Map(), texts: new Map(), facts: new Map() };
  const keep = (map, key, node) => (map.has(key) ? map.get(key).push(node) : map.set(key, [node]));
  for (const node of document.querySelectorAll("[data-item], [data-text], [data-fact]")) {
    const { item, text, fact } = node.dataset;
    if (item) keep(found.items, keysAround(node) + item, node);
    if (text && sheet.isPiped(text)) keep(found.texts, keysAround(node) + sheet.keyOf(text), node);
    if (fact) keep(found.facts, fact, node);
  }
  return found;
}

/** Text that stands there already is left alone: to write it anew costs a layout. */
function put(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** A sentence with its value set off, without ever reading it as HTML. */
function say(line, text, value) {
  if (!value || !text.includes(value)) {
    line.textContent = text;
    return;
  }
  const [before, after] = text.split(value, 2);
  const strong = document.createElement("b");
  strong.textContent = value;
  line.replaceChildren(before, strong, after ?? "");
}

