// Lets the tests ask ODK's engine: a form and events in, what it shows after each of them out; one line of JSON each.

import { createInterface } from "node:readline";
import { give, loader, reference, within } from "./xforms.mjs";

const load = await loader();

class Play {
  constructor(root, paths) {
    this.root = root;
    this.paths = paths;
    this.entries = new Map(); // place of a repeat -> the names of its entries, in the order of the nodes
    this.look();
  }

  look() {
    this.nodes = new Map([...within(this.root)].map((node) => [node.currentState.reference, node]));
  }

  node(place) {
    const position = (repeat, entry) => this.entries.get(repeat).indexOf(entry) + 1;
    return this.nodes.get(reference(this.paths, place, position));
  }

  // Entries come and go as they did in ours; a form begins a repeat with one at least.
  follow(place, wanted) {
    const range = this.node(place);
    const known = this.entries.get(place) ?? range.currentState.children.map((_, at) => wanted[at] ?? `extra ${at}`);
    this.entries.set(place, known);
    for (const entry of known.filter((each) => !wanted.includes(each))) {
      range.removeInstances(known.indexOf(entry));
      known.splice(known.indexOf(entry), 1);
      for (const inner of this.entries.keys()) if (inner.startsWith(`${place}/${entry}/`)) this.entries.delete(inner);
    }
    for (const entry of wanted.filter((each) => !known.includes(each))) {
      range.addInstances();
      known.push(entry);
    }
    this.look();
  }

  step({ events, entries, places }) {
    for (const { place, value } of events) give(this.node(place), value ?? null);
    for (const [place, wanted] of entries) this.follow(place, wanted);
    return Object.fromEntries(places.map((place) => [place, state(this.node(place))]));
  }
}

function state(node) {
  const { relevant, value, required, readonly } = node.currentState;
  const broken = node.validationState.violation?.condition;
  const wrong = broken === "constraint";
  return { relevant, value: plain(value), required, read_only: readonly, missing: broken === "required", wrong };
}

function plain(value) {
  if (value === null || value === "") return null;
  return Array.isArray(value) ? value : String(value);
}

const verbs = {
  async play({ xml, paths, steps }) {
    const play = new Play(await load(xml), paths);
    return steps.map((step) => play.step(step));
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    const { verb, ...question } = JSON.parse(line);
    answer = { answer: await verbs[verb](question) };
  } catch (fault) {
    answer = { fault: String(fault?.stack ?? fault) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
