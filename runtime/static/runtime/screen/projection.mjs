/**
 * The definition that a page fills, in one language: of the page itself in a preview, else by its address, with its long lists and
 * types, and with the kits of its fields: what those of some scripts need and others do not.
 */
import { fetchTypes } from "../engine/index.mjs";

const KITS = {
  list: () => import("./typeahead.mjs"),
  file: () => import("./files.mjs"),
};

/** name -> its module, once it is there; names are those of the server's controls (workspace/screen_controls.py) */
export const kits = {};

export async function projection(data, language) {
  const coming = data.kits.map(async (name) => (kits[name] = await KITS[name]()));
  const json = data.definitions ? data.definitions[language] : await fetched(data.urls.definition.replace("__language__", language));
  await Promise.all(coming);
  await kits.list?.whole(json, (sha256) => data.lists?.[sha256] ?? fetched(data.urls.list.replace("__list__", sha256)));
  await fetchTypes(json.sections.flatMap((section) => section.items));
  return json;
}

async function fetched(address) {
  const response = await fetch(address, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`definition: ${response.status}`);
  return response.json();
}
