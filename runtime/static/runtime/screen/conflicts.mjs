/** Two people answered the same, neither having seen the other: both answers side by side, and a key for each. */
import { boxOf, put } from "./fields.mjs";
import { formatValue } from "./format.mjs";

/** @param conflicts  [{place, number, value, by, other, other_by}..]: `value` is the one that counts now */
export function showConflicts(screen, conflicts) {
  const notice = document.querySelector("[data-conflicts]");
  const told = document.querySelector("[data-conflicts-told]");
  (told?.parentElement.children.length === 1 ? told.parentElement : told)?.remove();
  const known = conflicts.filter(({ place }) => screen.sheet.question(place));
  notice.hidden = known.length === 0;
  notice.replaceChildren(...known.map((conflict) => row(screen, conflict, notice)));
}

function row(screen, conflict, notice) {
  const { place, value, by, other, other_by: otherBy } = conflict;
  const line = document.createElement("div");
  const head = document.createElement("p");
  const link = document.createElement("a");
  link.href = `#q:${place}`;
  link.dataset.goto = place;
  link.textContent = screen.wording.say("conflict", { label: screen.sheet.label(place) });
  head.append(link);
  const choices = document.createElement("p");
  choices.className = "notice-actions";
  for (const [one, who] of [[value, by], [other, otherBy]]) choices.append(choice(screen, conflict, one, who, () => gone(line, notice)));
  line.append(head, choices);
  return line;
}

function choice(screen, { place, number }, value, who, done) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  const shown = formatValue(value, screen.sheet.question(place), screen.sheet, screen.wording, place) || screen.wording.say("nothing");
  button.textContent = who ? `${shown} (${who})` : shown;
  button.addEventListener("click", () => {
    if (decide(screen, place, value, number)) done();
  });
  return button;
}

/** Somebody who saw both says which one it is. */
function decide(screen, place, value, number) {
  if (!screen.act(value === null ? { command: "clear", place } : { command: "answer", place, value }, number)) return false;
  const box = boxOf(place);
  if (box) put(box, value);
  screen.entries.patch();
  return true;
}

function gone(line, notice) {
  const next = line.nextElementSibling ?? line.previousElementSibling;
  line.remove();
  notice.hidden = notice.children.length === 0;
  (next?.querySelector("button") ?? document.querySelector("form.section:not([hidden]) h1"))?.focus();
}
