// Cells: what is computed of a definition; the twin of runtime/engine/cells.py. `run` says whether what others read changed.

import { canonicalNumber, decimal, divide, total } from "./decimals.mjs";
import { OFFERED, OVERFLOW, PARENT, SCORE } from "./evaluate.mjs";
import { FINE, NONE_WRONG } from "./frames.mjs";
import { canonical } from "./state.mjs";
import { admitValue } from "./types.mjs";

const OUT_OF_RANGE = Object.freeze({ ...FINE, problems: Object.freeze([{ code: "range", message: null }]) });
export const SAME = -1;
export const holds = (condition, root, entry) => condition === null || condition(root, entry) === true;

// `part` is the part of a view that shows the cell, `says` whether it holds words, `at` its place among the cells of its scope;
// readers are {reader, meeting: the scope whose frame holds all that reads it}.
export class Cell {
  constructor(scope, slot, part = "") {
    Object.assign(this, { scope, slot, part, says: false, rank: 0, at: 0, readers: [] });
  }

  // Hold another value; false if it is none.
  hold(live, frame, value) {
    if (value === frame.values[this.slot]) return false;
    frame.values[this.slot] = value;
    live.touch(this, frame);
    return true;
  }

  key(frame) {
    return frame.keys + this.name;
  }

  shown(live, frame) {
    return frame.values[this.slot];
  }
}

export class SectionCell extends Cell {
  constructor(section, number, within, scope, slot) {
    super(scope, slot, scope ? "items" : "sections");
    Object.assign(this, { section, number, within, inside: scope, entries: null, values: [], relevance: null });
    this.step = within === null || !scope ? this : within.step;
  }

  // Whether it is relevant, seen from a frame of its inside.
  holdsIn(values) {
    return (this.entries === null ? values : values[PARENT])[this.slot];
  }

  run(live, frame) {
    const { values } = frame;
    const relevant = (this.within === null || this.within.holdsIn(values)) && holds(this.relevance, live.root, values);
    if (!this.hold(live, frame, relevant)) return false;
    if (this.scope === 0) live.rerouted = true;
    return true;
  }

  key(frame) {
    return this.scope ? frame.keys + this.section.id : this.section.name;
  }

  shown(live, frame) {
    const relevant = frame.values[this.slot];
    if (this.scope) return relevant;
    const { missing, problems } = live.counts[this.number];
    return { relevant, missing, problems };
  }
}

// The entries of a repeat, for those who count and sum: none while its section is hidden. With a count they follow a number.
export class EntriesCell extends Cell {
  constructor(section, slot) {
    super(section.scope, slot);
    Object.assign(this, { section, count: null });
  }

  run(live, frame) {
    const { inside } = this.section;
    if (this.count !== null) live.enter(this.section, frame, this.counted(this.count(live.root, frame.values)));
    frame.order(inside);
    const relevant = frame.values[this.section.slot];
    frame.values[this.slot] = relevant ? frame.entries.get(inside).map((entry) => entry.values) : [];
    return true;
  }

  counted(number) {
    const most = this.section.section.repeat.maximum;
    let count = 0;
    if (number !== null && number > 0n) count = number >= decimal(String(most)) ? most : Number(number / decimal("1"));
    return Array.from({ length: count }, (_, at) => String(at + 1));
  }
}

// A question's effective answer: what was answered (or else its default), while it is relevant, readable and offered.
export class QuestionCell extends Cell {
  constructor(item, section, slot, answerType) {
    super(section.inside, slot, "questions");
    Object.assign(this, { item, section, answerType, relevance: null, default: null, offers: null, verdict: null });
    this.number = answerType === "number";
    this.right = item.right === null ? null : this.read(item.right);
    this.points = decimal(item.points);
  }

  read(value) {
    return this.number ? decimal(value) : value;
  }

  plain(value) {
    return this.number ? canonicalNumber(value) : value;
  }

  run(live, frame) {
    const { slot, section } = this;
    const { values } = frame;
    const relevant =
      (section.entries === null ? values : values[PARENT])[section.slot] &&
      (this.relevance === null || this.relevance(live.root, values) === true);
    const value = relevant ? this.effective(live, frame) : null;
    if (relevant !== frame.relevant[slot]) {
      frame.relevant[slot] = relevant;
      live.touch(this, frame);
    } else if (value === values[slot] || same(value, values[slot])) {
      return false;
    }
    values[slot] = value;
    if (this.default !== null || this.offers !== null) live.touch(this, frame);
    if (this.verdict.own && live.running) this.verdict.run(live, frame);
    return true;
  }

  effective(live, frame) {
    const place = this.key(frame);
    const raw = live.answers[place];
    let value = null;
    if (raw === undefined) value = this.default === null ? null : this.defaulted(live, frame.values);
    else if (live.unreadable.size === 0 || !live.unreadable.has(place)) value = this.number ? decimal(raw) : raw;
    return this.offers === null ? value : this.offered(live, frame, value);
  }

  // The default, if it may be answered at all.
  defaulted(live, values) {
    const value = this.default(live.root, values);
    if (value === null) return null;
    const admitted = admitValue(this.item, this.plain(value));
    return admitted.value === null ? null : this.read(admitted.value);
  }

  // What is left of an answer when only some choices are offered.
  offered(live, frame, value) {
    const { root } = live;
    const offered = [];
    for (const choice of this.item.settings.choices) {
      root[OFFERED] = new Map([...Object.entries(choice.attributes ?? {}), ["name", choice.name]]);
      if (this.offers(root, frame.values) === true) offered.push(choice.name);
    }
    if (!same(frame.offered.get(this.slot) ?? null, offered)) {
      frame.offered.set(this.slot, offered);
      live.touch(this, frame);
    }
    if (!Array.isArray(value)) return offered.includes(value) ? value : null;
    const left = value.filter((name) => offered.includes(name));
    return left.length ? left : null;
  }

  key(frame) {
    const { places } = frame;
    if (places[this.slot] === "") places[this.slot] = frame.prefix + this.item.name;
    return places[this.slot];
  }

  shown(live, frame) {
    const { slot } = this;
    const value = frame.values[slot];
    const relevant = frame.relevant[slot];
    const { missing, required, readOnly, problems } = frame.verdicts[slot];
    const shown = { relevant, value: null, missing, required, problems: problems === NONE_WRONG ? [] : [...problems] };
    const place = this.key(frame);
    const raw = live.answers[place];
    if (value !== null) {
      shown.value = this.number && raw !== undefined ? raw : this.plain(value);
      if (raw === undefined) shown.defaulted = true;
    } else if (raw !== undefined) {
      if (relevant && live.unreadable.has(place)) shown.value = raw;
      else shown.kept = true;
    }
    if (Array.isArray(this.item.read_only)) shown.read_only = readOnly;
    if (this.offers !== null) shown.choices = relevant ? [...frame.offered.get(slot)] : [];
    return shown;
  }
}

// A calculation: always evaluated.
export class CalculationCell extends Cell {
  constructor(item, section, slot) {
    super(section.inside, slot, "questions");
    Object.assign(this, { item, section, answerType: item.type, value: () => null });
  }

  run(live, frame) {
    const { root } = live;
    const { slot } = this;
    root[OVERFLOW] = false;
    const value = this.value(root, frame.values);
    const verdict = root[OVERFLOW] ? OUT_OF_RANGE : FINE;
    if (verdict !== frame.verdicts[slot]) {
      live.count(this.section, 0, root[OVERFLOW] ? 1 : -1);
      frame.verdicts[slot] = verdict;
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
    return { relevant: true, value: plain, missing: false, required: false, problems: [...frame.verdicts[this.slot].problems] };
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
    return this.hold(live, frame, divide(points(right) * 100n, points(relevant)));
  }
}

function same(one, other) {
  if (one === other) return true;
  if (one === null || other === null || typeof one !== "object" || typeof other !== "object") return false;
  if (!Array.isArray(one)) return canonical(one) === canonical(other);
  return one.length === other.length && one.every((name, at) => name === other[at]);
}
