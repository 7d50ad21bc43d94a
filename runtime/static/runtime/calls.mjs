// Says on every page of an agent that a call comes in. The server is asked often while the page is seen, less often while it is
// not, and ever less while it does not answer. Without this module the call's page is reached from the telephone (a screen pop).

import { whenTold } from "./telephone/dial.mjs";

const SEEN = 700;
const UNSEEN = 2500;
const LONGEST = 30000;

const place = document.querySelector("[data-calls]");
let shown = "";
let timer = 0;

/** Asks once; gives the pause until the next question. */
async function ask(pause) {
  const answer = await fetch(place.dataset.calls, { headers: { Accept: "text/html" }, redirect: "error", signal: AbortSignal.timeout(5000) });
  if (answer.status === 401 || answer.status === 403) return Math.min(pause * 2, LONGEST); // signed out, in another tab
  if (!answer.ok) throw new Error(String(answer.status));
  const key = answer.headers.get("X-Calls") ?? "";
  if (key !== shown) {
    const text = answer.status === 204 ? "" : await answer.text();
    keepingFocus(() => (place.innerHTML = text));
    shown = key;
  }
  return document.visibilityState === "visible" ? SEEN : UNSEEN;
}

/** Who stands at a key of the box stands at it afterwards, too; at the content where the box has gone. */
function keepingFocus(deed) {
  const held = place.contains(document.activeElement) ? document.activeElement.textContent : null;
  deed();
  if (held === null) return;
  const keys = [...place.querySelectorAll("a, button")];
  (keys.find((key) => key.textContent === held) ?? keys[0] ?? document.getElementById("content")).focus();
}

async function watch(pause = SEEN) {
  let next = Math.min(pause * 2, LONGEST);
  try {
    next = await ask(pause);
  } catch {
    // The line is down, or the server starts anew: asked again, later.
  }
  clearTimeout(timer);
  timer = setTimeout(watch, next, next);
}

if (place) {
  place.addEventListener("click", (event) => {
    if (event.target.closest("[data-hide]")) keepingFocus(() => place.replaceChildren()); // until something more is told of a call
  });
  whenTold(() => watch());
  watch();
}
