// Says on every page of an agent that a call comes in. Where there is a bell, the page is told when to ask (`bell.mjs`); else the server
// is asked often while the page is seen, less often while it is not, and ever less while it does not answer (`pacing.mjs`). Without this
// module the call's page is reached from the telephone (a screen pop).

import { listen } from "./bell.mjs";
import { pauseAfter, retryAfter } from "./pacing.mjs";
import { whenTold } from "./telephone/dial.mjs";

const place = document.querySelector("[data-calls]");
const bell = place?.dataset.bell;
let shown = "";
let timer = 0;
let asking = false; // one question at a time: an older answer never comes after a newer one
let more = false; // something was told meanwhile
let pause = 0;
let line = null; // closes the line that is open, or being opened
let listening = false;
let failures = 0;
let earliest = 0; // when a line may be tried again

const seen = () => document.visibilityState === "visible";

/** Asks once; gives the pass to the bell. */
async function ask() {
  const answer = await fetch(place.dataset.calls, { headers: { Accept: "text/html" }, redirect: "error", signal: AbortSignal.timeout(5000) });
  if (!answer.ok) throw new Error(String(answer.status)); // 401, 403: signed out, in another tab
  const key = answer.headers.get("X-Calls") ?? "";
  if (key !== shown) {
    const text = answer.status === 204 ? "" : await answer.text();
    keepingFocus(() => (place.innerHTML = text));
    shown = key;
  }
  return answer.headers.get("X-Bell-Pass");
}

/** Who stands at a key of the box stands at it afterwards, too; at the content where the box has gone. */
function keepingFocus(deed) {
  const held = place.contains(document.activeElement) ? document.activeElement.textContent : null;
  deed();
  if (held === null) return;
  const keys = [...place.querySelectorAll("a, button")];
  (keys.find((key) => key.textContent === held) ?? keys[0] ?? document.getElementById("content")).focus();
}

async function watch() {
  if (asking) {
    more = true;
    return;
  }
  asking = true;
  clearTimeout(timer);
  let failed;
  do {
    more = false;
    failed = false;
    try {
      hear(await ask());
    } catch {
      failed = true; // The line is down, or the server starts anew: asked again, later.
    }
  } while (more);
  asking = false;
  again(failed);
}

function again(failed) {
  const next = pauseAfter({ bell, listening: line !== null, seen: seen(), failed, before: pause, chance: Math.random() });
  pause = failed ? next : 0;
  if (next !== null) timer = setTimeout(watch, next);
}

/** Opens the line with a pass that was just given, unless it is open; never while nobody looks. */
async function hear(pass) {
  if (!bell || !pass || line || !seen() || Date.now() < earliest) return;
  const mine = (line = new AbortController());
  let anew = false;
  try {
    anew = await listen(bell, pass, { line: mine, opened, changed: watch });
  } catch {
    // Refused, not there, or dead: the page asks for itself, and tries again with a later answer.
  }
  if (line !== mine) return; // it was closed here
  line = null;
  if (!anew) {
    failures = listening ? 0 : failures + 1;
    earliest = Date.now() + (listening ? 0 : retryAfter(failures, Math.random()));
  }
  listening = false;
  clearTimeout(timer);
  timer = setTimeout(watch, anew ? 0 : retryAfter(0, Math.random()));
}

function opened() {
  listening = true;
  failures = 0;
  if (shown) watch(); // the bell tells what rings; that something ended since is seen by asking
}

/** A page that nobody sees neither listens nor, where there is a bell, asks. */
function looked() {
  if (seen()) {
    watch();
    return;
  }
  line?.abort();
  line = null;
  listening = false;
  clearTimeout(timer);
}

if (place) {
  place.addEventListener("click", (event) => {
    if (event.target.closest("[data-hide]")) keepingFocus(() => place.replaceChildren()); // until something more is told of a call
  });
  whenTold(() => watch());
  if (bell) document.addEventListener("visibilitychange", looked);
  watch();
}
