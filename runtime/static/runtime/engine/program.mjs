// A definition compiled: cells with slots and closures, in an order in which each comes after what it reads.

import { CalculationCell, EntriesCell, QuestionCell, SAME, ScoreCell, SectionCell } from "./cells.mjs";
import { decimal } from "./decimals.mjs";
import { closure } from "./evaluate.mjs";
import { ItemCell, OutcomeCell, TextCell, VerdictCell } from "./painted.mjs";
import { matches } from "./patterns.mjs";
import { Names, Sight } from "./scopes.mjs";
import { filler, hasHoles, shower } from "./showing.mjs";
import { typeOf } from "./types.mjs";

// What an expression reads, seen from a scope, as [key, whether of more entries than its own]; keys: "value name",
// "section name", "entries name", "score".
function readings(expression, sight, found = []) {
  if (!Array.isArray(expression)) return found;
  const [kind, ...args] = expression;
  if (kind === "answer" || kind === "part") found.push(["value " + args[0], false]);
  else if (kind === "score") found.push(["score", false]);
  else if (READ_OF_ENTRIES.has(kind)) readEntries(kind, args, sight, found);
  else if (kind !== "value") for (const arg of args) readings(arg, sight, found);
  return found;
}

const PICKED = new Set(["one", "many", "ranked"]); // answers that a filter of choices speaks of
const READ_OF_ENTRIES = new Set(["each", "entries", "previous"]);

function readEntries(kind, args, sight, found) {
  const own = [sight.names.repeats[sight.scope]].filter(Boolean);
  const repeats = kind === "previous" ? own : sight.through(args[0]);
  for (const repeat of repeats) found.push(["entries " + repeat.section.name, false]);
  if (kind !== "entries") found.push(["value " + args.at(-1), true]);
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
    this.names = new Names();
    this.sources = new Map(); // key -> the cell that is read under it
    this.needs = new Map(); // key -> the keys it needs first
    this.reads = []; // [reader, [[key, whether of more entries than its own]..]]
    this.painted = [];
  }

  program() {
    this.definition.sections.forEach((section, at) => this.place(section, at));
    for (const section of this.names.sections.values()) this.complete(section);
    const scored = [...this.names.values.values()].filter((cell) => (cell.right ?? null) !== null && !cell.scope);
    this.compute("score", new ScoreCell(scored), scored.map((cell) => ["value " + cell.item.name, false]));
    const outcomes = this.definition.outcomes.map((outcome) => this.outcome(outcome));
    const cells = [...this.steps(), ...this.painted];
    this.link(cells);
    const { names, painted } = this;
    const within = names.sizes.map((_, scope) => cells.filter((cell) => cell.scope === scope));
    for (const row of within) row.forEach((cell, at) => (cell.at = at));
    const { sections, values } = names;
    return { languages: this.definition.languages, names, sections, values, outcomes, cells, within, painted, found: atRoot(values) };
  }

  place(section, at) {
    const { names } = this;
    if (names.sections.has(section.name)) return;
    const within = names.sections.get(section.within ?? "") ?? null;
    const scope = within ? within.inside : 0;
    const cell = new SectionCell(section, at, within, scope, names.slot(scope));
    names.sections.set(section.name, cell);
    if (section.repeat) {
      cell.inside = names.scope(cell);
      cell.entries = new EntriesCell(cell, names.slot(scope));
    }
    for (const item of section.items) if (item.name && !names.values.has(item.name)) this.placeValue(item, cell);
  }

  placeValue(item, section) {
    const slot = this.names.slot(section.inside);
    const asked = item.kind === "question";
    const cell = asked
      ? new QuestionCell(item, section, slot, typeOf(item.type).answerType)
      : new CalculationCell(item, section, slot);
    section.values.push(cell);
    this.names.values.set(item.name, cell);
  }

  // Note a cell that others read, what it reads itself, and (in an order that is the same in both engines) what it needs.
  compute(key, cell, reads) {
    this.sources.set(key, cell);
    this.reads.push([cell, reads]);
    this.needs.set(key, reads.map(([needed]) => needed.replace(/^entries /, "section ")));
  }

  paint(cell, reads) {
    this.painted.push(cell);
    this.reads.push([cell, reads]);
  }

  complete(cell) {
    const { section, within } = cell;
    const [outside, inside] = [new Sight(this.names, cell.scope), new Sight(this.names, cell.inside)];
    const count = section.repeat?.count ?? null;
    cell.relevance = this.closure(section.relevance, outside);
    this.compute("section " + section.name, cell, [...(within ? [relevanceOf(within)] : []), ...readings(section.relevance, outside)]);
    this.texts(outside, ["", section.id, section.title]);
    if (cell.entries) {
      cell.entries.count = this.closure(count, outside);
      this.sources.set("entries " + section.name, cell.entries);
      this.reads.push([cell.entries, [relevanceOf(cell), ...readings(count, outside)]]);
      this.needs.get("section " + section.name).push(...readings(count, outside).map(([needed]) => needed.replace(/^entries /, "section ")));
      this.texts(inside, ["", section.id, section.repeat.entry_label]);
    }
    let asked = false; // what is said before a repeat's first question is said once, before its entries
    for (const item of section.items) {
      const inner = item.name ? this.names.values.get(item.name) : null;
      asked ||= inner?.item === item;
      if (!item.name) this.item(item, cell, asked ? inside : outside);
      else if (inner.item !== item) continue;
      else if (item.kind === "calculation") this.calculation(inner, inside);
      else this.question(inner, inside);
    }
  }

  item(item, section, sight) {
    const cell = new ItemCell(section, sight.scope, this.names.slot(sight.scope), item.id);
    cell.relevance = this.closure(item.relevance, sight);
    this.paint(cell, [relevanceOf(section), ...readings(item.relevance, sight)]);
    this.texts(sight, ["", item.id, item.text]);
  }

  calculation(cell, sight) {
    const { item, section } = cell;
    cell.value = closure(item.expression, sight);
    this.compute("value " + item.name, cell, readings(item.expression, sight));
    // It is always computed, but where: in a repeat once for each entry.
    if (section.entries || section.within) this.needs.get("value " + item.name).unshift("section " + section.section.name);
    this.texts(sight, ["", item.id, item.label]);
  }

  question(cell, sight) {
    const { item } = cell;
    const own = ["relevance", "default", "choice_filter"].map((key) => item[key] ?? null);
    [cell.relevance, cell.default, cell.offers] = own.map((expression) => this.closure(expression, sight));
    if (!PICKED.has(cell.answerType)) cell.offers = null;
    const read = own.flatMap((expression) => readings(expression, sight));
    this.compute("value " + item.name, cell, [relevanceOf(cell.section), ...read]);
    this.verdict(cell, sight);
    this.texts(sight, ["", item.id, item.label], [".hint", item.id, item.hint], [".explanation", item.id, item.explanation]);
  }

  verdict(cell, sight) {
    const { item } = cell;
    const verdict = new VerdictCell(cell, this.checks(item, sight));
    verdict.required = this.switch(item.required, sight);
    verdict.readOnly = this.switch(item.read_only, sight);
    cell.verdict = verdict;
    const bounds = [item.settings.minimum, item.settings.maximum];
    const tests = [item.required, item.read_only, ...bounds, ...item.constraints.map(({ test }) => test)];
    const holes = item.constraints.flatMap(({ message }) => this.holes(message));
    const others = [...tests.flatMap((test) => readings(test, sight)), ...holes];
    verdict.own = others.every(([key, each]) => key === "value " + item.name && !each);
    this.paint(verdict, verdict.own ? [] : [["value " + item.name, false], ...others]);
  }

  switch(flag, sight) {
    return Array.isArray(flag) ? closure(flag, sight) : flag === true;
  }

  checks(question, sight) {
    const { minimum = null, maximum = null, pattern = "" } = question.settings;
    const { satisfies, whole } = typeOf(question.type);
    const found = [];
    if (satisfies) {
      const needed = whole || this.switch(question.required, sight);
      const asked = (root, entry) => needed === true || (needed && needed(root, entry) === true);
      found.push({ code: "required", broken: (root, entry, value) => asked(root, entry) && !satisfies(value, question.settings) });
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
        warning: constraint.warning === true,
      });
    }
    return found;
  }

  outcome(outcome) {
    const sight = new Sight(this.names, 0);
    const cell = new OutcomeCell(outcome, this.names.slot(0));
    cell.relevance = this.closure(outcome.relevance, sight);
    this.paint(cell, readings(outcome.relevance, sight));
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
      const cell = new TextCell(sight.scope, this.names.slot(sight.scope), id + suffix, this.text(text, sight));
      this.paint(cell, this.holes(text));
    }
  }

  holes(text) {
    const parts = Object.values(text ?? {}).flat().filter((part) => part.answer);
    return parts.map(({ answer }) => ["value " + answer, false]);
  }

  text(text, sight) {
    return filler(text, this.source, (name) => {
      const cell = this.names.values.get(name);
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
    const sections = [...this.names.sections.keys()].map((name) => "section " + name);
    const values = [...this.names.values.keys()].map((name) => "value " + name);
    const needs = new Map([...sections, ...values, "score"].map((key) => [key, this.needs.get(key)]));
    return order(needs).flatMap((key) => {
      const entries = key.startsWith("section ") && this.sources.get(key.replace("section ", "entries "));
      return entries ? [this.sources.get(key), entries] : [this.sources.get(key)];
    });
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
        source.readers.push({ reader, meeting: this.meeting(source.scope, reader.scope, each) });
      }
    }
  }

  // The scope whose frame holds all that reads a frame of the source; SAME if only the same frame does.
  meeting(source, reader, each) {
    const common = this.names.common(source, reader);
    if (each && common === source) return Math.max(this.names.around[source], 0);
    return common === source && common === reader ? SAME : common;
  }
}

function relevanceOf(section) {
  return ["section " + section.section.name, false];
}

// A number that is written out, or an expression; one that is Missing bounds nothing.
function beyond(bound, sight, worse) {
  if (typeof bound === "string") {
    const number = decimal(bound);
    return (root, entry, value) => worse(value, number);
  }
  const boundOf = closure(bound, sight);
  return (root, entry, value) => {
    const limit = boundOf(root, entry);
    return typeof limit === typeof value && worse(value, limit);
  };
}

// What the places at the root name: as `find` gives it, ready made.
function atRoot(values) {
  const root = [...values].filter(([, cell]) => cell.scope === 0);
  return new Map(root.map(([name, cell]) => [name, { cell, entries: [], prefix: "" }]));
}

// The definition of canonical JSON (text or data), compiled once.
export function load(json) {
  const definition = typeof json === "string" ? JSON.parse(json) : json;
  return { ...definition, program: new Compiler(definition).program() };
}
