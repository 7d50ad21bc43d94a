// A state kept alive: each event changes it in place, computes only what hangs on the change, and gives a patch of the
// view; the twin of runtime/engine/live.py. Marked cells run in the order of their ranks, each at most once a frame, and
// mark their readers only if what those read changed.

import { Frame } from "./cells.mjs";
import { decide } from "./commands.mjs";
import { canonicalNumber } from "./decimals.mjs";
import { SCORE, TODAY } from "./evaluate.mjs";
import { change, fold } from "./events.mjs";
import { Ranks } from "./ranks.mjs";
import { copied, entriesOf, find } from "./state.mjs";

export function advance(definition, state, command, today) {
  const event = decide(definition.program, state, command, () => new Live(definition, state, today));
  return [event.event === "refused" ? state : fold(definition, state, event), [event]];
}

export class Live {
  constructor(definition, state, today) {
    this.program = definition.program;
    this.state = copied(state);
    this.language = state.language;
    this.answers = this.state.answers;
    this.unreadable = new Set(state.unreadable);
    this.counts = definition.sections.map(() => [0, 0]); // missing and problems
    this.missing = 0;
    this.problems = 0;
    this.frames = this.#frames();
    this.root = this.frames[0][0].values;
    this.root[TODAY] = today;
    this.ranks = new Ranks();
    this.pending = new Map(); // rank -> frames
    this.#forget();
    for (const cell of this.program.cells) for (const frame of this.frames[cell.scope]) cell.run(this, frame);
    this.#forget();
    this.path = this.#path();
  }

  // The frames of each scope.
  #frames() {
    const frames = [[new Frame(this.program.sizes[0])]];
    for (const [name, section] of this.program.sections) {
      if (section.entries) frames.push(entriesOf(this.state, name).map((entry) => this.#frame(section, entry)));
    }
    return frames;
  }

  #frame(section, entry) {
    return new Frame(this.program.sizes[section.inside], `${section.section.name}/${entry}/`, `${entry}/`);
  }

  get clear() {
    return this.missing === 0 && this.problems === 0;
  }

  relevant(section) {
    return this.root[this.program.sections.get(section).slot];
  }

  fits(outcome) {
    return this.root[outcome.slot];
  }

  // Do what is asked for: the events that say so, and what they change in the view.
  advance(command) {
    const event = decide(this.program, this.state, command, () => this);
    return [[event], event.event === "refused" ? {} : this.follow([event])];
  }

  // Take in what happened: what it changes in the view.
  follow(events) {
    for (const event of events) {
      change(this.program, this.state, event);
      MARKS.get(event.event)?.(this, event);
    }
    this.#drain();
    return this.#patch();
  }

  // All that a screen needs, in reading order.
  view() {
    const shown = { questions: {}, items: {}, sections: {}, outcomes: {}, texts: {} };
    for (const [name, section] of this.program.sections) {
      shown.sections[name] = section.shown(this);
      for (const frame of this.frames[section.inside]) {
        for (const cell of section.values) shown.questions[cell.key(frame)] = cell.shown(this, frame);
      }
    }
    for (const cell of this.program.painted) {
      if (!cell.part) continue;
      for (const frame of this.frames[cell.scope]) shown[cell.part][cell.key(frame)] = cell.shown(this, frame);
    }
    return { ...shown, ...this.path, missing: this.missing, problems: this.problems, score: this.#score() };
  }

  // What cells tell while they run

  touch(cell, frame) {
    const frames = this.touched.get(cell);
    if (frames) frames.add(frame);
    else this.touched.set(cell, new Set([frame]));
  }

  count(section, missing, problems) {
    const counts = this.counts[section.at];
    counts[0] += missing;
    counts[1] += problems;
    this.missing += missing;
    this.problems += problems;
    this.turned.add(section);
  }

  // Marking and running

  mark(cell, frames) {
    const pending = this.pending.get(cell.rank);
    if (pending) {
      for (const frame of frames) pending.add(frame);
    } else {
      this.pending.set(cell.rank, new Set(frames));
      this.ranks.push(cell.rank);
    }
  }

  #drain() {
    for (let rank = this.ranks.pop(); rank !== undefined; rank = this.ranks.pop()) {
      const cell = this.program.cells[rank];
      const frames = this.pending.get(rank);
      this.pending.delete(rank);
      for (const frame of frames) {
        if (!cell.run(this, frame)) continue;
        for (const [reader, same] of cell.readers) this.mark(reader, same ? [frame] : this.frames[reader.scope]);
      }
    }
  }

  // What events mark

  answered({ place }) {
    const found = find(this.program, place);
    if (!found || found.cell.item.kind !== "question") return;
    const { cell, entry } = found;
    let frames = this.frames[cell.scope];
    if (cell.scope) frames = frames.filter((frame) => frame.scope === `${entry}/`);
    if (this.state.unreadable.includes(place)) this.unreadable.add(place);
    else this.unreadable.delete(place);
    for (const frame of frames) this.touch(cell, frame);
    this.mark(cell, frames);
    this.mark(this.program.problems.get(cell), frames);
  }

  entered({ repeat }) {
    const section = this.program.sections.get(repeat);
    if (!section?.entries) return;
    const before = new Map(this.frames[section.inside].map((frame) => [frame.scope, frame]));
    this.frames[section.inside] = entriesOf(this.state, repeat).map((entry) => {
      const frame = before.get(`${entry}/`) ?? this.#begun(section, entry);
      before.delete(`${entry}/`);
      return frame;
    });
    for (const frame of before.values()) this.#end(section, frame);
    this.mark(section.entries, this.frames[0]);
  }

  #begun(section, entry) {
    const frame = this.#frame(section, entry);
    for (const cell of this.program.within[section.inside]) {
      this.mark(cell, [frame]);
      this.touch(cell, frame);
    }
    return frame;
  }

  #end(section, frame) {
    for (const cell of this.program.within[section.inside]) {
      if (cell.part) this.gone.push([cell.part, cell.key(frame)]);
      this.touched.get(cell)?.delete(frame);
      this.pending.get(cell.rank)?.delete(frame);
    }
    const missing = frame.missing.filter(Boolean).length;
    this.count(section, -missing, -frame.problems.reduce((sum, problems) => sum + problems.length, 0));
    this.unreadable = new Set(this.state.unreadable);
  }

  // The language may have changed: whatever is said is said anew.
  spoken() {
    this.language = this.state.language;
    for (const cell of this.program.painted) if (cell.says) this.mark(cell, this.frames[cell.scope]);
  }

  // What changed, for the screen

  // What changes from here on is what the next patch tells.
  #forget() {
    this.touched = new Map();
    this.turned = new Set();
    this.gone = [];
    this.rerouted = false;
    this.told = { missing: this.missing, problems: this.problems, score: this.root[SCORE], clear: this.clear };
  }

  #patch() {
    const patch = {};
    const tell = (part, key, shown) => ((patch[part] ??= {})[key] = shown);
    for (const [part, key] of this.gone) tell(part, key, null);
    for (const [cell, frames] of this.touched) {
      if (cell.part) for (const frame of frames) tell(cell.part, cell.key(frame), cell.shown(this, frame));
    }
    for (const section of this.turned) tell("sections", section.section.name, section.shown(this));
    this.#totals(patch, tell);
    this.#forget();
    return patch;
  }

  #totals(patch, tell) {
    if (this.rerouted) {
      const before = this.path;
      this.path = this.#path();
      for (const [key, now] of Object.entries(this.path)) if (String(now) !== String(before[key])) patch[key] = now;
    }
    if (this.missing !== this.told.missing) patch.missing = this.missing;
    if (this.problems !== this.told.problems) patch.problems = this.problems;
    if (this.root[SCORE] !== this.told.score) patch.score = this.#score();
    if (this.clear !== this.told.clear) {
      for (const cell of this.program.outcomes) tell("outcomes", cell.outcome.name, cell.shown(this));
    }
  }

  #score() {
    const score = this.root[SCORE];
    return score === null ? null : canonicalNumber(score);
  }

  // The relevant sections in order, with the one after and the one before the current section.
  #path() {
    const here = this.program.sections.get(this.state.section)?.at ?? -1;
    const shown = [...this.program.sections.values()].filter((section) => this.root[section.slot]);
    return {
      path: shown.map((cell) => cell.section.name),
      next: shown.find((cell) => cell.at > here)?.section.name ?? null,
      previous: shown.findLast((cell) => cell.at < here)?.section.name ?? null,
    };
  }
}

const MARKS = new Map([
  ["answered", (live, event) => live.answered(event)],
  ["cleared", (live, event) => live.answered(event)],
  ["entry_added", (live, event) => live.entered(event)],
  ["entry_removed", (live, event) => live.entered(event)],
  ["section_opened", (live) => (live.rerouted = true)],
  ["language_set", (live) => live.spoken()],
]);
