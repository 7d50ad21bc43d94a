// Frames: where values lie while a state is evaluated; one for the root, one for each entry. The twin of runtime/engine/frames.py.
// A verdict is what is said of an answer: {required, missing, readOnly, problems}.

import { PARENT, PREVIOUS } from "./evaluate.mjs";

export const NONE_WRONG = Object.freeze([]);
export const FINE = Object.freeze({ required: false, missing: false, readOnly: false, problems: NONE_WRONG });

// How many problems stand in the way of an end; a warning that was overridden does not.
export function blocking({ problems }) {
  return problems === NONE_WRONG ? 0 : problems.filter((problem) => problem.overridden === undefined).length;
}

export class Frame {
  constructor(size, scope = 0) {
    Object.assign(this, { scope, parent: null, prefix: "", keys: "" });
    this.values = new Array(size).fill(null);
    this.relevant = new Array(size).fill(false);
    this.verdicts = new Array(size).fill(FINE);
    this.offered = new Map(); // slot -> names of choices
    this.entries = new Map(); // scope -> frames
  }

  static ofEntry(size, scope, parent, repeat, entry) {
    const made = new Frame(size, scope);
    made.parent = parent;
    made.prefix = `${parent.prefix}${repeat}/${entry}/`;
    made.keys = `${parent.keys}${entry}/`;
    made.values[PARENT] = parent.values;
    return made;
  }

  // The frame of an enclosing scope.
  above(scope) {
    let frame = this;
    while (frame.scope !== scope && frame.parent) frame = frame.parent;
    return frame;
  }

  // Tell each entry of a repeat which one is before it.
  order(scope) {
    let before = null;
    for (const { values } of this.entries.get(scope)) {
      values[PREVIOUS] = before;
      before = values;
    }
  }
}
