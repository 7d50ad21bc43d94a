// Lets the tests speak to the browser's engine: one line of JSON in, one line of JSON out.

import { createInterface } from "node:readline";
import { OPERATORS } from "../runtime/static/runtime/engine/evaluate.mjs";
import * as engine from "../runtime/static/runtime/engine/index.mjs";

const definitions = new Map();

function definitionOf(text) {
  if (!definitions.has(text)) {
    if (definitions.size > 200) definitions.clear();
    definitions.set(text, engine.load(text));
  }
  return definitions.get(text);
}

const verbs = {
  operators: () => OPERATORS,
  // Plays commands; gives the canonical state, events and view after each.
  play({ definition, language, commands, today }) {
    const loaded = definitionOf(definition);
    let state = engine.start(loaded, language);
    const seen = [[engine.canonical(state), "[]", engine.canonical(engine.view(loaded, state, today))]];
    for (const command of commands) {
      let events;
      [state, events] = engine.advance(loaded, state, command, today);
      seen.push([state, events, engine.view(loaded, state, today)].map(engine.canonical));
    }
    return seen;
  },
  admit({ definition, place, value }) {
    return engine.admit(definitionOf(definition), place, value);
  },
  read({ question, text, today, language }) {
    return engine.read(question, text, today, language);
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    const { verb, ...question } = JSON.parse(line);
    answer = { answer: verbs[verb](question) };
  } catch (fault) {
    answer = { fault: String(fault?.stack ?? fault) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
