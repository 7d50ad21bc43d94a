// Hits while one types. Without this module the form's button does the same, a page at a time.
// The words are posted, never put into an address; nothing is kept between two pages.

const PAUSE = 220; // milliseconds without a key before the words are sent
const SLOW = 1200; // before it is said that one waits
const SAY = 600; // without a newer answer before a screen reader hears how many there are
const SHORTEST = 3;

const form = document.querySelector("[data-find]");
const place = document.querySelector("[data-hits]");
const said = document.querySelector("[data-said]");
const slow = document.querySelector("[data-slow-line]");

/** Asks for the hits of the form; an older question that is still under way is given up, so that its answer never comes late. */
function searcher() {
  let under_way = null;
  let asked = "";
  return { search, forget };

  async function search(whole = false) {
    const body = new FormData(form);
    if (whole) body.set("whole", "1");
    const question = JSON.stringify([...body.entries()]);
    if (question === asked) return true;
    forget();
    asked = question;
    const mine = (under_way = new AbortController());
    const waiting = setTimeout(() => tellSlow(true), SLOW);
    place.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, {
        method: "POST", body, signal: mine.signal, redirect: "error", headers: { "X-Fragment": "hits", Accept: "text/html, application/json" },
      });
      if (!answer.ok) throw new Error(String(answer.status));
      show(await answer.text());
      return true;
    } catch (problem) {
      if (problem.name !== "AbortError") {
        asked = "";
        tell(["401", "403", "409"].includes(problem.message) ? form.dataset.signedOut : form.dataset.failed);
      }
      return false;
    } finally {
      clearTimeout(waiting);
      if (mine === under_way) settle();
    }
  }

  function forget() {
    under_way?.abort();
    under_way = null;
    asked = "";
    settle();
  }

  function settle() {
    tellSlow(false);
    place.removeAttribute("aria-busy");
  }
}

/** The old list stays until the new one is there, in one step; the hands stay where they are. */
function show(html) {
  const at = [...place.querySelectorAll("button.hit")].indexOf(document.activeElement);
  place.innerHTML = html;
  if (at >= 0) (place.querySelectorAll("button.hit")[at] ?? form.elements.text).focus();
  say(place.querySelector("[data-told]")?.textContent ?? "");
}

let saying = 0;
function say(words) {
  clearTimeout(saying);
  saying = setTimeout(() => (said.textContent = words), SAY);
}

function tellSlow(on) {
  slow.hidden = !on;
  slow.textContent = on ? form.dataset.slow : "";
  if (on) say(form.dataset.slow);
}

function tell(words) {
  const line = document.createElement("p");
  line.setAttribute("role", "alert");
  line.className = "problem";
  line.textContent = words;
  place.replaceChildren(line);
}

/** The arrow keys walk from the box through the hits and back. */
function walk(event) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const stops = [form.elements.text, ...place.querySelectorAll("button.hit")];
  const at = stops.indexOf(document.activeElement);
  const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}

function withoutFilters() {
  for (const field of form.querySelectorAll(".filters :is(select, input)")) field.value = "";
}

if (form && place) {
  const { search, forget } = searcher();
  let waiting = 0;
  const soon = (pause) => {
    clearTimeout(waiting);
    if (form.elements.text.value.trim().length < SHORTEST) {
      forget();
      place.replaceChildren();
      say("");
    } else waiting = setTimeout(() => search(), pause);
  };
  form.elements.text.addEventListener("input", () => soon(PAUSE));
  form.addEventListener("change", (event) => event.target !== form.elements.text && soon(0));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    if (event.submitter?.name === "clear") withoutFilters();
    const before = form.elements.text.value;
    const answered = await search(true);
    if (answered && form.elements.text.value === before) place.querySelector("button.hit")?.focus();
  });
  document.addEventListener("keydown", walk);
}
