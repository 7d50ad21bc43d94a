/**
 * A replay under the hand: the arrow keys go from step to step, and it plays at a speed. Each step is fetched from the server, which
 * decides what is shown; without this module the same steps are links.
 */
import { deedOf, fitted, learn } from "./screen/key_table.mjs";

const LONGEST_WAIT = 2000;
const SHORTEST_WAIT = 120;
const WHERE = "replay";
const told = document.querySelector("[data-told]");
const play = document.querySelector("[data-play]");
const speed = document.querySelector("[data-speed]");
let playing = null; // the timer of the next step
let under = null; // the step that is being fetched

const way = (name) => document.querySelector(`[data-way="${name}"]`);

/** The parts of another step take the place of those that are here. */
async function go(address) {
  if (!address || under) return false;
  under = new AbortController();
  try {
    const response = await fetch(address, { credentials: "same-origin", signal: under.signal });
    if (!response.ok || response.redirected) { // the purpose is asked again, or the right is gone
      location.assign(address);
      return false;
    }
    shown(new DOMParser().parseFromString(await response.text(), "text/html"));
    history.replaceState(null, "", address);
    return true;
  } catch {
    stop();
    return false;
  } finally {
    under = null;
  }
}

function shown(page) {
  const focus = document.activeElement?.closest("[data-part]")?.dataset.part;
  for (const part of document.querySelectorAll("[data-part]")) {
    const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
    part.replaceWith(document.adoptNode(fresh));
  }
  for (const link of document.querySelectorAll("[data-way]")) same(link, page.querySelector(`[data-way="${link.dataset.way}"]`));
  document.querySelector("[data-jump] input").value = page.querySelector("[data-jump] input").value;
  near();
  if (focus) document.querySelector(`[data-part="${focus}"] [aria-current]`)?.focus();
  if (playing === null) told.textContent = document.querySelector(".replay-where").textContent.trim().replace(/\s+/g, " ");
}

function same(link, fresh) {
  for (const name of ["href", "aria-disabled", "role"]) {
    if (fresh.hasAttribute(name)) link.setAttribute(name, fresh.getAttribute(name));
    else link.removeAttribute(name);
  }
}

/** The step of now is in sight in the list, and nothing else moves. */
function near() {
  const now = document.querySelector("[data-part=steps] [aria-current=step]");
  const list = now?.closest("ol");
  if (list) list.scrollTop = now.offsetTop - list.offsetTop - list.clientHeight / 2;
}

function start() {
  play.setAttribute("aria-pressed", "true");
  soon();
}

function stop() {
  clearTimeout(playing);
  playing = null;
  play.setAttribute("aria-pressed", "false");
}

/** As long as it went, by the speed, and never so long that one wonders. */
function soon() {
  const gap = Number(document.querySelector("[data-gap]").dataset.gap) / Number(speed.querySelector("select").value);
  playing = setTimeout(async () => {
    if (!(await go(way("forth").getAttribute("href")))) stop();
    else if (playing !== null) soon();
  }, Math.min(LONGEST_WAIT, Math.max(SHORTEST_WAIT, gap)));
}

const step = (name) => () => {
  stop();
  go(way(name).getAttribute("href"));
};

const DEEDS = { forth: step("forth"), back: step("back"), first: step("first"), last: step("last"), play: () => (playing === null ? start() : stop()) };

learn(JSON.parse(document.getElementById("replay-keys").textContent));
fitted(WHERE, DEEDS);
for (const node of [play, speed]) node.hidden = false;
play.addEventListener("click", DEEDS.play);
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.target.matches("input, select, textarea")) return;
  const deed = DEEDS[deedOf(event, WHERE)];
  if (!deed) return;
  event.preventDefault();
  deed();
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-way], [data-part=steps] a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  stop();
  go(link.getAttribute("href"));
});
near();
