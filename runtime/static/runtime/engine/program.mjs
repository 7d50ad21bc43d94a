// A definition compiled: cells with slots and closures, in an order in which each comes after what it reads.

import {
  CalculationCell,
  EntriesCell,
  ItemCell,
  OutcomeCell,
  ProblemsCell,
  QuestionCell,
  ScoreCell,
  SectionCell,
  TextCell,
} from "./cells.mjs";
import { decimal } from "./decimals.mjs";
import { FIRST_SLOT, closure } from "./evaluate.mjs";
import { matches } from "./patterns.mjs";
import { filler, hasHoles, shower } from "./showing.mjs";
import { typeOf } from "./types.mjs";

// What an expression reads, as [key, whether of all entries at once]; keys: "value name", "section name", "entries name", "score".
function readings(expression, found = []) {
  if (!Array.isArray(expression)) return found;
  const [kind, ...args] = expression;
  if (kind === "answer" || kind === "part") found.push(["value " + args[0], false]);
  else if (kind === "each") found.push(["value " + args[1], true], ["entries " + args[0], false]);
  else if (kind === "entries") found.push(["entries " + args[0], false]);
  else if (kind === "score") found.push(["score", false]);
  else if (kind !== "value") for (const arg of args) readings(arg, found);
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
    this.sizes = [FIRST_SLOT];
    this.sources = new Map(); // key -> the cell that is read under it
    this.needs = new Map(); // key -> the keys it needs first
    this.reads = []; // [reader, [[key, whether of all entries at once]..]]
    this.painted = [];
    this.problems = new Map();
  }

  program() {
    this.definition.sections.forEach((section, at) => this.place(section, at));
    for (const section of this.sections.values()) this.complete(section);
    const scored = [...this.values.values()].filter((cell) => cell.right !== undefined && cell.right !== null && !cell.scope);
    this.compute("score", new ScoreCell(scored), scored.map((cell) => ["value " + cell.item.name, false]));
    const outcomes = this.definition.outcomes.map((outcome) => this.outcome(outcome));
    const cells = [...this.steps(), ...this.painted];
    this.link(cells);
    const within = this.sizes.map((_, scope) => cells.filter((cell) => cell.scope === scope));
    const { sections, values, sizes, painted, problems } = this;
    return { languages: this.definition.languages, sections, values, outcomes, cells, within, sizes, painted, problems };
  }

  slot(scope) {
    this.sizes[scope] += 1;
    return this.sizes[scope] - 1;
  }

  place(section, at) {
    if (this.sections.has(section.name)) return;
    const cell = new SectionCell(section, at, this.slot(0));
    this.sections.set(section.name, cell);
    if (section.repeat) {
      cell.inside = this.sizes.push(0) - 1;
      cell.entries = new EntriesCell(cell, this.slot(0));
    }
    for (const item of section.items) if (item.name && !this.values.has(item.name)) this.placeValue(item, cell);
  }

  placeValue(item, section) {
    const slot = this.slot(section.inside);
    const asked = item.kind === "question";
    const cell = asked
      ? new QuestionCell(item, section, slot, typeOf(item.type).answerType)
      : new CalculationCell(item, section, slot);
    section.values.push(cell);
    this.values.set(item.name, cell);
  }

  // Note a cell that others read, and what it reads itself.
  compute(key, cell, reads) {
    this.sources.set(key, cell);
    this.reads.push([cell, reads]);
    this.needs.set(key, reads.map(([needed]) => needed));
  }

  paint(cell, reads) {
    this.painted.push(cell);
    this.reads.push([cell, reads]);
  }

  // Where names live, as seen from one scope.
  sight(scope) {
    const slotOf = (name, home) => {
      const cell = this.values.get(name);
      return cell && home(cell) ? cell.slot : null;
    };
    return {
      scope,
      root: (name) => slotOf(name, (cell) => cell.scope === 0),
      own: (name) => slotOf(name, (cell) => scope > 0 && cell.scope === scope),
      each: (name, inner) => slotOf(inner, (cell) => cell.section === this.sections.get(name)),
      partType: (name, part) => {
        const { parts } = typeOf(this.values.get(name)?.item.type);
        return parts?.(this.values.get(name).item.settings).find((one) => one.name === part)?.kind;
      },
      entries: (name) => this.sections.get(name)?.entries?.slot ?? null,
    };
  }

  complete(cell) {
    const { section } = cell;
    const [outside, inside] = [this.sight(0), this.sight(cell.inside)];
    cell.relevance = this.closure(section.relevance, outside);
    this.compute("section " + section.name, cell, readings(section.relevance));
    if (cell.entries) this.compute("entries " + section.name, cell.entries, [["section " + section.name, false]]);
    this.texts(outside, ["", section.id, section.title]);
    if (section.repeat) this.texts(inside, ["", section.id, section.repeat.entry_label]);
    let asked = false; // what is said before a repeat's first question is said once, before its entries
    for (const item of section.items) {
      const inner = item.name ? this.values.get(item.name) : null;
      asked ||= inner?.item === item;
      if (!item.name) this.item(item, cell, asked ? inside : outside);
      else if (inner.item !== item) continue;
      else if (item.kind === "calculation") this.calculation(inner, inside);
      else this.question(inner, inside);
    }
  }

  item(item, section, sight) {
    const cell = new ItemCell(section, sight.scope, this.slot(sight.scope), item.id);
    cell.relevance = this.closure(item.relevance, sight);
    this.paint(cell, [["section " + section.section.name, false], ...readings(item.relevance)]);
    this.texts(sight, ["", item.id, item.text]);
  }

  calculation(cell, sight) {
    const { item } = cell;
    cell.value = closure(item.expression, sight);
    this.compute("value " + item.name, cell, readings(item.expression));
    this.texts(sight, ["", item.id, item.label]);
  }

  question(cell, sight) {
    const { item } = cell;
    cell.relevance = this.closure(item.relevance, sight);
    this.compute("value " + item.name, cell, [["section " + cell.section.section.name, false], ...readings(item.relevance)]);
    const problems = new ProblemsCell(cell, this.checks(item, sight));
    this.problems.set(cell, problems);
    const bounds = [item.settings.minimum, item.settings.maximum].filter(Array.isArray);
    const tests = [...bounds, ...item.constraints.map(({ test }) => test)].flatMap((test) => readings(test));
    const holes = item.constraints.flatMap(({ message }) => this.holes(message));
    this.paint(problems, [["value " + item.name, false], ...tests, ...holes]);
    this.texts(sight, ["", item.id, item.label], [".hint", item.id, item.hint], [".explanation", item.id, item.explanation]);
  }

  checks(question, sight) {
    const { minimum = null, maximum = null, pattern = "" } = question.settings;
    const { satisfies, whole = question.required } = typeOf(question.type);
    const found = [];
    if (whole && satisfies) {
      found.push({ code: "required", broken: (root, entry, value) => !satisfies(value, question.settings) });
    }
    if (minimum !== null) found.push({ code: "range", broken: beyond(minimum, sight, (a, b) => a < b) });
    if (maximum !== null) found.push({ code: "range", broken: beyond(maximum, sight, (a, b) => a > b) });
    if (pattern) found.push({ code: "constraint", broken: (root, entry, value) => !matches(value, pattern) });
    for (const constraint of question.constraints) {
      const test = closure(constraint.test, sight);
      const written = Object.keys(constraint.message ?? {}).length > 0;
      found.push({
        code: "constraint",
        broken: (root, entry) => test(root, entry) === false,
        message: written ? this.text(constraint.message, sight) : null,
      });
    }
    return found;
  }

  outcome(outcome) {
    const sight = this.sight(0);
    const cell = new OutcomeCell(outcome, this.slot(0));
    cell.relevance = this.closure(outcome.relevance, sight);
    this.paint(cell, readings(outcome.relevance));
    this.texts(sight, ["", outcome.id, outcome.label]);
    return cell;
  }

  closure(expression, sight) {
    return expression ? closure(expression, sight) : null;
  }

  // The texts with holes, by their key in the view; plain ones are left to the definition.
  texts(sight, ...rows) {
    for (const [suffix, id, text] of rows) {
      if (!hasHoles(text)) continue;
      const cell = new TextCell(sight.scope, this.slot(sight.scope), id + suffix, this.text(text, sight));
      this.paint(cell, this.holes(text));
    }
  }

  holes(text) {
    const parts = Object.values(text ?? {}).flat().filter((part) => part.answer);
    return parts.map(({ answer }) => ["value " + answer, false]);
  }

  text(text, sight) {
    return filler(text, this.source, (name) => {
      const cell = this.values.get(name);
      if (!cell) return { value: () => null };
      return { value: closure(["answer", name], sight), show: this.shower(cell) };
    });
  }

  shower({ answerType, item }) {
    const { settings = {}, type } = item;
    if (answerType !== "parts") return shower(answerType, settings.choices, this.source);
    return (value, language) => typeOf(type).show(value, settings, language, this.source);
  }

  // What is computed, each after what it needs.
  steps() {
    const needs = new Map();
    for (const section of this.sections.keys()) this.need(needs, "section " + section);
    for (const name of this.values.keys()) this.need(needs, "value " + name);
    this.need(needs, "score");
    return order(needs).flatMap((key) => {
      const entries = this.sources.get(key.replace(/^section /, "entries "));
      return entries && key.startsWith("section ") ? [this.sources.get(key), entries] : [this.sources.get(key)];
    });
  }

  need(needs, key) {
    needs.set(key, this.needs.get(key).map((needed) => needed.replace(/^entries /, "section ")));
  }

  // Give each cell its rank, and tell what is read who reads it. What reads backwards (a draft's ring) is left out.
  link(cells) {
    cells.forEach((cell, rank) => (cell.rank = rank));
    for (const [reader, reads] of this.reads) {
      const seen = new Set();
      for (const [key, each] of reads) {
        const source = this.sources.get(key);
        if (!source || source.rank >= reader.rank || seen.has(key + each)) continue;
        seen.add(key + each);
        source.readers.push([reader, source.scope === reader.scope && !each]);
      }
    }
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
