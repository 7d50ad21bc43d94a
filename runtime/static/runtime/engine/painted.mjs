// Cells that nobody reads but the screen: verdicts on answers, filled texts, what is there to be read, and the outcomes; the
// twin of runtime/engine/painted.py.

import { Cell, holds } from "./cells.mjs";
import { NONE_WRONG, blocking, verdictOf } from "./frames.mjs";

const UNREADABLE = Object.freeze([{ code: "unreadable", message: null }]);

// What is said of an answer: whether it is required and missing, may be changed, and what is wrong with it. One that reads only
// its own question is run by it.
export class VerdictCell extends Cell {
  constructor(question, checks) {
    super(question.scope, question.slot);
    Object.assign(this, { question, checks, says: true, own: false, required: false, readOnly: false });
    this.warns = checks.some(({ warning }) => warning);
  }

  run(live, frame) {
    const before = frame.verdicts[this.slot];
    const verdict = this.verdict(live, frame);
    if (verdict === before || alike(verdict, before)) return false;
    frame.verdicts[this.slot] = verdict;
    live.touch(this.question, frame);
    const missing = Number(verdict.missing) - Number(before.missing);
    const problems = blocking(verdict) - blocking(before);
    if (missing || problems) live.count(this.question.section, missing, problems);
    return false;
  }

  verdict(live, frame) {
    const { slot } = this;
    const value = frame.values[slot];
    const required = this.required === true || (this.required !== false && this.required(live.root, frame.values) === true);
    const readOnly = this.readOnly === true || (this.readOnly !== false && this.readOnly(live.root, frame.values) === true);
    if (!frame.relevant[slot]) return verdictOf(required, false, readOnly, NONE_WRONG);
    let problems = NONE_WRONG;
    if (value !== null) {
      if (this.checks.length) problems = this.broken(live, frame, value);
    } else if (live.unreadable.size && live.unreadable.has(this.question.key(frame))) {
      problems = UNREADABLE;
    }
    return verdictOf(required, required && value === null, readOnly, problems);
  }

  broken(live, frame, value) {
    const found = this.checks.filter((check) => check.broken(live.root, frame.values, value));
    return found.length ? found.map((check) => this.problem(check, live, frame)) : NONE_WRONG;
  }

  problem({ code, message, warning }, live, frame) {
    const problem = { code, message: message ? message(live.root, frame.values, live.language) : null };
    if (!warning) return problem;
    problem.warning = true;
    const place = this.question.key(frame);
    if (Object.hasOwn(live.overridden, place)) problem.overridden = live.overridden[place];
    return problem;
  }
}

function alike(one, other) {
  if (one.required !== other.required || one.missing !== other.missing || one.readOnly !== other.readOnly) return false;
  const mine = one.problems;
  const theirs = other.problems;
  return mine === theirs || (mine.length === theirs.length && mine.every((problem, at) => isSame(problem, theirs[at])));
}

function isSame(one, other) {
  return one.code === other.code && one.message === other.message && one.warning === other.warning && one.overridden === other.overridden;
}

// A text with holes, filled.
export class TextCell extends Cell {
  constructor(scope, slot, name, text) {
    super(scope, slot, "texts");
    Object.assign(this, { name, text, says: true });
  }

  run(live, frame) {
    return this.hold(live, frame, this.text(live.root, frame.values, live.language));
  }
}

// Whether a line, a cue or a display is there to be read. One that opens a repeat lies outside its entries.
export class ItemCell extends Cell {
  constructor(section, scope, slot, name) {
    super(scope, slot, "items");
    Object.assign(this, { section, name, outside: scope !== section.inside, relevance: null });
  }

  run(live, frame) {
    const { values } = frame;
    const around = this.outside ? values[this.section.slot] : this.section.holdsIn(values);
    return this.hold(live, frame, around && holds(this.relevance, live.root, values));
  }
}

// Whether an outcome fits.
export class OutcomeCell extends Cell {
  constructor(outcome, slot) {
    super(0, slot, "outcomes");
    Object.assign(this, { outcome, relevance: null });
  }

  run(live, frame) {
    return this.hold(live, frame, holds(this.relevance, live.root, live.root));
  }

  key() {
    return this.outcome.name;
  }

  shown(live) {
    const relevant = live.root[this.slot];
    return { relevant, ready: relevant && (live.clear || !this.outcome.complete) };
  }
}
