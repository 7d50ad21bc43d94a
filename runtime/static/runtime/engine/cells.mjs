// Cells: what is computed of a definition, one object for each part of it, run once for each frame of its scope; the
// twin of runtime/engine/cells.py. `run` computes a cell in a frame, writes what the screen shows of it, and says whether
// what others read of it changed. The first slots of the root are inputs that belong to no cell.

import { canonicalNumber, decimal, divide, total } from "./decimals.mjs";
import { OVERFLOW, SCORE } from "./evaluate.mjs";
import { canonical } from "./state.mjs";

const NONE_WRONG = Object.freeze([]);
const UNREADABLE = Object.freeze([{ code: "unreadable", message: null }]);
const OUT_OF_RANGE = Object.freeze([{ code: "range", message: null }]);
const holds = (condition, root, entry) => condition === null || condition(root, entry) === true;

// The values of the root or of one entry. `prefix` leads places ("contacts/a/"), `scope` the keys of texts and items ("a/").
export class Frame {
  constructor(size, prefix = "", scope = "") {
    this.prefix = prefix;
    this.scope = scope;
    this.values = new Array(size).fill(null);
    this.relevant = new Array(size).fill(false);
    this.missing = new Array(size).fill(false);
    this.problems = new Array(size).fill(NONE_WRONG);
  }
}

// `part` is the part of a view that shows the cell, `says` whether it holds words.
class Cell {
  constructor(scope, slot) {
    this.scope = scope;
    this.slot = slot;
    this.rank = 0;
    this.readers = []; // [reader, whether it reads the same frame]
    this.part = "";
    this.says = false;
  }
}

export class SectionCell extends Cell {
  constructor(section, at, slot) {
    super(0, slot);
    Object.assign(this, { section, at, inside: 0, entries: null, values: [], relevance: null });
  }

  run(live) {
    const relevant = holds(this.relevance, live.root, live.root);
    if (relevant === live.root[this.slot]) return false;
    live.root[this.slot] = relevant;
    live.turned.add(this);
    live.rerouted = true;
    return true;
  }

  shown(live) {
    const [missing, problems] = live.counts[this.at];
    return { relevant: live.root[this.slot], missing, problems };
  }
}

// The entries of a repeat, for those who count and sum: none while its section is hidden.
export class EntriesCell extends Cell {
  constructor(section, slot) {
    super(0, slot);
    this.section = section;
  }

  run(live) {
    const frames = live.root[this.section.slot] ? live.frames[this.section.inside] : [];
    live.root[this.slot] = frames.map((frame) => frame.values);
    return true;
  }
}

// A question's effective answer: what was answered, while it is relevant and readable.
export class QuestionCell extends Cell {
  constructor(item, section, slot, answerType) {
    super(section.inside, slot);
    Object.assign(this, { item, section, answerType, part: "questions", relevance: null });
    this.number = answerType === "number";
    this.right = item.right === null ? null : this.read(item.right);
    this.points = decimal(item.points);
    this.required = item.required;
  }

  read(value) {
    return this.number ? decimal(value) : value;
  }

  run(live, frame) {
    const { slot } = this;
    const { values } = frame;
    const relevant = live.root[this.section.slot] && holds(this.relevance, live.root, values);
    let value = null;
    if (relevant) {
      const place = this.key(frame);
      if (Object.hasOwn(live.answers, place) && !live.unreadable.has(place)) value = this.read(live.answers[place]);
    }
    const missing = relevant && value === null && this.required;
    if (missing !== frame.missing[slot]) {
      frame.missing[slot] = missing;
      live.touch(this, frame);
      live.count(this.section, missing ? 1 : -1, 0);
    }
    if (relevant !== frame.relevant[slot]) {
      frame.relevant[slot] = relevant;
      live.touch(this, frame);
    } else if (same(value, values[slot])) {
      return false;
    }
    values[slot] = value;
    return true;
  }

  key(frame) {
    return frame.prefix + this.item.name;
  }

  shown(live, frame) {
    const relevant = frame.relevant[this.slot];
    const place = this.key(frame);
    return {
      relevant,
      value: relevant && Object.hasOwn(live.answers, place) ? live.answers[place] : null,
      missing: frame.missing[this.slot],
      required: this.required,
      problems: [...frame.problems[this.slot]],
    };
  }
}

// What is wrong with an answer; nobody reads it but the screen.
export class ProblemsCell extends Cell {
  constructor(question, checks) {
    super(question.scope, question.slot);
    Object.assign(this, { question, checks, says: true });
  }

  run(live, frame) {
    const value = frame.values[this.slot];
    const before = frame.problems[this.slot];
    let problems = NONE_WRONG;
    if (value !== null) {
      if (this.checks.length) problems = this.broken(live, frame, value);
    } else if (frame.relevant[this.slot] && live.unreadable.has(this.question.key(frame))) {
      problems = UNREADABLE;
    }
    if (!alike(problems, before)) {
      frame.problems[this.slot] = problems;
      live.touch(this.question, frame);
      if (problems.length !== before.length) live.count(this.question.section, 0, problems.length - before.length);
    }
    return false;
  }

  broken(live, frame, value) {
    const found = [];
    for (const { code, broken, message } of this.checks) {
      if (!broken(live.root, frame.values, value)) continue;
      found.push({ code, message: message ? message(live.root, frame.values, live.language) : null });
    }
    return found;
  }
}

// A calculation: always evaluated.
export class CalculationCell extends Cell {
  constructor(item, section, slot) {
    super(section.inside, slot);
    Object.assign(this, { item, section, answerType: item.type, part: "questions", value: () => null });
  }

  run(live, frame) {
    const { root } = live;
    const { slot } = this;
    root[OVERFLOW] = false;
    const value = this.value(root, frame.values);
    const problems = root[OVERFLOW] ? OUT_OF_RANGE : NONE_WRONG;
    if (problems !== frame.problems[slot]) {
      live.count(this.section, 0, problems.length - frame.problems[slot].length);
      frame.problems[slot] = problems;
      live.touch(this, frame);
    }
    if (same(value, frame.values[slot])) return false;
    frame.values[slot] = value;
    live.touch(this, frame);
    return true;
  }

  key(frame) {
    return frame.prefix + this.item.name;
  }

  shown(live, frame) {
    const value = frame.values[this.slot];
    const plain = value !== null && this.answerType === "number" ? canonicalNumber(value) : value;
    return { relevant: true, value: plain, missing: false, required: false, problems: [...frame.problems[this.slot]] };
  }
}

// A text with holes, filled.
export class TextCell extends Cell {
  constructor(scope, slot, name, text) {
    super(scope, slot);
    Object.assign(this, { name, text, part: "texts", says: true });
  }

  run(live, frame) {
    const filled = this.text(live.root, frame.values, live.language);
    if (filled === frame.values[this.slot]) return false;
    frame.values[this.slot] = filled;
    live.touch(this, frame);
    return false;
  }

  key(frame) {
    return frame.scope + this.name;
  }

  shown(live, frame) {
    return frame.values[this.slot];
  }
}

// Whether a line, a cue or a display is there to be read.
export class ItemCell extends Cell {
  constructor(section, scope, slot, name) {
    super(scope, slot);
    Object.assign(this, { section, name, part: "items", relevance: null });
  }

  run(live, frame) {
    const relevant = live.root[this.section.slot] && holds(this.relevance, live.root, frame.values);
    if (relevant === frame.values[this.slot]) return false;
    frame.values[this.slot] = relevant;
    live.touch(this, frame);
    return false;
  }

  key(frame) {
    return frame.scope + this.name;
  }

  shown(live, frame) {
    return frame.values[this.slot];
  }
}

// Whether an outcome fits.
export class OutcomeCell extends Cell {
  constructor(outcome, slot) {
    super(0, slot);
    Object.assign(this, { outcome, part: "outcomes", relevance: null });
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

// The percentage of points earned, over the scored questions that are relevant.
export class ScoreCell extends Cell {
  constructor(scored) {
    super(0, SCORE);
    this.scored = scored;
  }

  run(live, frame) {
    const relevant = this.scored.filter((cell) => frame.relevant[cell.slot]);
    const right = relevant.filter((cell) => same(live.root[cell.slot], cell.right));
    const points = (cells) => total(cells.map((cell) => cell.points));
    const score = divide(points(right) * 100n, points(relevant));
    if (score === live.root[SCORE]) return false;
    live.root[SCORE] = score;
    return true;
  }
}

function same(one, other) {
  if (one === other) return true;
  if (one === null || other === null || typeof one !== "object" || typeof other !== "object") return false;
  if (!Array.isArray(one)) return canonical(one) === canonical(other);
  return one.length === other.length && one.every((name, at) => name === other[at]);
}

function alike(one, other) {
  if (one === other) return true;
  return one.length === other.length && one.every(({ code, message }, at) => code === other[at].code && message === other[at].message);
}
