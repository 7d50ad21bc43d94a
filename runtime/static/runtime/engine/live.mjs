// A state kept alive; the twin of runtime/engine/live.py, which says how.

import { SAME } from "./cells.mjs";
import { decide } from "./commands.mjs";
import { canonicalNumber } from "./decimals.mjs";
import { RUN, SCORE, TODAY } from "./evaluate.mjs";
import { change, fold } from "./events.mjs";
import { FINE, Frame, blocking } from "./frames.mjs";
import { Ranks } from "./ranks.mjs";
import { copied, entriesOf, find, findRepeat } from "./state.mjs";

export function advance(definition, state, command, today) {
  const event = decide(definition.program, state, command, () => new Live(definition, state, today));
  return [event.event === "refused" ? state : fold(definition, state, event), [event]];
}

// More entries than these in one record are kept, and not evaluated: what reads all of them in each of them must end soon.
const MOST_ENTRIES = 1_000;

export class Live {
  constructor(definition, state, today) {
    this.program = definition.program;
    this.state = copied(state);
    this.language = state.language;
    this.answers = this.state.answers;
    this.overridden = this.state.overridden;
    this.unreadable = new Set(state.unreadable);
    this.counts = definition.sections.map(() => ({ missing: 0, problems: 0 }));
    this.missing = 0;
    this.problems = 0;
    this.ranks = new Ranks();
    this.pending = new Array(this.program.cells.length).fill(null); // by rank: the frames in which a cell is to be run
    this.running = false;
    this.spread = new Set();
    const { sizes } = this.program.names;
    const first = new Frame(this.program, 0);
    this.root = first.values;
    this.root[TODAY] = today;
    this.frames = sizes.map((_, scope) => (scope === 0 ? [first] : []));
    this.at = new Map([["", first]]); // prefix -> frame
    this.#forget();
    this.#furnish(first);
    for (const cell of this.program.cells) {
      this.root[RUN] = {};
      for (const frame of this.frames[cell.scope]) cell.run(this, frame);
    }
    this.running = true;
    this.#forget();
    this.path = this.#path();
  }

  // Give a new frame those of the entries in it.
  #furnish(frame) {
    for (const section of this.program.sections.values()) {
      if (!section.entries || section.scope !== frame.scope) continue;
      frame.entries.set(section.inside, []);
      this.enter(section, frame, entriesOf(this.state, section, frame.prefix + section.section.name));
    }
  }

  get clear() {
    return this.missing === 0 && this.problems === 0;
  }

  verdict(place) {
    const found = this.#frameOf(place);
    return found ? found.frame.verdicts[found.cell.slot] : FINE;
  }

  // The question that a place names, and the frame of its entry if that is there.
  #frameOf(place) {
    const found = find(this.program, place);
    if (!found || found.cell.item.kind !== "question") return null;
    const frame = this.at.get(found.prefix);
    return frame ? { cell: found.cell, frame } : null;
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
      this[MARKS.get(event.event)]?.(event);
    }
    this.#drain();
    return this.#patch();
  }

  // All that a screen needs, in reading order.
  view() {
    const shown = { questions: {}, items: {}, sections: {}, outcomes: {}, texts: {} };
    const show = (cell, frame) => cell.part && tell(shown, cell.part, cell.key(frame), cell.shown(this, frame));
    for (const section of this.program.sections.values()) {
      for (const frame of this.frames[section.scope]) show(section, frame);
      for (const frame of this.frames[section.inside]) for (const cell of section.values) show(cell, frame);
    }
    for (const cell of this.program.painted) for (const frame of this.frames[cell.scope]) show(cell, frame);
    return { ...shown, ...this.path, missing: this.missing, problems: this.problems, score: this.#score() };
  }

  touch(cell, frame) {
    if (!this.running || frame.touched[cell.at]) return;
    frame.touched[cell.at] = 1;
    this.touched.push({ cell, frame });
  }

  count(section, missing, problems) {
    const { step } = section;
    const counts = this.counts[step.number];
    counts.missing += missing;
    counts.problems += problems;
    this.missing += missing;
    this.problems += problems;
    this.touch(step, this.frames[0][0]);
  }

  // The entries that a repeat has now: frames for new ones, those of gone ones are forgotten.
  enter(section, frame, entries) {
    const { inside } = section;
    const known = frame.entries.get(inside);
    const before = new Map(known.map((entry) => [entry.keys, entry]));
    const begun = [];
    const after = [];
    for (const entry of entries) {
      const kept = before.get(`${frame.keys}${entry}/`);
      if (kept) before.delete(kept.keys);
      else if (this.at.size + begun.length > MOST_ENTRIES) continue;
      else begun.push(Frame.ofEntry(this.program, inside, frame, section.section.name, entry));
      after.push(kept ?? begun.at(-1));
    }
    if (!begun.length && !before.size && after.every((entry, at) => entry === known[at])) return;
    frame.entries.set(inside, after);
    for (const gone of before.values()) this.#end(gone);
    this.#lineUp(inside);
    for (const entry of begun) this.#begin(entry);
  }

  // All frames of a scope, in order.
  #lineUp(scope) {
    this.frames[scope] = this.#under(this.frames[0][0], scope);
  }

  #under(frame, scope) {
    if (frame.scope === scope) return [frame];
    return this.#under(frame, this.program.names.around[scope]).flatMap((one) => one.entries.get(scope) ?? []);
  }

  #begin(frame) {
    this.at.set(frame.prefix, frame);
    this.#furnish(frame);
    if (!this.running) return;
    for (const cell of this.program.within[frame.scope]) {
      this.mark(cell, frame);
      this.touch(cell, frame);
    }
  }

  #end(frame) {
    frame.gone = true;
    this.at.delete(frame.prefix);
    for (const [scope, entries] of frame.entries) {
      for (const entry of entries) this.#end(entry);
      frame.entries.set(scope, []);
      this.#lineUp(scope);
    }
    for (const cell of this.program.within[frame.scope]) {
      if (cell.part) this.gone.push({ part: cell.part, key: cell.key(frame) });
    }
    const missing = frame.verdicts.filter((verdict) => verdict.missing).length;
    const problems = frame.verdicts.reduce((sum, verdict) => sum + blocking(verdict), 0);
    this.count(this.program.names.repeats[frame.scope], -missing, -problems);
  }

  mark(cell, frame) {
    if (frame.marked[cell.at]) return;
    frame.marked[cell.at] = 1;
    const { rank } = cell;
    const pending = this.pending[rank];
    if (pending !== null) {
      pending.push(frame);
    } else {
      this.pending[rank] = [frame];
      this.ranks.push(rank);
    }
  }

  #drain() {
    for (let rank = this.ranks.pop(); rank !== undefined; rank = this.ranks.pop()) {
      const cell = this.program.cells[rank];
      const frames = this.pending[rank];
      this.pending[rank] = null;
      this.root[RUN] = frames;
      this.spread.clear();
      for (const frame of frames) this.#run(cell, frame, cell.readers);
    }
  }

  #run(cell, frame, readers) {
    frame.marked[cell.at] = 0;
    if (frame.gone || !cell.run(this, frame)) return;
    for (let at = 0; at < readers.length; at += 1) {
      const { reader, meeting } = readers[at];
      if (meeting === SAME) this.mark(reader, frame);
      else this.#tell(reader, frame.above(meeting));
    }
  }

  // Mark a reader in all frames under one, once.
  #tell(reader, above) {
    const both = reader.rank + above.prefix;
    if (this.spread.has(both)) return;
    this.spread.add(both);
    for (const one of this.#under(above, reader.scope)) this.mark(reader, one);
  }

  // An answer came, went, changed, or had its warnings set aside.
  answered({ place }) {
    const found = this.#frameOf(place);
    if (!found) return;
    const { cell, frame } = found;
    const was = this.unreadable.delete(place);
    const is = this.state.unreadable.includes(place);
    if (is) this.unreadable.add(place);
    this.touch(cell, frame);
    this.mark(cell, frame);
    if (was || is || cell.verdict.warns) this.mark(cell.verdict, frame);
  }

  // Entries of a repeat came, went or moved.
  entered({ repeat }) {
    const section = findRepeat(this.program, repeat)?.cell;
    if (!section || section.entries.count !== null) return;
    const frame = this.at.get(repeat.slice(0, repeat.length - section.section.name.length));
    if (!frame) return;
    this.unreadable = new Set(this.state.unreadable);
    this.enter(section, frame, entriesOf(this.state, section, repeat));
    this.mark(section.entries, frame);
  }

  opened() {
    this.rerouted = true;
  }

  // The language may have changed: whatever is said is said anew.
  spoken() {
    this.language = this.state.language;
    for (const cell of this.program.painted) {
      if (cell.says) for (const frame of this.frames[cell.scope]) this.mark(cell, frame);
    }
  }

  // What changes from here on is what the next patch tells.
  #forget() {
    this.touched = [];
    this.gone = [];
    this.rerouted = false;
    this.told = { missing: this.missing, problems: this.problems, score: this.root[SCORE], clear: this.clear };
  }

  #patch() {
    const patch = {};
    for (const { part, key } of this.gone) tell(patch, part, key, null);
    const { touched } = this;
    for (let at = 0; at < touched.length; at += 1) {
      const { cell, frame } = touched[at];
      frame.touched[cell.at] = 0;
      if (cell.part && !frame.gone) tell(patch, cell.part, cell.key(frame), cell.shown(this, frame));
    }
    this.#totals(patch);
    this.#forget();
    return patch;
  }

  #totals(patch) {
    if (this.rerouted) {
      const before = this.path;
      this.path = this.#path();
      for (const [key, now] of Object.entries(this.path)) if (String(now) !== String(before[key])) patch[key] = now;
    }
    if (this.missing !== this.told.missing) patch.missing = this.missing;
    if (this.problems !== this.told.problems) patch.problems = this.problems;
    if (this.root[SCORE] !== this.told.score) patch.score = this.#score();
    if (this.clear !== this.told.clear) {
      for (const cell of this.program.outcomes) tell(patch, "outcomes", cell.outcome.name, cell.shown(this));
    }
  }

  #score() {
    const score = this.root[SCORE];
    return score === null ? null : canonicalNumber(score);
  }

  // The relevant sections in order, with the one after and the one before the current section. From a side section both lead
  // back to where it was opened.
  #path() {
    const { section, left } = this.state;
    const here = this.program.sections.get(section)?.number ?? -1;
    const on = [...this.program.sections.values()].filter((cell) => !cell.scope && !cell.section.side && this.root[cell.slot]);
    const path = on.map((cell) => cell.section.name);
    if (left !== null) return { path, next: left, previous: left };
    const next = on.find((cell) => cell.number > here)?.section.name ?? null;
    return { path, next, previous: on.findLast((cell) => cell.number < here)?.section.name ?? null };
  }
}

function tell(patch, part, key, shown) {
  if (patch[part] === undefined) patch[part] = {};
  patch[part][key] = shown;
}

// The method that marks what an event changes.
const MARKS = new Map([
  ["answered", "answered"],
  ["cleared", "answered"],
  ["overridden", "answered"],
  ["entry_added", "entered"],
  ["entry_moved", "entered"],
  ["entry_removed", "entered"],
  ["section_opened", "opened"],
  ["language_set", "spoken"],
]);
