// Our engine in the browser: a command in, a complete patch as JSON out, and the section that comes next.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Live, fetchTypes, load, start } from "../../../runtime/static/runtime/engine/index.mjs";

const TODAY = "2026-03-16";

export async function prepare(folder) {
  const text = readFileSync(join(folder, "definition.json"), "utf8");
  await fetchTypes(JSON.parse(text).sections.flatMap((section) => section.items));
  return () => {
    const definition = load(text);
    const live = new Live(definition, start(definition, "en"), TODAY);
    return {
      answer(place, value) {
        const done = live.advance({ command: "answer", place, value });
        if (done[0][0].event !== "answered") throw new Error(`${place}: ${done[0][0].code}`);
        return [JSON.stringify(done[1]), live.path.next];
      },
      totals: () => totals(live.view().questions),
    };
  };
}

// Calculations are never missing; those of the workload are always in range.
function totals(questions) {
  const shown = Object.entries(questions).filter(([place, { relevant }]) => relevant && !/^(c\d+[abc]|total)$/.test(place));
  return {
    visible: shown.length,
    missing: shown.filter(([, { missing }]) => missing).length,
    errors: shown.filter(([, { problems }]) => problems.length).length,
  };
}
