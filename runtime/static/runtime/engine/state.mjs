// The state of a record: plain JSON data; and places, which name answers in it.

export const ENTRY = /^[a-z0-9-]{1,40}$/;
const PLACE = /^[a-z0-9_/-]{1,200}$/;

export function start(definition, language) {
  const { sections, languages } = definition.program;
  const entries = {};
  for (const [name, cell] of sections) {
    if (cell.entries === null) continue;
    entries[name] = Array.from({ length: cell.section.repeat.minimum }, (_, at) => String(at + 1));
  }
  const [first = null] = sections.keys();
  return {
    answers: {},
    unreadable: [],
    entries,
    language: languages.includes(language) ? language : languages[0],
    section: first,
    visited: first === null ? [] : [first],
    outcome: null,
    closed: false,
  };
}

export function copied(state) {
  const entries = {};
  for (const [repeat, kept] of Object.entries(state.entries)) entries[repeat] = [...kept];
  return {
    ...state,
    answers: { ...state.answers },
    unreadable: [...state.unreadable],
    entries,
    visited: [...state.visited],
  };
}

// Canonical JSON: sorted keys, no spaces; what both engines print byte for byte.
export function canonical(data) {
  if (Array.isArray(data)) return `[${data.map(canonical).join(",")}]`;
  if (data === null || typeof data !== "object") return JSON.stringify(data);
  const members = Object.keys(data).sort().map((key) => `${JSON.stringify(key)}:${canonical(data[key])}`);
  return `{${members.join(",")}}`;
}

export function isPlace(place) {
  return typeof place === "string" && PLACE.test(place);
}

// The cell a place names, with its repeat and entry ("" outside repeats); null if there is none.
export function find(program, place) {
  if (!isPlace(place)) return null;
  const parts = place.split("/");
  const cell = program.values.get(parts[parts.length - 1]);
  if (!cell) return null;
  if (cell.section.entries === null) return parts.length === 1 ? { cell, repeat: "", entry: "" } : null;
  const [repeat, entry] = parts;
  if (parts.length !== 3 || repeat !== cell.section.section.name || !ENTRY.test(entry)) return null;
  return { cell, repeat, entry };
}

export function entriesOf(state, repeat) {
  return Object.hasOwn(state.entries, repeat) ? state.entries[repeat] : [];
}

export function exists(state, repeat, entry) {
  return !repeat || entriesOf(state, repeat).includes(entry);
}
