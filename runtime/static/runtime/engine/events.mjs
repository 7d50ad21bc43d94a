// Events into states: one small function per event. What does not fit the definition (any more) changes nothing.

import { copied, entriesOf, exist, find, findRepeat } from "./state.mjs";

export function fold(definition, state, event) {
  return replay(definition, state, [event]);
}

export function replay(definition, state, events) {
  const after = copied(state);
  for (const event of events) change(definition.program, after, event);
  return after;
}

// Changes the state itself.
export function change(program, state, event) {
  CHANGES.get(event.event)?.(program, state, event);
}

function forget(state, place) {
  delete state.answers[place];
  release(state, place);
}

// What was said of the answer before is said of no other.
function release(state, place) {
  if (Object.hasOwn(state.overridden, place)) delete state.overridden[place];
  if (state.unreadable.length) state.unreadable = state.unreadable.filter((other) => other !== place);
}

function isThere(program, state, place) {
  const found = find(program, place);
  return found !== null && exist(state, found.entries);
}

function answered(program, state, { place, value, unreadable }) {
  if (!isThere(program, state, place)) return;
  if (value === null || value === undefined) {
    forget(state, place);
    return;
  }
  release(state, place);
  state.answers[place] = value;
  if (unreadable === true) state.unreadable.push(place);
}

function overridden(program, state, { place, reason }) {
  if (typeof reason === "string" && isThere(program, state, place)) state.overridden[place] = reason;
}

// The list of entries that an event changes, to be changed; null if it is not there.
function entriesAt(program, state, place) {
  const found = findRepeat(program, place);
  if (!found || !exist(state, found.entries)) return null;
  state.entries[place] = entriesOf(state, found.cell, place);
  return state.entries[place];
}

function entryAdded(program, state, { repeat, entry }) {
  const entries = entriesAt(program, state, repeat);
  if (entries && typeof entry === "string" && !entries.includes(entry)) entries.push(entry);
}

function entryMoved(program, state, { repeat, entry, before }) {
  const entries = entriesAt(program, state, repeat);
  if (!entries?.includes(entry) || before === entry) return;
  entries.splice(entries.indexOf(entry), 1);
  entries.splice(entries.includes(before) ? entries.indexOf(before) : entries.length, 0, entry);
}

function entryRemoved(program, state, { repeat, entry }) {
  const entries = entriesAt(program, state, repeat);
  if (!entries?.includes(entry)) return;
  entries.splice(entries.indexOf(entry), 1);
  const inside = (place) => place.startsWith(`${repeat}/${entry}/`);
  for (const place of Object.keys(state.answers).filter(inside)) forget(state, place);
  for (const place of Object.keys(state.entries).filter(inside)) delete state.entries[place];
}

function sectionOpened(program, state, { section }) {
  const cell = program.sections.get(section);
  if (!cell || cell.scope) return;
  if (!cell.section.side) state.left = null;
  else state.left ??= state.section; // from a side section to another: one returns to the first place
  state.section = section;
  if (!state.visited.includes(section)) state.visited.push(section);
}

const CHANGES = new Map([
  ["answered", answered],
  ["cleared", (program, state, event) => forget(state, String(event.place))],
  ["overridden", overridden],
  ["entry_added", entryAdded],
  ["entry_moved", entryMoved],
  ["entry_removed", entryRemoved],
  ["section_opened", sectionOpened],
  ["language_set", (program, state, { language }) => {
    if (program.languages.includes(language)) state.language = language;
  }],
  ["finished", (program, state, { outcome }) => Object.assign(state, { outcome: outcome ?? null, closed: true })],
  ["reopened", (program, state) => Object.assign(state, { outcome: null, closed: false })],
]);
