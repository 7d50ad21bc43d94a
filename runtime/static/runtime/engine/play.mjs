// A door for tools, for Node: node play.mjs DEFINITION.json COMMANDS.json --today YYYY-MM-DD [--language xx] [--trace] plays commands
// from the start, and prints the state in which they end as canonical JSON; with --trace a line before it for each command.
// It takes definitions as the server writes them (every member, canonical); the server's engine, which also reads what leaves out
// members and says what is wrong in it, has the same door: python -m runtime.engine play.

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { isDate } from "./dates.mjs";
import { LEAVES, OPERATORS } from "./evaluate.mjs";
import { Live, canonical, fetchTypes, load, start, typeOf } from "./index.mjs";
import { UNKNOWN } from "./types.mjs";

const USAGE = "play.mjs DEFINITION.json COMMANDS.json --today YYYY-MM-DD [--language xx] [--trace]";
const MOST_DEPTH = 950; // as the server's door: what is nested deeper is no data of ours
const LONGEST_NUMBER = /[0-9]{4301}/;
const KNOWN = new Set([...LEAVES.keys(), ...OPERATORS, "each", "entries"]);
const EXPRESSIONS = new Set(["relevance", "required", "read_only", "default", "choice_filter", "expression", "test", "count", "minimum", "maximum"]);

function refuse(why) {
  process.stderr.write(`${why}\n`);
  process.exit(2);
}

function depth(text) {
  let [most, now] = [0, 0];
  for (const one of text) {
    if (one === "[" || one === "{") most = Math.max(most, (now += 1));
    else if (one === "]" || one === "}") now -= 1;
  }
  return most;
}

function json(name) {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(name));
    const bare = text.replace(/"(?:[^"\\]|\\.)*"/g, '""');
    if (depth(bare) > MOST_DEPTH || LONGEST_NUMBER.test(bare)) refuse(`${name}: this is not JSON that can be read.`);
    return JSON.parse(text);
  } catch (fault) {
    return refuse(`${name}: ${fault.message}`);
  }
}

// What in a definition this engine would not know.
function unknownIn(part, key = "") {
  if (EXPRESSIONS.has(key) && Array.isArray(part)) return unknownInExpression(part);
  if (part === null || typeof part !== "object") return "";
  for (const [name, inner] of Object.entries(part)) {
    const found = unknownIn(inner, name);
    if (found) return found;
  }
  return part.kind === "question" && typeOf(part.type) === UNKNOWN ? `the question type ${JSON.stringify(part.type)}` : "";
}

function unknownInExpression([operator, ...args]) {
  if (!KNOWN.has(operator)) return `the operator ${JSON.stringify(operator)}`;
  if (operator === "value") return "";
  return args.filter(Array.isArray).map(unknownInExpression).find(Boolean) ?? "";
}

async function playable(name) {
  const written = json(name);
  try {
    await fetchTypes(written.sections.flatMap((section) => section.items));
    const unknown = unknownIn(written);
    if (unknown) refuse(`${name}: ${unknown} is not known.`);
    const definition = load(written);
    return new Live(definition, start(definition, values.language ?? definition.languages[0]), values.today);
  } catch (fault) {
    return refuse(`${name}: this is no definition as the server writes it (${fault.message}).`);
  }
}

function asked() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { today: { type: "string" }, language: { type: "string" }, trace: { type: "boolean" } },
    });
  } catch (fault) {
    return refuse(`${fault.message}\n${USAGE}`);
  }
}

const { values, positionals } = asked();
const files = positionals[0] === "play" ? positionals.slice(1) : positionals;
if (files.length !== 2 || !values.today) refuse(USAGE);
if (!isDate(values.today)) refuse(`--today ${values.today}: a date is written YYYY-MM-DD.`);
const live = await playable(files[0]);
const commands = json(files[1]);
if (!Array.isArray(commands)) refuse(`${files[1]}: a list of commands is expected.`);
for (const command of commands) {
  const [events, patch] = live.advance(command);
  if (values.trace) process.stdout.write(`${canonical({ events, patch })}\n`);
}
process.stdout.write(`${canonical(live.state)}\n`);
