// Full evaluation: every cell once, in the program's order. What is hidden, unreadable or not answered is Missing.

import { divide, total } from "./decimals.mjs";
import { OVERFLOW, SCORE, TODAY, typed } from "./evaluate.mjs";
import { entriesOf } from "./state.mjs";

function frame(prefix, size) {
  return { prefix, values: new Array(size).fill(null), relevant: new Array(size).fill(false), faulty: new Set() };
}

export class Solution {
  constructor(program, state, today) {
    this.program = program;
    this.answers = state.answers;
    this.unreadable = new Set(state.unreadable);
    this.root = frame("", program.size);
    this.root.values[TODAY] = today;
    this.relevant = new Map();
    this.frames = new Map();
    for (const [name, cell] of program.sections) {
      const entries = () => entriesOf(state, name).map((entry) => frame(`${name}/${entry}/`, cell.size));
      this.frames.set(name, cell.entries === null ? [this.root] : entries());
    }
    for (const step of program.steps) this.run(step);
  }

  run({ kind, cell }) {
    if (kind === "score") this.score();
    else if (kind === "section") this.section(cell);
    else if (cell.kind === "question") this.question(cell);
    else this.calculation(cell);
  }

  section(cell) {
    const root = this.root.values;
    const { name } = cell.section;
    const relevant = cell.relevance === null || cell.relevance(root, root) === true;
    this.relevant.set(name, relevant);
    if (cell.entries !== null) root[cell.entries] = relevant ? this.frames.get(name).map((one) => one.values) : [];
  }

  question(cell) {
    const { name } = cell.section.section;
    if (!this.relevant.get(name)) return;
    const root = this.root.values;
    for (const one of this.frames.get(name)) {
      if (cell.relevance !== null && cell.relevance(root, one.values) !== true) continue;
      one.relevant[cell.slot] = true;
      const place = one.prefix + cell.item.name;
      if (!Object.hasOwn(this.answers, place) || this.unreadable.has(place)) continue;
      one.values[cell.slot] = typed(cell.answerType, this.answers[place]);
    }
  }

  calculation(cell) {
    const root = this.root.values;
    for (const one of this.frames.get(cell.section.section.name)) {
      root[OVERFLOW] = false;
      one.values[cell.slot] = cell.value(root, one.values);
      if (root[OVERFLOW]) one.faulty.add(cell.slot);
    }
  }

  score() {
    const relevant = this.program.scored.filter((cell) => this.root.relevant[cell.slot]);
    const right = relevant.filter((cell) => same(this.root.values[cell.slot], cell.right));
    const points = (cells) => total(cells.map((cell) => cell.points));
    this.root.values[SCORE] = divide(points(right) * 100n, points(relevant));
  }
}

function same(value, right) {
  if (!Array.isArray(right)) return value === right;
  return value !== null && value.length === right.length && right.every((name, at) => name === value[at]);
}
