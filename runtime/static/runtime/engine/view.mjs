// The view: all that a screen needs of a state on a day, as JSON data; and patches, which take one view to the next.

import { Live } from "./live.mjs";

const MAPS = new Set(["questions", "items", "sections", "outcomes", "texts"]);

export function view(definition, state, today) {
  return new Live(definition, state, today).view();
}

// Puts a patch into a view, in place; what is null in a map is gone.
export function patch(view, changes) {
  for (const [part, changed] of Object.entries(changes)) {
    if (!MAPS.has(part)) {
      view[part] = changed;
      continue;
    }
    for (const [key, shown] of Object.entries(changed)) {
      if (shown === null) delete view[part][key];
      else view[part][key] = shown;
    }
  }
}
