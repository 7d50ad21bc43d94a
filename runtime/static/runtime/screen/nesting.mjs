/**
 * How sections lie: steps of the path and side sections, each a form; the others within the entries of a repeat. The twin of
 * workspace/screen_nesting.py. A prefix leads places ("contacts/a/"), keys those of texts and items ("a/").
 */

/** The sections with a form of their own, in order; and those drawn in entries, by the name of the one they lie in. */
export function arranged(sections) {
  const steps = [];
  const inner = new Map();
  const inEntries = new Set();
  for (const section of sections) {
    const lies = inEntries.has(section.within);
    if (lies) inner.set(section.within, [...(inner.get(section.within) ?? []), section]);
    else steps.push(section);
    if (lies || section.repeat) inEntries.add(section.name);
  }
  return { steps, inner };
}

/** Whether the entries of a repeat follow a number. */
export const isCounted = (section) => Boolean(section.repeat?.count);

/** The entries of a repeat at a place. Those that follow a count are seen by their questions in the view. */
export function entriesAt(section, place, { state, view }) {
  if (!section.repeat) return [];
  if (!isCounted(section)) return state.entries[place] ?? Array.from({ length: section.repeat.minimum }, (_, at) => String(at + 1));
  const name = section.items.find((item) => item.name)?.name ?? "";
  const found = [];
  while (`${place}/${found.length + 1}/${name}` in view.questions) found.push(String(found.length + 1));
  return found;
}

/** The keys of a place: the ids of the entries it lies in. */
export function keysOf(place) {
  return place.split("/").slice(0, -1).filter((_, at) => at % 2).map((entry) => `${entry}/`).join("");
}

/** The keys of a node: the entries it is drawn in. */
export function keysAround(node) {
  let keys = "";
  for (let at = node.closest("[data-entry]"); at; at = at.parentElement.closest("[data-entry]")) keys = `${at.dataset.entry}/${keys}`;
  return keys;
}
