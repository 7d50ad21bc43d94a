// A definition compiled: cells with slots and closures, in an order in which each comes after what it reads.

import { decimal } from "./decimals.mjs";
import { FIRST_SLOT, closure, typed } from "./evaluate.mjs";
import { matches } from "./patterns.mjs";
import { filler, hasHoles, shower } from "./showing.mjs";
import { typeOf } from "./types.mjs";

// What a cell needs first, as keys "value name", "section name", "score"; read from expressions.
function reads(expression, found) {
  if (!expression) return found;
  const [kind, ...args] = expression;
  if (kind === "answer") found.push("value " + args[0]);
  else if (kind === "each") found.push("value " + args[1], "section " + args[0]);
  else if (kind === "entries") found.push("section " + args[0]);
  else if (kind === "score") found.push("score");
  else if (kind !== "value") for (const arg of args) reads(arg, found);
  return found;
}

function order(needs) {
  const done = [];
  const seen = new Set();
  for (const start of needs.keys()) {
    const path = seen.has(start) ? [] : [[start, 0]];
    seen.add(start);
    while (path.length) {
      const top = path[path.length - 1];
      const following = needs.get(top[0])[top[1]];
      top[1] += 1;
      if (following === undefined) {
        done.push(top[0]);
        path.pop();
      } else if (needs.has(following) && !seen.has(following)) {
        seen.add(following);
        path.push([following, 0]);
      }
    }
  }
  return done;
}

class Compiler {
  constructor(definition) {
    this.definition = definition;
    this.source = definition.languages[0];
    this.sections = new Map();
    this.values = new Map();
    this.size = FIRST_SLOT;
  }

  program() {
    this.definition.sections.forEach((section, at) => this.place(section, at));
    for (const cell of this.sections.values()) this.complete(cell);
    const outcomes = this.definition.outcomes.map((outcome) => this.outcome(outcome));
    const scored = [...this.values.values()].filter((cell) => cell.right !== null && cell.section.entries === null);
    return {
      languages: this.definition.languages,
      sections: this.sections,
      values: this.values,
      outcomes,
      scored,
      steps: this.steps(),
      size: this.size,
    };
  }

  place(section, at) {
    if (this.sections.has(section.name)) return;
    const cell = { section, at, entries: null, size: 0, opening: [], cells: [] };
    this.sections.set(section.name, cell);
    if (section.repeat) {
      cell.entries = this.size;
      this.size += 1;
    }
    for (const item of section.items) {
      if (!Object.hasOwn(item, "name")) this.placeText(item, cell);
      else if (!this.values.has(item.name)) this.placeValue(item, cell);
    }
  }

  // What is said before a repeat's first question is said once, before its entries.
  placeText(item, section) {
    const opens = section.section.repeat && section.cells.length === 0;
    (opens ? section.opening : section.cells).push({ kind: "text", item, section });
  }

  placeValue(item, section) {
    const slot = section.entries === null ? this.size : section.size;
    if (section.entries === null) this.size += 1;
    else section.size += 1;
    const asked = item.kind === "question";
    const answerType = asked ? typeOf(item.type).answerType : item.type;
    const cell = { kind: item.kind, item, section, slot, answerType, right: null };
    if (asked && item.right !== null) cell.right = typed(answerType, item.right);
    if (asked) cell.points = decimal(item.points);
    section.cells.push(cell);
    this.values.set(item.name, cell);
  }

  // Where names live, as seen from one section's entries, or from the root.
  slots(section) {
    const repeat = section?.entries === null ? null : section;
    const slotOf = (name, home) => {
      const cell = this.values.get(name);
      return cell && home(cell.section) ? cell.slot : null;
    };
    return {
      root: (name) => slotOf(name, (home) => home.entries === null),
      own: (name) => slotOf(name, (home) => Boolean(repeat) && home === repeat),
      each: (name, inner) => slotOf(inner, (home) => home === this.sections.get(name)),
      entries: (name) => this.sections.get(name)?.entries ?? null,
    };
  }

  complete(cell) {
    const { section } = cell;
    const outside = this.slots(null);
    const inside = this.slots(cell);
    cell.relevance = this.closure(section.relevance, outside);
    cell.texts = this.texts(outside, ["", section.id, section.title]);
    cell.entryTexts = section.repeat ? this.texts(inside, ["", section.id, section.repeat.entry_label]) : [];
    for (const said of cell.opening) this.said(said, outside);
    for (const inner of cell.cells) {
      const { item } = inner;
      if (inner.kind === "text") {
        this.said(inner, inside);
      } else if (inner.kind === "calculation") {
        inner.value = closure(item.expression, inside);
        inner.texts = this.texts(inside, ["", item.id, item.label]);
      } else {
        this.question(inner, inside);
      }
    }
  }

  said(cell, slots) {
    cell.relevance = this.closure(cell.item.relevance, slots);
    cell.texts = this.texts(slots, ["", cell.item.id, cell.item.text]);
  }

  question(cell, slots) {
    const { item } = cell;
    cell.relevance = this.closure(item.relevance, slots);
    cell.checks = this.checks(item, slots);
    cell.texts = this.texts(
      slots,
      ["", item.id, item.label],
      [".hint", item.id, item.hint],
      [".explanation", item.id, item.explanation],
    );
  }

  checks(question, slots) {
    const { minimum = null, maximum = null, pattern = "" } = question.settings;
    const found = [];
    if (minimum !== null) found.push({ code: "range", broken: beyond(minimum, slots, (a, b) => a < b) });
    if (maximum !== null) found.push({ code: "range", broken: beyond(maximum, slots, (a, b) => a > b) });
    if (pattern) found.push({ code: "constraint", broken: (root, entry, value) => !matches(value, pattern) });
    for (const constraint of question.constraints) {
      const test = closure(constraint.test, slots);
      const written = Object.keys(constraint.message ?? {}).length > 0;
      found.push({
        code: "constraint",
        broken: (root, entry) => test(root, entry) === false,
        message: written ? this.text(constraint.message, slots) : null,
      });
    }
    return found;
  }

  outcome(outcome) {
    const slots = this.slots(null);
    return {
      outcome,
      relevance: this.closure(outcome.relevance, slots),
      texts: this.texts(slots, ["", outcome.id, outcome.label]),
    };
  }

  closure(expression, slots) {
    return expression ? closure(expression, slots) : null;
  }

  texts(slots, ...rows) {
    return rows
      .filter(([, , text]) => hasHoles(text))
      .map(([suffix, id, text]) => [id + suffix, this.text(text, slots)]);
  }

  text(text, slots) {
    return filler(text, this.source, (name) => {
      const cell = this.values.get(name);
      if (!cell) return { value: () => null };
      const choices = cell.kind === "question" ? cell.item.settings.choices : undefined;
      return { value: closure(["answer", name], slots), show: shower(cell.answerType, choices, this.source) };
    });
  }

  steps() {
    const needs = new Map();
    for (const [name, cell] of this.sections) needs.set("section " + name, reads(cell.section.relevance, []));
    for (const [name, cell] of this.values) {
      const own = cell.kind === "question" ? ["section " + cell.section.section.name] : [];
      needs.set("value " + name, reads(cell.kind === "question" ? cell.item.relevance : cell.item.expression, own));
    }
    const right = [...this.values].filter(([, cell]) => cell.right !== null);
    needs.set("score", right.map(([name]) => "value " + name));
    return order(needs).map((key) => {
      const [kind, name] = key.split(" ");
      if (kind === "score") return { kind };
      return kind === "section" ? { kind, cell: this.sections.get(name) } : { kind, cell: this.values.get(name) };
    });
  }
}

function beyond(bound, slots, worse) {
  if (typeof bound === "string") {
    const number = decimal(bound);
    return (root, entry, value) => worse(value, number);
  }
  const boundOf = closure(bound, slots);
  return (root, entry, value) => {
    const date = boundOf(root, entry);
    return typeof date === "string" && worse(value, date);
  };
}

// The definition of canonical JSON (text or data), compiled once.
export function load(json) {
  const definition = typeof json === "string" ? JSON.parse(json) : json;
  return { ...definition, program: new Compiler(definition).program() };
}
