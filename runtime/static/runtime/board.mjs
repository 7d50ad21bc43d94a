// Puts the part of the board that changes in its place, every ten seconds while the page is seen. A key holds it still, and it keeps still
// by itself while somebody reads with the keyboard in it. Without this module a link loads the page again.

const PAUSE = 10_000;
const LONGEST = 120_000;

const place = document.querySelector("[data-live]");
const hold = document.querySelector("[data-hold]");
const line = document.querySelector("[data-line]");
let held = false;
let timer = 0;

/** Says something once; nothing where all is well. */
function say(words) {
  if (line.textContent !== words) line.textContent = words;
}

/** Whoever scrolled a table stays where they were. */
function put(html) {
  const before = [...place.querySelectorAll(".scroll")].map((one) => [one.scrollLeft, one.scrollTop]);
  place.innerHTML = html;
  for (const [number, one] of [...place.querySelectorAll(".scroll")].entries()) {
    if (before[number]) [one.scrollLeft, one.scrollTop] = before[number];
  }
}

async function ask(pause) {
  if (held || document.visibilityState !== "visible" || place.contains(document.activeElement)) return PAUSE;
  try {
    const answer = await fetch(place.dataset.live, { headers: { Accept: "text/html" }, redirect: "error", signal: AbortSignal.timeout(8000) });
    if (!answer.ok) throw new Error(String(answer.status));
    const html = await answer.text();
    if (!held && !place.contains(document.activeElement)) put(html);
    say("");
    return PAUSE;
  } catch {
    say(line.dataset.lost);
    return Math.min(pause * 2, LONGEST);
  }
}

async function watch(pause = PAUSE) {
  const next = await ask(pause);
  clearTimeout(timer);
  timer = setTimeout(watch, next, next);
}

if (place && hold && line) {
  hold.hidden = false;
  hold.addEventListener("click", () => {
    held = !held;
    hold.setAttribute("aria-pressed", String(held));
    say(held ? line.dataset.held : "");
    if (!held) watch();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") watch();
  });
  timer = setTimeout(watch, PAUSE);
}
