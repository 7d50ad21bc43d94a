// json-logic-js: it has conditions only, no graph; after each answer every rule is carried out.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { peer } from "./peer.mjs";

export function prepare(folder) {
  const logic = peer("json-logic-js");
  const { rules, data } = JSON.parse(readFileSync(join(folder, "rules.json"), "utf8"));
  const carryOut = () => {
    for (const { name, rule } of rules) {
      const result = logic.apply(rule, data);
      if (name) data[name] = result;
    }
  };
  return () => {
    carryOut();
    return {
      answer(place, value) {
        const [repeat, entry, name] = place.split("/");
        if (name) data[repeat][entry - 1][name] = plain(value);
        else data[place] = plain(value);
        carryOut();
      },
      totals: () => null, // it shows nothing
    };
  };
}

const plain = (value) => (typeof value === "string" && /^-?[0-9]+$/.test(value) ? Number(value) : value);
