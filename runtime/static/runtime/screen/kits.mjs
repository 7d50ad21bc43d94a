/** What the fields of some scripts need and others do not: fetched with the definition, where the server tells of such a field. */

const FETCHED = {
  list: () => import("./typeahead.mjs"),
  file: () => import("./files.mjs"),
};

/** name -> its module, once it is there */
export const kits = {};

/** @param names  of the server's controls (workspace/screen_controls.py) */
export async function fetchKits(names) {
  await Promise.all(names.map(async (name) => (kits[name] = await FETCHED[name]())));
}
