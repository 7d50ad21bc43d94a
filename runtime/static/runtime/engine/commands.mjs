// Commands into events: one function per command. Whatever is asked, the answer is events, never an exception.
// What cannot be done changes nothing, and gives one event `refused` with a code and the place it speaks of.

import { ENTRY, entriesOf, exists, find, isPlace } from "./state.mjs";
import { admitText, admitValue } from "./types.mjs";

const SOURCES = ["caller", "prefilled", "calculated"];
const LONGEST_REASON = 1000;
const LONGEST_UNREADABLE = 2000;
// What may be done to a closed record: reading it, and opening it again.
const WHEN_CLOSED = new Set(["open_section", "next", "back", "set_language", "reopen"]);

const refused = (code) => ({ event: "refused", code });

// The event that a command makes of a state. `look` evaluates the state, and is called only when the command hangs on it.
export function decide(program, state, command, look) {
  const plain = command !== null && typeof command === "object" && !Array.isArray(command);
  const asked = plain ? command : {};
  const made = COMMANDS.get(asked.command);
  let event;
  if (!made) event = refused("shape");
  else if (state.closed && !WHEN_CLOSED.has(asked.command)) event = refused("closed");
  else event = made(program, state, asked, look);
  return event.event === "refused" ? { ...event, place: isPlace(asked.place) ? asked.place : null } : event;
}

export function admit(definition, place, value) {
  const found = find(definition.program, place);
  if (!found) return { value: null, code: "unknown" };
  if (found.cell.item.kind !== "question") return { value: null, code: "calculated" };
  if (found.cell.item.read_only) return { value: null, code: "read_only" };
  return admitValue(found.cell.item, value);
}

// Why the place cannot be answered, or null.
function objection(program, state, place) {
  const found = find(program, place);
  if (!found || !exists(state, found.repeat, found.entry)) return "unknown";
  if (found.cell.item.kind !== "question") return "calculated";
  return found.cell.item.read_only ? "read_only" : null;
}

function answer(program, state, command) {
  const { place, value = null } = command;
  const code = objection(program, state, place);
  if (code) return refused(code);
  const unreadable = command.unreadable === true;
  const { item } = find(program, place).cell;
  const admitted = unreadable ? admitText(value, LONGEST_UNREADABLE) : admitValue(item, value);
  if (admitted.code) return refused(admitted.code);
  if (admitted.value === null) return { event: "cleared", place };
  const event = { event: "answered", place, value: admitted.value };
  if (unreadable) event.unreadable = true;
  if (SOURCES.includes(command.source)) event.source = command.source;
  return event;
}

function clear(program, state, { place }) {
  const code = objection(program, state, place);
  return code ? refused(code) : { event: "cleared", place };
}

function changeEntries(event, objects) {
  return (program, state, { repeat, entry }) => {
    if (typeof entry !== "string" || !ENTRY.test(entry)) return refused("shape");
    const limits = program.sections.get(repeat)?.section.repeat;
    if (!limits) return refused("unknown");
    const code = objects(entriesOf(state, repeat), entry, limits);
    return code ? refused(code) : { event, repeat, entry };
  };
}

const addEntry = changeEntries("entry_added", (entries, entry, { maximum }) => {
  if (entries.includes(entry)) return "duplicate";
  return entries.length >= maximum ? "range" : null;
});

const removeEntry = changeEntries("entry_removed", (entries, entry, { minimum }) => {
  if (!entries.includes(entry)) return "unknown";
  return entries.length <= minimum ? "range" : null;
});

function openSection(program, state, { section }, look) {
  if (!program.sections.has(section)) return refused("unknown");
  if (!look().relevant(section)) return refused("not_available");
  return { event: "section_opened", section };
}

function step(key) {
  return (program, state, command, look) => {
    const section = look().path[key];
    return section === null ? refused("not_available") : { event: "section_opened", section };
  };
}

function setLanguage(program, state, { language }) {
  return program.languages.includes(language) ? { event: "language_set", language } : refused("unknown");
}

function finish(program, state, command, look) {
  const cell = program.outcomes.find(({ outcome }) => outcome.name === command.outcome);
  if (!cell) return refused("unknown");
  const seen = look();
  if (!seen.fits(cell)) return refused("not_available");
  if (cell.outcome.complete && !seen.clear) return refused("incomplete");
  return { event: "finished", outcome: cell.outcome.name };
}

function reopen(program, state, { reason }) {
  if (!state.closed) return refused("open");
  const admitted = admitText(reason, LONGEST_REASON);
  if (admitted.value === null) return refused(admitted.code ?? "shape");
  return { event: "reopened", reason: admitted.value };
}

const COMMANDS = new Map([
  ["answer", answer],
  ["clear", clear],
  ["add_entry", addEntry],
  ["remove_entry", removeEntry],
  ["open_section", openSection],
  ["next", step("next")],
  ["back", step("previous")],
  ["set_language", setLanguage],
  ["finish", finish],
  ["reopen", reopen],
]);
