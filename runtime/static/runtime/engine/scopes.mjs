// Where names live: the root's slots, or those of a repeat's entries; what a compiled expression sees from there. The twin
// of runtime/engine/scopes.py.

import { FIRST_OF_ENTRY, FIRST_SLOT, ROOT } from "./evaluate.mjs";
import { typeOf } from "./types.mjs";

// The cells that can be read, by name; of each scope how many slots it has, the one around it, and its repeat.
export class Names {
  constructor() {
    this.sections = new Map();
    this.values = new Map();
    this.sizes = [FIRST_SLOT];
    this.around = [ROOT];
    this.repeats = [null];
    this.ways = []; // what inwards found
  }

  slot(scope) {
    this.sizes[scope] += 1;
    return this.sizes[scope] - 1;
  }

  scope(repeat) {
    this.around.push(repeat.scope);
    this.repeats.push(repeat);
    return this.sizes.push(FIRST_OF_ENTRY) - 1;
  }

  // The scope and all around it, the root last.
  outwards(scope) {
    const found = [scope];
    for (let at = scope; at > 0; found.push(at)) at = this.around[at];
    return found;
  }

  // The repeats around a scope, the outermost first.
  inwards(scope) {
    this.ways[scope] ??= this.outwards(scope).slice(0, -1).map((one) => this.repeats[one]).reverse();
    return this.ways[scope];
  }

  // The innermost scope around both.
  common(one, other) {
    const around = this.outwards(one);
    return this.outwards(other).find((scope) => around.includes(scope));
  }
}

// What is seen from one scope. A way is [the steps out (ROOT: to the root), what follows].
export class Sight {
  constructor(names, scope) {
    Object.assign(this, { names, scope });
  }

  way(name) {
    const cell = this.names.values.get(name);
    const steps = cell ? this.#steps(cell.scope) : null;
    return steps === null ? null : [steps, cell.slot];
  }

  #steps(scope) {
    if (scope === 0) return this.scope === 0 ? 0 : ROOT;
    const at = this.names.outwards(this.scope).indexOf(scope);
    return at < 0 ? null : at;
  }

  // The kind of a part of a question's answers; undefined where there is none.
  partType(name, part) {
    const { type, settings } = this.names.values.get(name)?.item ?? {};
    return typeOf(type).parts?.(settings).find((one) => one.name === part)?.kind;
  }

  previous(name) {
    const cell = this.names.values.get(name);
    return cell && this.scope && cell.scope === this.scope ? cell.slot : null;
  }

  // The repeats that are gone through on the way in to a repeat's entries, the outermost first.
  through(repeat) {
    const section = this.names.sections.get(repeat);
    if (!section?.entries) return [];
    const start = this.names.common(section.scope, this.scope);
    const inwards = this.names.outwards(section.inside);
    return inwards.slice(0, inwards.indexOf(start)).map((scope) => this.names.repeats[scope]).reverse();
  }

  entries(repeat) {
    const through = this.through(repeat);
    const steps = through.length ? this.#steps(through[0].scope) : null;
    return steps === null ? null : [steps, through.map((cell) => cell.entries.slot)];
  }

  each(repeat, name) {
    const cell = this.names.values.get(name);
    const section = this.names.sections.get(repeat);
    return cell && section?.entries && cell.scope === section.inside ? cell.slot : null;
  }
}
