/** The keyboard: every deed of the screen has a key, and no key takes a letter from whoever is typing. */
import { controlsOf } from "./fields.mjs";
import { focusBox } from "./entries.mjs";

const TYPED = "input:not([type=radio], [type=checkbox]), textarea, select";

/** @param deeds  {next(), back(), end(), keys(), add(), aside(), changed(box), clear(box), leave(box), setAside(box), further(box)} */
export function listen(root, deeds) {
  root.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || document.querySelector("dialog[open]")) return;
    const deed = (event.ctrlKey || event.metaKey ? CONTROL : PLAIN)[event.key] ?? digit;
    if (deed(event, deeds)) event.preventDefault();
  });
}

const CONTROL = {
  e: (_, deeds) => told(deeds.end()),
  E: (_, deeds) => told(deeds.end()),
  b: (_, deeds) => deeds.aside(),
  B: (_, deeds) => deeds.aside(),
  Enter: (_, deeds) => onwards(deeds),
  ArrowDown: (_, deeds) => told(deeds.next()),
  ArrowUp: (_, deeds) => told(deeds.back()),
};

const PLAIN = {
  Enter: (event, deeds) => {
    if (event.target.closest("button, a, summary")) return false;
    if (event.target.matches("[data-reason]")) return told(deeds.setAside(event.target.closest("[data-place]")));
    if (event.shiftKey) return backwards(deeds);
    return event.target.matches("textarea") ? false : onwards(deeds); // there Enter begins a new line
  },
  "?": (event, deeds) => !event.target.matches(TYPED) && told(deeds.keys()),
  "+": (event, deeds) => !event.target.matches(TYPED) && deeds.add(),
  Insert: (_, deeds) => deeds.add(),
  Delete: (event, deeds) => {
    const box = event.target.closest("[data-place]");
    if (!box || event.target.matches(TYPED)) return false;
    return told(deeds.clear(box));
  },
};

function told() {
  return true;
}

/** 1 to 9, y and n choose in the question that has the focus. */
function digit(event, deeds) {
  if (event.ctrlKey || event.metaKey || event.target.matches(TYPED)) return false;
  const box = event.target.closest("fieldset[data-place]") ?? waitingChoice(event.target);
  const control = box && keyed(event.target.closest("[data-part]") ?? box, event.key.toLowerCase());
  if (!control || control.disabled) return false;
  control.checked = control.type === "radio" ? true : !control.checked;
  control.focus();
  deeds.changed(box);
  return true;
}

/** With nothing in focus, the first choice of the section that is still unanswered takes the key. */
function waitingChoice(target) {
  if (target.closest("button, a, summary, input")) return null;
  const open = [...document.querySelectorAll("form.section:not([hidden]) fieldset[data-place]:not([hidden])")];
  return open.find((box) => box.offsetParent && choicesOf(box).length && !choicesOf(box).some((control) => control.checked)) ?? null;
}

function choicesOf(box) {
  return controlsOf(box).filter((control) => control.type === "radio" || control.type === "checkbox");
}

function keyed(box, key) {
  const controls = choicesOf(box).filter((control) => !control.closest("label")?.hidden);
  if (box.dataset.control === "yes_no") return { y: controls[0], n: controls[1] }[key];
  if (box.dataset.control === "scale") return controls.find((control) => control.value === key);
  return /^[1-9]$/.test(key) ? controls[Number(key) - 1] : undefined;
}

/** The visible questions of the shown section, in order. */
function asked() {
  const all = [...document.querySelectorAll("form.section:not([hidden]) [data-place]")];
  return all.filter((box) => box.offsetParent !== null && !controlsOf(box).every((control) => control.disabled));
}

function here() {
  return document.activeElement?.closest?.("[data-place]") ?? null;
}

/** To the next question, or to the next section after the last. */
function onwards(deeds) {
  const list = asked();
  const box = here();
  if (box) deeds.leave(box);
  const now = asked(); // leaving may have opened or closed questions
  const next = now[(box ? now.indexOf(box) : -1) + 1];
  if (next && (box || list.length)) focusBox(next);
  else if (!box || !deeds.further(box)) deeds.next();
  return true;
}

function backwards(deeds) {
  const box = here();
  if (box) deeds.leave(box);
  const now = asked();
  const previous = now[now.indexOf(box) - 1];
  if (previous) focusBox(previous);
  else deeds.back();
  return true;
}
