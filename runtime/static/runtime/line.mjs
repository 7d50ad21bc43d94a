// The page that asks who is on the line, by keyboard. Alt and a digit take a way at once, also out of a field. A digit alone goes
// to the way, and Enter takes it: a date of birth that is typed beside its field must never end a call. Without this module every
// way is reached with Tab.

const FIELDS = "input, select, textarea";

function choose(event) {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  const way = digit && document.querySelector(`[data-key="${digit}"]`);
  if (!way || event.ctrlKey || event.metaKey || event.repeat) return;
  if (!event.altKey && event.target.closest(FIELDS)) return;
  event.preventDefault();
  const around = way.closest("details");
  if (around) around.open = true;
  way.focus();
  if (!event.altKey) return;
  if (around) around.querySelector("input:not([type=hidden])")?.focus();
  else way.click();
}

document.addEventListener("keydown", choose);
document.documentElement.dataset.line = "ready";
