// Shows how far the loading of a list is: asks every second, and reloads the page at its end.
// Without JavaScript the page is right at each reload.

const SECOND = 1000;
const LONGEST = 15 * SECOND;

const part = document.querySelector("[data-progress]");
const bar = part?.querySelector("progress");

/** Puts the figures of an answer in their places. */
function show(answer) {
  for (const field of part.querySelectorAll("[data-field]")) {
    const text = String(answer[field.dataset.field]);
    if (field.textContent !== text) field.textContent = text;
  }
  bar.max = answer.total;
  bar.value = answer.seen;
}

/** Asks once; waits longer each time the server does not answer. */
async function ask(pause) {
  try {
    const response = await fetch(part.dataset.progress, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(String(response.status));
    const answer = await response.json();
    show(answer);
    if (answer.ended) return location.reload();
    return setTimeout(ask, SECOND, SECOND);
  } catch {
    const longer = Math.min(pause * 2, LONGEST);
    return setTimeout(ask, longer, longer);
  }
}

if (part && bar) ask(SECOND);
