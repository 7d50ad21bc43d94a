// Frames: where values lie while a state is evaluated; one for the root, one for each entry. The twin of runtime/engine/frames.py.
// A verdict is what is said of an answer: {required, missing, readOnly, problems}.

import { PARENT, PREVIOUS } from "./evaluate.mjs";

export const NONE_WRONG = Object.freeze([]);
// The verdicts on answers with which nothing is wrong, each once.
const PLAIN = Array.from({ length: 8 }, (_, bits) =>
  Object.freeze({ required: (bits & 1) > 0, missing: (bits & 2) > 0, readOnly: (bits & 4) > 0, problems: NONE_WRONG }),
);
export const FINE = PLAIN[0];

export function verdictOf(required, missing, readOnly, problems) {
  if (problems !== NONE_WRONG) return { required, missing, readOnly, problems };
  return PLAIN[(required ? 1 : 0) + (missing ? 2 : 0) + (readOnly ? 4 : 0)];
}

// How many problems stand in the way of an end; a warning that was overridden does not.
export function blocking({ problems }) {
  return problems === NONE_WRONG ? 0 : problems.filter((problem) => problem.overridden === undefined).length;
}

export class Frame {
  constructor({ names, within }, scope) {
    const size = names.sizes[scope];
    this.scope = scope;
    this.parent = null;
    this.prefix = "";
    this.keys = "";
    this.gone = false;
    this.places = new Array(size).fill(""); // of answers, once they are asked for
    // What waits to be run and to be told, by the cells' places in the scope.
    this.marked = new Uint8Array(within[scope].length);
    this.touched = new Uint8Array(within[scope].length);
    this.values = new Array(size).fill(null);
    this.relevant = new Array(size).fill(false);
    this.verdicts = new Array(size).fill(FINE);
    this.offered = new Map(); // slot -> names of choices
    this.entries = new Map(); // scope -> frames
  }

  static ofEntry(program, scope, parent, repeat, entry) {
    const made = new Frame(program, scope);
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
