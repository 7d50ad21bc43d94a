/** The keys as the server told them (workspace/screen_keys.py): one table for what listens and for the sheet of keys. */

const tables = new Map(); // where -> key -> deed

export function learn(rows) {
  for (const { where, deeds } of rows) tables.set(where, { ...tables.get(where), ...deeds });
}

/** The deed of a key that was pressed, else nothing. With Control a letter may have another deed under Shift. */
export function deedOf(event, where) {
  const table = tables.get(where) ?? {};
  const withShift = event.shiftKey && (event.ctrlKey || event.metaKey) ? table[`Control+Shift+${event.key.toLowerCase()}`] : undefined;
  return withShift ?? table[spelled(event, event.key)] ?? table[spelled(event, onTheDigits(event))];
}

/** Every deed of the table has its function, and every function a key; else the sheet of keys would not be true. */
export function fitted(where, functions) {
  const deeds = new Set(Object.values(tables.get(where) ?? {}));
  const wrong = [...deeds].filter((deed) => !(deed in functions)).concat(Object.keys(functions).filter((name) => !deeds.has(name)));
  if (wrong.length) throw new Error(`keys: ${wrong.join(", ")}`);
  return functions;
}

/** Shift is told of keys that write nothing; of the others it chose the letter. */
function spelled({ ctrlKey, metaKey, altKey, shiftKey }, key) {
  const name = key.length === 1 ? key.toLowerCase() : key;
  const held = [ctrlKey || metaKey ? "Control+" : "", altKey ? "Alt+" : "", shiftKey && key.length > 1 ? "Shift+" : ""];
  return held.join("") + name;
}

/** On a keyboard whose digits need Shift (AZERTY) the bare keys of that row are the digits. */
function onTheDigits({ code, shiftKey, key }) {
  const found = !shiftKey && /^Digit([0-9])$/.exec(code ?? "");
  return found ? found[1] : key;
}
