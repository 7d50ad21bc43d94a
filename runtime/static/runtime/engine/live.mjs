// A state kept alive: each event changes it in place, computes only what hangs on the change, and gives a patch of the
// view; the twin of runtime/engine/live.py. Marked cells run in the order of their ranks, each at most once a frame, and
// mark their readers only if what those read changed.

import { SAME } from "./cells.mjs";
import { decide } from "./commands.mjs";
import { canonicalNumber } from "./decimals.mjs";
import { SCORE, TODAY } from "./evaluate.mjs";
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
    this.counts = definition.sections.map(() => [0, 0]); // missing and problems
    this.missing = 0;
    this.problems = 0;
    this.ranks = new Ranks();
    this.pending = new Map(); // rank -> frames
    this.running = false;
    const { sizes } = this.program.names;
    const first = new Frame(sizes[0]);
    this.root = first.values;
    this.root[TODAY] = today;
    this.frames = sizes.map((_, scope) => (scope === 0 ? [first] : []));
    this.at = new Map([["", first]]); // prefix -> frame
    this.#forget();
    this.#furnish(first);
    for (const cell of this.program.cells) for (const frame of this.frames[cell.scope]) cell.run(this, frame);
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

  relevant(section) {
    return this.root[this.program.sections.get(section).slot];
  }

  fits(outcome) {
    return this.root[outcome.slot];
  }

  verdict(place) {
    const found = this.#frameOf(place);
    return found ? found.frame.verdicts[found.cell.slot] : FINE;
  }

  // The question that a place names, and the frame of its entry if that is there.
  #frameOf(place) {
    const found = find(this.program, place);
    if (!found || found.cell.item.kind !== "question") return null;
    const frame = this.at.get(place.slice(0, place.length - found.cell.item.name.length));
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
      MARKS.get(event.event)?.(this, event);
    }
    this.#drain();
    return this.#patch();
  }

  // All that a screen needs, in reading order.
  view() {
    const shown = { questions: {}, items: {}, sections: {}, outcomes: {}, texts: {} };
    for (const [name, section] of this.program.sections) {
      if (!section.scope) shown.sections[name] = section.shown(this, this.frames[0][0]);
      else for (const frame of this.frames[section.scope]) shown.items[section.key(frame)] = section.shown(this, frame);
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
    const { step } = section;
    const counts = this.counts[step.at];
    counts[0] += missing;
    counts[1] += problems;
    this.missing += missing;
    this.problems += problems;
    this.turned.add(step);
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
      else begun.push(Frame.ofEntry(this.program.names.sizes[inside], inside, frame, section.section.name, entry));
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
    this.frames[scope] = this.frames[this.program.names.around[scope]].flatMap((frame) => frame.entries.get(scope) ?? []);
  }

  #begin(frame) {
    this.at.set(frame.prefix, frame);
    this.#furnish(frame);
    if (!this.running) return;
    for (const cell of this.program.within[frame.scope]) {
      this.mark(cell, [frame]);
      this.touch(cell, frame);
    }
  }

  #end(frame) {
    this.at.delete(frame.prefix);
    for (const [scope, entries] of frame.entries) {
      for (const entry of entries) this.#end(entry);
      frame.entries.set(scope, []);
      this.#lineUp(scope);
    }
    for (const cell of this.program.within[frame.scope]) {
      if (cell.part) this.gone.push([cell.part, cell.key(frame)]);
      this.touched.get(cell)?.delete(frame);
      this.pending.get(cell.rank)?.delete(frame);
    }
    const missing = frame.verdicts.filter((verdict) => verdict.missing).length;
    const problems = frame.verdicts.reduce((sum, verdict) => sum + blocking(verdict), 0);
    this.count(this.program.names.repeats[frame.scope], -missing, -problems);
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
        for (const [reader, meeting] of cell.readers) this.mark(reader, this.#readIn(reader, frame, meeting));
      }
    }
  }

  // The frames in which a reader reads this frame: all under the one where both meet.
  #readIn(reader, frame, meeting) {
    if (meeting === SAME) return [frame];
    if (meeting === 0) return this.frames[reader.scope];
    const above = frame.above(meeting);
    if (reader.scope === meeting) return [above];
    return this.frames[reader.scope].filter((one) => one.prefix.startsWith(above.prefix));
  }

  // What events mark

  // An answer came, went, changed, or had its warnings set aside.
  answered({ place }) {
    const found = this.#frameOf(place);
    if (!found) return;
    const { cell, frame } = found;
    if (this.state.unreadable.includes(place)) this.unreadable.add(place);
    else this.unreadable.delete(place);
    this.touch(cell, frame);
    this.mark(cell, [frame]);
    this.mark(this.program.verdicts.get(cell), [frame]);
  }

  // Entries of a repeat came, went or moved.
  entered({ repeat }) {
    const section = findRepeat(this.program, repeat)?.cell;
    if (!section || section.entries.count !== null) return;
    const frame = this.at.get(repeat.slice(0, repeat.length - section.section.name.length));
    if (!frame) return;
    this.unreadable = new Set(this.state.unreadable);
    this.enter(section, frame, entriesOf(this.state, section, repeat));
    this.mark(section.entries, [frame]);
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
    for (const section of this.turned) tell("sections", section.section.name, section.shown(this, this.frames[0][0]));
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

  // The relevant sections in order, with the one after and the one before the current section. From a side section both lead
  // back to where it was opened.
  #path() {
    const { section, left } = this.state;
    const here = this.program.sections.get(section)?.at ?? -1;
    const on = [...this.program.sections.values()].filter((cell) => !cell.scope && !cell.section.side && this.root[cell.slot]);
    const path = on.map((cell) => cell.section.name);
    if (left !== null) return { path, next: left, previous: left };
    const next = on.find((cell) => cell.at > here)?.section.name ?? null;
    return { path, next, previous: on.findLast((cell) => cell.at < here)?.section.name ?? null };
  }
}

const MARKS = new Map([
  ["answered", (live, event) => live.answered(event)],
  ["cleared", (live, event) => live.answered(event)],
  ["entry_added", (live, event) => live.entered(event)],
  ["overridden", (live, event) => live.answered(event)],
  ["entry_moved", (live, event) => live.entered(event)],
  ["entry_removed", (live, event) => live.entered(event)],
  ["section_opened", (live) => (live.rerouted = true)],
  ["language_set", (live) => live.spoken()],
]);
