// Where the other houses' packages lie: in a folder that the tests name, beside no source of ours.

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.env.PEERS, "package.json"));

export const peer = (name) => require(name);

// Packages made for browsers: they find a window, and take Node for something else if they see that it is Node.
export async function inBrowser(name) {
  const { JSDOM } = peer("jsdom");
  const { window } = new JSDOM("");
  Object.assign(globalThis, {
    window,
    document: window.document,
    ...Object.fromEntries(DOM.map((each) => [each, window[each]])),
  });
  const node = globalThis.process;
  globalThis.process = undefined;
  try {
    return await import(pathToFileURL(require.resolve(name)));
  } finally {
    globalThis.process = node;
  }
}

const DOM = ["DOMParser", "XMLSerializer", "Node", "Element", "Document", "XMLDocument", "Attr", "Text", "Comment", "NodeFilter"];
