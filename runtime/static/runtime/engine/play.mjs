// A door for tools, for Node: node play.mjs DEFINITION.json COMMANDS.json --today YYYY-MM-DD [--language xx] [--trace] plays commands
// from the start, and prints the state in which they end as canonical JSON; with --trace a line before it for each command.
// The server's engine, which checks what it is given, has the same door: python -m runtime.engine play.

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Live, canonical, fetchTypes, load, start } from "./index.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { today: { type: "string" }, language: { type: "string" }, trace: { type: "boolean" } },
});
const files = positionals[0] === "play" ? positionals.slice(1) : positionals;

function json(name) {
  try {
    return JSON.parse(readFileSync(name, "utf8"));
  } catch (fault) {
    process.stderr.write(`${name}: ${fault.message}\n`);
    process.exit(2);
  }
}

if (files.length !== 2 || !/^\d{4}-\d\d-\d\d$/.test(values.today ?? "")) {
  process.stderr.write("play.mjs DEFINITION.json COMMANDS.json --today YYYY-MM-DD [--language xx] [--trace]\n");
  process.exit(2);
}
const written = json(files[0]);
await fetchTypes(written.sections.flatMap((section) => section.items));
const definition = load(written);
const live = new Live(definition, start(definition, values.language ?? definition.languages[0]), values.today);
for (const command of json(files[1])) {
  const [events, patch] = live.advance(command);
  if (values.trace) process.stdout.write(`${canonical({ events, patch })}\n`);
}
process.stdout.write(`${canonical(live.state)}\n`);
