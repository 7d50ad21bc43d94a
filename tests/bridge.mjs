// Lets the tests speak to the browser's engine: one line of JSON in, one line of JSON out.

import { createInterface } from "node:readline";

// Another engine may be named: one with a fault planted in it.
const home = process.argv[2] ?? new URL("../runtime/static/runtime/engine", import.meta.url).pathname;
const { OPERATORS } = await import(`${home}/evaluate.mjs`);
const engine = await import(`${home}/index.mjs`);

const { stands, undoing } = await import(`${home}/undoing.mjs`);

const definitions = new Map();

async function definitionOf(text) {
  if (!definitions.has(text)) {
    if (definitions.size > 200) definitions.clear();
    await engine.fetchTypes(JSON.parse(text).sections.flatMap((section) => section.items));
    definitions.set(text, engine.load(text));
  }
  return definitions.get(text);
}

function assertSame(lived, fresh, command) {
  if (lived !== fresh) throw new Error(`after ${JSON.stringify(command)} alive:\n${lived}\nfresh:\n${fresh}`);
}

const verbs = {
  operators: () => OPERATORS,
  // Plays commands; gives the canonical state, events, view and patch after each. What a live state shows must be what a
  // fresh evaluation shows, and so must the view before it with its patch.
  async play({ definition, language, commands, today }) {
    const loaded = await definitionOf(definition);
    let state = engine.start(loaded, language);
    // Compiled for itself: what its program may keep of one step is not swept away by the fresh evaluation of the next.
    const live = new engine.Live(engine.load(definition), state, today);
    const shown = live.view();
    const seen = [[state, [], engine.view(loaded, state, today), {}].map(engine.canonical)];
    for (const command of commands) {
      let events;
      [state, events] = engine.advance(loaded, state, command, today);
      const [told, patch] = live.advance(command);
      engine.patch(shown, patch);
      const step = [state, events, engine.view(loaded, state, today), patch].map(engine.canonical);
      const lived = [live.state, told, shown].map(engine.canonical);
      lived.forEach((text, at) => assertSame(text, step[at], command));
      assertSame(engine.canonical(live.view()), step[2], command);
      seen.push(step);
    }
    return seen;
  },
  // What takes each event of a log back, and whether it stood right after it and at the end.
  async undo({ definition, language, events }) {
    const loaded = await definitionOf(definition);
    const before = [];
    let state = engine.start(loaded, language);
    for (const event of events) {
      before.push(state);
      state = engine.fold(loaded, state, event);
    }
    const after = [...before.slice(1), state];
    return events.map((event, at) => engine.canonical([undoing(loaded, before[at], event), stands(loaded, after[at], event), stands(loaded, state, event)]));
  },
  // Takes in events as they lie in a log; gives state, view and patch after each.
  async replay({ definition, language, events, today }) {
    const loaded = await definitionOf(definition);
    let state = engine.start(loaded, language);
    // Compiled for itself: what its program may keep of one step is not swept away by the fresh evaluation of the next.
    const live = new engine.Live(engine.load(definition), state, today);
    const shown = live.view();
    return events.map((event) => {
      state = engine.fold(loaded, state, event);
      const patch = live.follow([event]);
      engine.patch(shown, patch);
      const step = [state, engine.view(loaded, state, today), patch].map(engine.canonical);
      assertSame(engine.canonical(live.state), step[0], event);
      assertSame(engine.canonical(shown), step[1], event);
      return step;
    });
  },
  // The view of a state that anybody may have written, and that state after events; canonical.
  async look({ definition, state, events, today }) {
    const loaded = await definitionOf(definition);
    const after = engine.replay(loaded, state, events);
    const live = new engine.Live(loaded, state, today);
    const shown = live.view();
    engine.patch(shown, live.follow(events));
    const lived = [live.state, shown].map(engine.canonical);
    [after, engine.view(loaded, after, today)].map(engine.canonical).forEach((text, at) => assertSame(lived[at], text, events));
    return lived;
  },
  async admit({ definition, place, value }) {
    return engine.admit(await definitionOf(definition), place, value);
  },
  async read({ question, text, today, language }) {
    await engine.fetchTypes([question]);
    return engine.read(question, text, today, language);
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
  process.stdout.write(JSON.stringify(answer) + "\n");
}
