// Lets the tests ask ODK's engine: a form and events in, what it shows after each of them out; one line of JSON each.

import { createInterface } from "node:readline";
import { give, loader, within } from "./xforms.mjs";

const load = await loader();

class Play {
  constructor(root, { paths, entries }) {
    this.root = root;
    this.paths = paths;
    this.entries = entries; // repeat -> names of its entries, in order
    for (const [repeat, names] of Object.entries(entries)) {
      if (names.length === 0) this.nodes().get(paths[repeat]).removeInstances(0); // a form begins with one at least
    }
  }

  nodes() {
    return new Map([...within(this.root)].map((node) => [node.currentState.reference, node]));
  }

  reference(place) {
    const [repeat, entry, name] = place.split("/");
    if (name === undefined) return this.paths[place];
    const number = this.entries[repeat].indexOf(entry) + 1;
    return this.paths[`${repeat}/${name}`].replace(`/${repeat}/`, `/${repeat}[${number}]/`);
  }

  take({ event, place, value, repeat, entry }) {
    const nodes = this.nodes();
    if (event === "answered" || event === "cleared") {
      give(nodes.get(this.reference(place)), value ?? null);
    } else if (event === "entry_added") {
      this.entries[repeat].push(entry);
      nodes.get(this.paths[repeat]).addInstances();
    } else {
      const at = this.entries[repeat].indexOf(entry);
      this.entries[repeat].splice(at, 1);
      nodes.get(this.paths[repeat]).removeInstances(at);
    }
  }

  shown(places) {
    const nodes = this.nodes();
    return Object.fromEntries(places.map((place) => [place, state(nodes.get(this.reference(place)))]));
  }
}

function state(node) {
  const { relevant, value } = node.currentState;
  const broken = node.validationState.violation?.condition;
  return { relevant, value: plain(value), missing: broken === "required", wrong: broken === "constraint" };
}

function plain(value) {
  if (value === null || value === "") return null;
  return Array.isArray(value) ? value : String(value);
}

const verbs = {
  async play({ xml, paths, entries, steps }) {
    const play = new Play(await load(xml), { paths, entries });
    return steps.map(({ event, places }) => {
      if (event) play.take(event);
      return play.shown(places);
    });
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
