// The view: all that a screen needs of a state on a day, as JSON data.

import { canonicalNumber } from "./decimals.mjs";
import { SCORE } from "./evaluate.mjs";
import { Solution } from "./solve.mjs";

export function view(definition, state, today) {
  const { program } = definition;
  return new Painter(program, new Solution(program, state, today), state).view();
}

export function totals(program, solution, state) {
  const painter = new Painter(program, solution, state);
  for (const cell of program.sections.values()) painter.section(cell);
  return painter.missing + painter.problems;
}

export function pathOf(program, solution, state) {
  const cells = [...program.sections.values()];
  const here = program.sections.get(state.section)?.at ?? -1;
  const shown = cells.filter((cell) => solution.relevant.get(cell.section.name));
  return {
    path: shown.map((cell) => cell.section.name),
    next: shown.find((cell) => cell.at > here)?.section.name ?? null,
    previous: shown.findLast((cell) => cell.at < here)?.section.name ?? null,
  };
}

const holds = (relevance, root, entry) => relevance === null || relevance(root, entry) === true;

class Painter {
  constructor(program, solution, state) {
    this.program = program;
    this.solution = solution;
    this.state = state;
    this.root = solution.root.values;
    this.questions = {};
    this.items = {};
    this.texts = {};
    this.missing = 0;
    this.problems = 0;
  }

  view() {
    const sections = {};
    for (const [name, cell] of this.program.sections) sections[name] = this.section(cell);
    const outcomes = this.outcomes();
    const score = this.root[SCORE];
    return {
      questions: this.questions,
      items: this.items,
      sections,
      ...pathOf(this.program, this.solution, this.state),
      outcomes,
      texts: this.texts,
      missing: this.missing,
      problems: this.problems,
      score: score === null ? null : canonicalNumber(score),
    };
  }

  section(cell) {
    const { missing, problems } = this;
    const { name } = cell.section;
    this.say(cell.texts, "", this.root);
    const relevant = this.solution.relevant.get(name);
    for (const said of cell.opening) {
      this.items[said.item.id] = relevant && holds(said.relevance, this.root, this.root);
      this.say(said.texts, "", this.root);
    }
    for (const frame of this.solution.frames.get(name)) {
      const scope = cell.entries === null ? "" : frame.prefix.slice(name.length + 1);
      this.say(cell.entryTexts, scope, frame.values);
      for (const inner of cell.cells) {
        if (inner.kind === "question") this.question(inner, frame);
        else if (inner.kind === "calculation") this.calculation(inner, frame);
        else this.items[scope + inner.item.id] = relevant && holds(inner.relevance, this.root, frame.values);
        this.say(inner.texts, scope, frame.values);
      }
    }
    return { relevant, missing: this.missing - missing, problems: this.problems - problems };
  }

  question(cell, frame) {
    const place = frame.prefix + cell.item.name;
    const { required } = cell.item;
    if (!frame.relevant[cell.slot]) {
      this.questions[place] = { relevant: false, value: null, missing: false, required, problems: [] };
      return;
    }
    const value = frame.values[cell.slot];
    const missing = required && value === null;
    let problems = value === null ? [] : this.broken(cell, frame, value);
    if (value === null && this.solution.unreadable.has(place)) problems = [{ code: "unreadable", message: null }];
    this.missing += missing ? 1 : 0;
    this.problems += problems.length;
    const raw = Object.hasOwn(this.solution.answers, place) ? this.solution.answers[place] : null;
    this.questions[place] = { relevant: true, value: raw, missing, required, problems };
  }

  broken(cell, frame, value) {
    return cell.checks
      .filter((check) => check.broken(this.root, frame.values, value))
      .map(({ code, message }) => ({
        code,
        message: message ? message(this.root, frame.values, this.state.language) : null,
      }));
  }

  calculation(cell, frame) {
    let value = frame.values[cell.slot];
    if (value !== null && cell.answerType === "number") value = canonicalNumber(value);
    const problems = frame.faulty.has(cell.slot) ? [{ code: "range", message: null }] : [];
    this.problems += problems.length;
    const place = frame.prefix + cell.item.name;
    this.questions[place] = { relevant: true, value, missing: false, required: false, problems };
  }

  outcomes() {
    const clear = this.missing === 0 && this.problems === 0;
    const found = {};
    for (const { outcome, relevance, texts } of this.program.outcomes) {
      const relevant = holds(relevance, this.root, this.root);
      this.say(texts, "", this.root);
      found[outcome.name] = { relevant, ready: relevant && (clear || !outcome.complete) };
    }
    return found;
  }

  say(texts, scope, values) {
    for (const [key, text] of texts) this.texts[scope + key] = text(this.root, values, this.state.language);
  }
}
