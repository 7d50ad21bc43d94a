// The check of a draft: hides severities that are not asked for, and shows how far the proof is until it ends.
// Without JavaScript everything is shown, and the page is right at each reload.

const SECOND = 1000;
const LONGEST = 15 * SECOND;

const filter = document.querySelector("[data-check-filter]");
if (filter) {
  filter.hidden = false;
  filter.addEventListener("change", ({ target }) => {
    const group = document.querySelector(`[data-check-group="${target.value}"]`);
    if (group) group.hidden = !target.checked;
  });
}

const part = document.querySelector("[data-check-progress]");
const bar = part?.querySelector("progress");

/** Asks once; waits longer each time the server does not answer. */
async function ask(pause) {
  try {
    const response = await fetch(part.dataset.checkProgress, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(String(response.status));
    const answer = await response.json();
    if (answer.ended) return location.reload();
    bar.max = answer.questions || 1;
    bar.value = answer.decided;
    return setTimeout(ask, SECOND, SECOND);
  } catch {
    const longer = Math.min(pause * 2, LONGEST);
    return setTimeout(ask, longer, longer);
  }
}

if (part && bar) setTimeout(ask, SECOND, SECOND);
