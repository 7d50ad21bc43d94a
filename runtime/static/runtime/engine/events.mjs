// Events into states: one small function per event. What does not fit the definition (any more) changes nothing.

import { copied, entriesOf, exists, find } from "./state.mjs";

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
  state.unreadable = state.unreadable.filter((other) => other !== place);
}

function answered(program, state, { place, value, unreadable }) {
  const found = find(program, place);
  if (!found || !exists(state, found.repeat, found.entry)) return;
  forget(state, place);
  if (value === null || value === undefined) return;
  state.answers[place] = value;
  if (unreadable === true) state.unreadable.push(place);
}

function entryAdded(program, state, { repeat, entry }) {
  const cell = program.sections.get(repeat);
  if (!cell || cell.entries === null) return;
  if (!Object.hasOwn(state.entries, repeat)) state.entries[repeat] = [];
  if (!state.entries[repeat].includes(entry)) state.entries[repeat].push(entry);
}

function entryRemoved(program, state, { repeat, entry }) {
  if (!entriesOf(state, repeat).includes(entry)) return;
  state.entries[repeat] = state.entries[repeat].filter((other) => other !== entry);
  const prefix = `${repeat}/${entry}/`;
  for (const place of Object.keys(state.answers)) if (place.startsWith(prefix)) forget(state, place);
}

function sectionOpened(program, state, { section }) {
  if (!program.sections.has(section)) return;
  state.section = section;
  if (!state.visited.includes(section)) state.visited.push(section);
}

const CHANGES = new Map([
  ["answered", answered],
  ["cleared", (program, state, event) => forget(state, String(event.place))],
  ["entry_added", entryAdded],
  ["entry_removed", entryRemoved],
  ["section_opened", sectionOpened],
  ["language_set", (program, state, { language }) => {
    if (program.languages.includes(language)) state.language = language;
  }],
  ["finished", (program, state, { outcome }) => Object.assign(state, { outcome: outcome ?? null, closed: true })],
  ["reopened", (program, state) => Object.assign(state, { outcome: null, closed: false })],
]);
