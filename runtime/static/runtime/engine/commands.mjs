// Commands into events: one function per command. Whatever is asked, the answer is events, never an exception.
// What cannot be done changes nothing, and gives one event `refused` with a code and the place it speaks of.

import { admitText } from "./door.mjs";
import { ENTRY, entriesOf, exist, find, findRepeat, isPlace } from "./state.mjs";
import { admitValue } from "./types.mjs";

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
  if (found.cell.item.read_only === true) return { value: null, code: "read_only" };
  return admitValue(found.cell.item, value);
}

// Why there is no question, or null.
function noQuestion(state, found) {
  if (!found || !exist(state, found.entries)) return "unknown";
  return found.cell.item.kind === "question" ? null : "calculated";
}

// Why the place cannot be answered, or null.
function objection(state, found, place, look) {
  const code = noQuestion(state, found);
  if (code) return code;
  const locked = found.cell.item.read_only;
  return locked === true || (Array.isArray(locked) && look().verdict(place).readOnly) ? "read_only" : null;
}

function answer(program, state, command, look) {
  const { place, value = null } = command;
  const found = find(program, place);
  const code = objection(state, found, place, look);
  if (code) return refused(code);
  const unreadable = command.unreadable === true;
  const { item } = found.cell;
  const admitted = unreadable ? admitText(value, LONGEST_UNREADABLE) : admitValue(item, value);
  if (admitted.code) return refused(admitted.code);
  if (admitted.value === null) return { event: "cleared", place };
  const event = { event: "answered", place, value: admitted.value };
  if (unreadable) event.unreadable = true;
  if (SOURCES.includes(command.source)) event.source = command.source;
  return event;
}

function clear(program, state, { place }, look) {
  const code = objection(state, find(program, place), place, look);
  return code ? refused(code) : { event: "cleared", place };
}

// A warning is set aside, with the reason why, until the answer changes.
function override(program, state, { place, reason }, look) {
  const code = noQuestion(state, find(program, place));
  if (code) return refused(code);
  const admitted = admitText(reason ?? null, LONGEST_REASON);
  if (admitted.value === null) return refused(admitted.code ?? "shape");
  if (!look().verdict(place).problems.some((problem) => problem.warning)) return refused("not_available");
  return { event: "overridden", place, reason: admitted.value };
}

// A change of a repeat's entries. `there`: whether the entry must be there; `objects` says why not, or null.
function changeEntries(there, objects, made) {
  return (program, state, command) => {
    const { repeat, entry } = command;
    if (typeof entry !== "string" || !ENTRY.test(entry)) return refused("shape");
    const found = findRepeat(program, repeat);
    if (!found || !exist(state, found.entries)) return refused("unknown");
    const limits = found.cell.section.repeat;
    if (limits.count) return refused("counted");
    const entries = entriesOf(state, found.cell, repeat);
    if (entries.includes(entry) !== there) return refused(there ? "unknown" : "duplicate");
    const code = objects(entries, limits, command);
    return code ? refused(code) : made(command);
  };
}

const addEntry = changeEntries(
  false,
  (entries, { maximum }) => (entries.length >= maximum ? "range" : null),
  ({ repeat, entry }) => ({ event: "entry_added", repeat, entry }),
);

const removeEntry = changeEntries(
  true,
  (entries, { minimum }) => (entries.length <= minimum ? "range" : null),
  ({ repeat, entry }) => ({ event: "entry_removed", repeat, entry }),
);

// Before another entry, or (null) to the end.
const moveEntry = changeEntries(
  true,
  (entries, _, { entry, before = null }) => (before !== null && (before === entry || !entries.includes(before)) ? "unknown" : null),
  ({ repeat, entry, before = null }) => ({ event: "entry_moved", repeat, entry, before }),
);

function openSection(program, state, { section }, look) {
  const cell = program.sections.get(section);
  if (!cell || cell.scope) return refused("unknown");
  return look().root[cell.slot] ? { event: "section_opened", section } : refused("not_available");
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
  if (!seen.root[cell.slot]) return refused("not_available");
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
  ["override", override],
  ["add_entry", addEntry],
  ["move_entry", moveEntry],
  ["remove_entry", removeEntry],
  ["open_section", openSection],
  ["next", step("next")],
  ["back", step("previous")],
  ["set_language", setLanguage],
  ["finish", finish],
  ["reopen", reopen],
]);
