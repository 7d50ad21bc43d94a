// The state of a record: plain JSON data; and places, which name answers in it: a name at the root, repeat/entry/name in a
// repeat, repeat/entry/inner/entry/name in a repeat within it.

export const ENTRY = /^[a-z0-9-]{1,40}$/;
const PLACE = /^[a-z0-9_/-]{1,400}$/;

export function start(definition, language) {
  const { sections, languages } = definition.program;
  const entries = {};
  for (const [name, cell] of sections) if (cell.scope === 0 && cell.entries) entries[name] = firstEntries(cell);
  const steps = [...sections.values()].filter((cell) => cell.scope === 0 && !cell.section.side);
  const first = steps.length ? steps[0].section.name : null;
  return {
    answers: {},
    unreadable: [],
    overridden: {},
    entries,
    language: languages.includes(language) ? language : languages[0],
    section: first,
    left: null,
    visited: first === null ? [] : [first],
    outcome: null,
    closed: false,
  };
}

// The state, to be changed without changing the old one. One that was kept before something was added gets it.
export function copied(state) {
  const entries = {};
  for (const [repeat, kept] of Object.entries(state.entries)) entries[repeat] = [...kept];
  return {
    ...state,
    answers: Object.assign(Object.create(null), state.answers), // a question may have the name of what every object has
    unreadable: [...state.unreadable],
    overridden: { ...state.overridden },
    entries,
    left: state.left ?? null,
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

// The entries that a repeat has before anybody added one.
function firstEntries({ section: { repeat } }) {
  return repeat.count ? [] : Array.from({ length: repeat.minimum }, (_, at) => String(at + 1));
}

// The entries of a repeat at a place.
export function entriesOf(state, section, place) {
  return Object.hasOwn(state.entries, place) ? state.entries[place] : firstEntries(section);
}

// Places that were found are remembered, but not without end.
const MOST_FOUND = 20_000;

// The cell a place names, with the entries that it goes through as [repeat, its place, entry] and what leads its name; null if
// there is none.
export function find(program, place) {
  const known = program.found.get(place);
  if (known !== undefined) return known;
  const found = located(program, place, (name) => program.values.get(name));
  if (found === null) return null;
  found.prefix = place.slice(0, place.length - found.cell.item.name.length);
  if (program.found.size === MOST_FOUND) program.found.clear();
  program.found.set(place, found);
  return found;
}

// The repeat a place names, likewise.
export function findRepeat(program, place) {
  return located(program, place, (name) => (program.sections.get(name)?.entries ? program.sections.get(name) : undefined));
}

function located(program, place, named) {
  if (!isPlace(place)) return null;
  const way = place.split("/");
  const cell = named(way.pop());
  if (!cell) return null;
  const repeats = program.names.inwards(cell.scope);
  if (way.length !== 2 * repeats.length) return null;
  const entries = repeats.map((repeat, at) => [repeat, way.slice(0, 2 * at + 1).join("/"), way[2 * at + 1]]);
  const fits = entries.every(([repeat, , entry], at) => way[2 * at] === repeat.section.name && ENTRY.test(entry));
  return fits ? { cell, entries } : null;
}

// Whether all these entries are there. Those of a repeat with a count may come and go: they are there up to its maximum.
export function exist(state, entries) {
  return entries.every(([section, place, entry]) => {
    const { count, maximum } = section.section.repeat;
    if (count) return /^[1-9][0-9]{0,3}$/.test(entry) && Number(entry) <= maximum;
    return entriesOf(state, section, place).includes(entry);
  });
}
