/** The definition that a page fills, in one language: of the page itself in a preview, else by its address, with its long lists and types. */
import { fetchTypes } from "../engine/index.mjs";
import { fetchKits, kits } from "./kits.mjs";

export async function projection(data, language) {
  const coming = fetchKits(data.kits);
  const json = data.definitions ? data.definitions[language] : await fetched(data.urls.definition.replace("__language__", language));
  await coming;
  await kits.list?.whole(json, (sha256) => data.lists?.[sha256] ?? fetched(data.urls.list.replace("__list__", sha256)));
  await fetchTypes(json.sections.flatMap((section) => section.items));
  return json;
}

async function fetched(address) {
  const response = await fetch(address, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`definition: ${response.status}`);
  return response.json();
}
