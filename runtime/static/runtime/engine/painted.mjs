// Cells that nobody reads but the screen: verdicts on answers, filled texts, what is there to be read, and the outcomes; the
// twin of runtime/engine/painted.py.

import { Cell, holds } from "./cells.mjs";
import { FINE, NONE_WRONG, blocking } from "./frames.mjs";

const UNREADABLE = Object.freeze([{ code: "unreadable", message: null }]);

// What is said of an answer: whether it is required and missing, may be changed, and what is wrong with it.
export class VerdictCell extends Cell {
  constructor(question, checks) {
    super(question.scope, question.slot);
    Object.assign(this, { question, checks, says: true, required: false, readOnly: false });
  }

  run(live, frame) {
    const before = frame.verdicts[this.slot];
    const verdict = this.verdict(live, frame);
    if (alike(verdict, before)) return false;
    frame.verdicts[this.slot] = verdict;
    live.touch(this.question, frame);
    const missing = Number(verdict.missing) - Number(before.missing);
    const problems = blocking(verdict) - blocking(before);
    if (missing || problems) live.count(this.question.section, missing, problems);
    return false;
  }

  verdict(live, frame) {
    const value = frame.values[this.slot];
    const required = on(this.required, live, frame);
    if (!frame.relevant[this.slot]) return required ? { ...FINE, required } : FINE;
    let problems = NONE_WRONG;
    if (value !== null) {
      if (this.checks.length) problems = this.broken(live, frame, value);
    } else if (live.unreadable.has(this.question.key(frame))) {
      problems = UNREADABLE;
    }
    return { required, missing: required && value === null, readOnly: on(this.readOnly, live, frame), problems };
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

function on(flag, live, frame) {
  return typeof flag === "boolean" ? flag : flag(live.root, frame.values) === true;
}

function alike(one, other) {
  if (one === other) return true;
  if (one.required !== other.required || one.missing !== other.missing || one.readOnly !== other.readOnly) return false;
  const [mine, theirs] = [one.problems, other.problems];
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
    const filled = this.text(live.root, frame.values, live.language);
    if (filled === frame.values[this.slot]) return false;
    frame.values[this.slot] = filled;
    live.touch(this, frame);
    return false;
  }

  key(frame) {
    return frame.keys + this.name;
  }

  shown(live, frame) {
    return frame.values[this.slot];
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
    const relevant = around && holds(this.relevance, live.root, values);
    if (relevant === values[this.slot]) return false;
    values[this.slot] = relevant;
    live.touch(this, frame);
    return false;
  }

  key(frame) {
    return frame.keys + this.name;
  }

  shown(live, frame) {
    return frame.values[this.slot];
  }
}

// Whether an outcome fits.
export class OutcomeCell extends Cell {
  constructor(outcome, slot) {
    super(0, slot, "outcomes");
    Object.assign(this, { outcome, relevance: null });
  }

  run(live, frame) {
    const relevant = holds(this.relevance, live.root, live.root);
    if (relevant === live.root[this.slot]) return false;
    live.root[this.slot] = relevant;
    live.touch(this, frame);
    return false;
  }

  key() {
    return this.outcome.name;
  }

  shown(live) {
    const relevant = live.root[this.slot];
    return { relevant, ready: relevant && (live.clear || !this.outcome.complete) };
  }
}
