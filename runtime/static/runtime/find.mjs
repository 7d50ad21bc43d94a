// Hits while one types. Without this module the form's button does the same, a page at a time.
// The words are posted, never put into an address; nothing is kept between two pages.

const PAUSE = 220; // milliseconds without a key before the words are sent
const SHORTEST = 3;

const form = document.querySelector("[data-find]");
const place = document.querySelector("[data-hits]");

/** Asks for the hits of what stands in the box; an older question that is still under way is given up. */
function searcher() {
  let under_way = null;
  let asked = "";
  return async function search(text) {
    if (text === asked) return;
    asked = text;
    under_way?.abort();
    under_way = new AbortController();
    const body = new FormData(form);
    body.set("text", text);
    try {
      const answer = await fetch(form.action, {
        method: "POST", body, signal: under_way.signal, redirect: "error", headers: { "X-Fragment": "hits", Accept: "text/html, application/json" },
      });
      if (!answer.ok) throw new Error(String(answer.status));
      place.innerHTML = await answer.text();
    } catch (problem) {
      if (problem.name === "AbortError") return;
      asked = "";
      tell(["401", "403", "409"].includes(problem.message) ? form.dataset.signedOut : form.dataset.failed);
    }
  };
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

if (form && place) {
  const search = searcher();
  let waiting = 0;
  form.elements.text.addEventListener("input", () => {
    clearTimeout(waiting);
    const text = form.elements.text.value;
    if (text.trim().length < SHORTEST) return;
    waiting = setTimeout(() => search(text), PAUSE);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
  document.addEventListener("keydown", walk);
}
