// What takes an event back: the twin of `runtime.engine.undoing`. A log only grows, so that taking back is events of its own.

import { change, fold } from "./events.mjs";
import { canonical, copied, entriesOf, exist, find, findRepeat } from "./state.mjs";

const AT_A_PLACE = new Set(["answered", "cleared", "overridden"]);

// The events that take `event` back, which happened in the state `before`; none where it changed nothing.
export function undoing(definition, before, event) {
  const { program } = definition;
  if (AT_A_PLACE.has(event.event)) {
    const given = givenAt(before, event.place);
    return canonical(given) === canonical(givenAt(fold(definition, before, event), event.place)) ? [] : given;
  }
  const row = OF_AN_ENTRY.get(event.event);
  const entries = row ? entriesAt(program, before, event.repeat) : null;
  return entries ? row(program, before, event, entries) : [];
}

// Whether what this event did is so in the state, and taking it back takes nothing else.
export function stands({ program }, state, event) {
  if (AT_A_PLACE.has(event.event)) return holds(program, state, event);
  const { repeat, entry } = event;
  const entries = entriesAt(program, state, repeat);
  if (!entries) return false;
  const isThere = entries.includes(entry);
  if (event.event === "entry_removed") return !isThere && entries.length < findRepeat(program, repeat).cell.section.repeat.maximum;
  if (event.event === "entry_added") return isThere && inside(state.answers, `${repeat}/${entry}/`).length === 0;
  return isThere;
}

function holds(program, state, { event, place, value = null, unreadable = false, reason }) {
  const found = find(program, place);
  if (!found || !exist(state, found.entries)) return false;
  if (event === "overridden") return state.overridden[place] === reason;
  return canonical(state.answers[place] ?? null) === canonical(value) && state.unreadable.includes(place) === unreadable;
}

// How the answer of a place came to be, in as few events as possible.
function givenAt(state, place) {
  const value = state.answers[place] ?? null;
  const events = [value === null ? { event: "cleared", place } : { event: "answered", place, value }];
  if (value !== null && state.unreadable.includes(place)) events[0].unreadable = true;
  if (Object.hasOwn(state.overridden, place)) events.push({ event: "overridden", place, reason: state.overridden[place] });
  return events;
}

function entriesAt(program, state, repeat) {
  const found = findRepeat(program, repeat);
  return found && exist(state, found.entries) ? entriesOf(state, found.cell, repeat) : null;
}

const inside = (places, prefix) => Object.keys(places).filter((place) => place.startsWith(prefix));

function ofAdded(_program, _before, { repeat, entry }, entries) {
  return entries.includes(entry) ? [] : [{ event: "entry_removed", repeat, entry }];
}

function ofMoved(_program, _before, { repeat, entry }, entries) {
  const at = entries.indexOf(entry);
  return at < 0 ? [] : [{ event: "entry_moved", repeat, entry, before: entries[at + 1] ?? null }];
}

// The entry again, at its place, with the entries and the answers that lay in it.
function ofRemoved(program, before, event, entries) {
  const { repeat, entry } = event;
  if (!entries.includes(entry)) return [];
  const made = [{ event: "entry_added", repeat, entry }];
  if (entries.at(-1) !== entry) made.push(...ofMoved(program, before, event, entries));
  const state = copied(before);
  for (const each of [{ ...event, event: "entry_removed" }, ...made]) change(program, state, each);
  const prefix = `${repeat}/${entry}/`;
  for (const inner of inside(before.entries, prefix).sort(outerFirst)) made.push(...innerEntries(program, state, before, inner));
  const places = [...new Set([...inside(before.answers, prefix), ...inside(before.overridden, prefix)])].sort();
  return [...made, ...places.flatMap((place) => givenAt(before, place)).filter((each) => each.event !== "cleared")];
}

function outerFirst(one, other) {
  const depth = one.split("/").length - other.split("/").length;
  return depth || (one < other ? -1 : 1);
}

// The entries that a repeat within a lost entry had; `state` is brought along.
function innerEntries(program, state, before, repeat) {
  const wanted = before.entries[repeat];
  const there = entriesAt(program, state, repeat) ?? [];
  const made = there.filter((entry) => !wanted.includes(entry)).map((entry) => ({ event: "entry_removed", repeat, entry }));
  // what was there of itself goes to the end as well, so that the order is the one that was
  for (const entry of wanted) made.push(there.includes(entry) ? { event: "entry_moved", repeat, entry, before: null } : { event: "entry_added", repeat, entry });
  for (const each of made) change(program, state, each);
  return made;
}

const OF_AN_ENTRY = new Map([["entry_added", ofAdded], ["entry_removed", ofRemoved], ["entry_moved", ofMoved]]);
