// ODK's engine, without a screen: `@getodk/xforms-engine`.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inBrowser } from "./peer.mjs";

export async function loader() {
  const { loadForm } = await inBrowser("@getodk/xforms-engine");
  return async (xml) => {
    const form = await loadForm(xml);
    if (form.error) throw new Error(String(form.error.message ?? form.error));
    return form.createInstance().root;
  };
}

export function* within(node) {
  yield node;
  for (const child of node.currentState.children ?? []) yield* within(child);
}

// Gives a question its answer, as our values are; null takes it back.
export function give(node, value) {
  if (node.nodeType === "select") node.selectValues(value === null ? [] : [value].flat().map(String));
  else node.setValue(value ?? ""); // a null would be taken for an answer by texts
}

const isQuestion = ({ nodeType }) => nodeType === "input" || nodeType === "select";

export async function prepare(folder) {
  const load = await loader();
  const { xml, paths } = JSON.parse(readFileSync(join(folder, "xforms.json"), "utf8"));
  return async () => {
    const root = await load(xml);
    const nodes = new Map([...within(root)].map((node) => [node.currentState.reference, node]));
    return {
      // The entries of the workload are numbered.
      answer: (place, value) => give(nodes.get(reference(paths, place, (_, entry) => entry)), value),
      totals() {
        const shown = [...within(root)].filter((node) => isQuestion(node) && node.currentState.relevant);
        const broken = (condition) => shown.filter((node) => node.validationState.violation?.condition === condition).length;
        return { visible: shown.length, missing: broken("required"), errors: broken("constraint") };
      },
    };
  };
}

// The node of a place: its path, with the position of each entry in it.
export function reference(paths, place, position) {
  const way = place.split("/");
  let found = paths[way.pop()];
  for (let at = way.length - 2; at >= 0; at -= 2) {
    const repeat = paths[way[at]];
    const number = position(way.slice(0, at + 1).join("/"), way[at + 1]);
    found = `${repeat}[${number}]${found.slice(repeat.length)}`;
  }
  return found;
}
