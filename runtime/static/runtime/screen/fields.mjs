/**
 * Between the boxes of the page and the answers of the engine: what a box holds, and how an answer is put into it.
 * Typed answers are read leniently ("tue", "3/4"); those that only a library can read go to the server as typed.
 */
import { read, typeOf } from "../engine/index.mjs";
import { kits } from "./projection.mjs";

/** Whether the server reads what is typed: a library without a twin does. */
export const readByServer = (question) => Boolean(typeOf(question.type).door);

export const boxes = (root = document) => root.querySelectorAll("[data-place]");

const known = new Map(); // place -> its box, as long as it is on the page

export function boxOf(place) {
  const before = known.get(place);
  if (before?.isConnected) return before;
  const box = document.querySelector(`[data-place="${CSS.escape(place)}"]`);
  if (box) known.set(place, box);
  else known.delete(place);
  return box;
}

/** The box of a question that a node lies in. */
export function boxAt(node) {
  return node?.closest?.("[data-place]") ?? null;
}

/** The fields of the answer: not the reason of a warning, nor what only a post without JavaScript needs. */
export function controlsOf(box) {
  return [...box.querySelectorAll("input:not([data-reason], [data-native], [type=hidden]), select, textarea")];
}

/** What the person gave: `{blank}`, `{value}` or `{unread: text}`; one row for each kind of field. */
export function given(box, question, context) {
  return GIVEN[box.dataset.control](box, question, context);
}

function typed(box, question, context) {
  const text = controlsOf(box)[0].value;
  if (text.trim() === "") return { blank: true };
  if (readByServer(question)) return { value: text.trim() };
  const { value } = read(question, text, context.today, context.language);
  return value === null || value === undefined ? { unread: text } : { value };
}

function chosen(box) {
  return controlsOf(box).filter((control) => control.checked).map((control) => control.value);
}

function picked(box) {
  const name = box.querySelector("select").value;
  return name ? { value: name } : { blank: true };
}

/** The answer that names a file, as the page holds it. */
function named(box) {
  const { value } = box.querySelector('input[type="hidden"]');
  return value ? { value: JSON.parse(value) } : null;
}

/** The fields of an answer in parts, as pairs of a name and a node. */
function partsOf(box) {
  return [...box.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]);
}

/** What is typed in one part of an answer. */
export function heldIn(box, name) {
  return heldBy(box.querySelector(`[data-part="${CSS.escape(name)}"]`)).trim();
}

function heldBy(part) {
  const [first] = controlsOf(part);
  return first.type === "radio" ? (chosen(part)[0] ?? "") : first.value;
}

const GIVEN = {
  line: typed,
  area: typed,
  list: picked,
  radios(box) {
    if (box.querySelector("select")) return picked(box);
    const name = chosen(box)[0];
    return name ? { value: name } : { blank: true };
  },
  scale(box) {
    const point = chosen(box)[0];
    return point === undefined ? { blank: true } : { value: point };
  },
  checks(box) {
    const names = chosen(box);
    return names.length ? { value: names } : { blank: true };
  },
  yes_no(box) {
    const name = chosen(box)[0];
    return name === undefined ? { blank: true } : { value: name === "true" };
  },
  parts(box, question, context) {
    const lines = partsOf(box).map(([name, part]) => [name, heldBy(part).trim()]).filter(([, text]) => text);
    if (lines.length === 0) return { blank: true };
    const text = lines.map(([name, typed]) => `${name}: ${typed}\n`).join("");
    const { value } = read(question, text, context.today, context.language);
    return value === null || value === undefined ? { unread: text } : { value };
  },
  file: (box) => named(box) ?? { blank: true },
  signature: (box, question, context) => named(box) ?? typed(box, question, context),
  rank(box) {
    const names = controlsOf(box).map((control) => control.value).filter(Boolean);
    if (names.length === 0) return { blank: true };
    return new Set(names).size === names.length ? { value: names } : { unread: names.join(", ") };
  },
};

/** Put an answer into its box, unless the person is typing there. */
export function put(box, value) {
  if (box.querySelector("[data-long]")) kits.list.putPicked(box, value);
  else (PUT[box.dataset.control] ?? putEach)(box, value);
}

function putEach(box, value) {
  const names = (Array.isArray(value) ? value : [value]).map(String);
  for (const control of controlsOf(box)) {
    if (control.type === "radio" || control.type === "checkbox") control.checked = value !== null && names.includes(control.value);
    else if (control !== document.activeElement) control.value = value === null || value === undefined ? "" : String(value);
  }
}

const PUT = {
  file: (box, value) => kits.file.putFile(box, value),
  signature: (box, value) => kits.file.putFile(box, value),
  rank: (box, value) => controlsOf(box).forEach((control, at) => (control.value = value?.[at] ?? "")),
  parts(box, value) {
    for (const [name, part] of partsOf(box)) putEach(part, value?.[name] ?? null);
  },
  list: (box, value) => kits.list.putPicked(box, value),
};
