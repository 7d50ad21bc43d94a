/**
 * The keyboard: every deed of the screen has a key, and no key takes a letter from whoever is typing. Which key does what is
 * said by the server's table (workspace/screen_keys.py); here is what each deed does.
 */
import { boxAt, controlsOf } from "./fields.mjs";
import { focusBox } from "./entries.mjs";
import { deedOf, fitted } from "./key_table.mjs";

const TYPED = "input:not([type=radio], [type=checkbox]), textarea, select";

/** @param deeds  {next(), back(), end(), keys(), jump(), add(), aside(), undo(field), redo(field), changed(box), clear(box), leave(box), setAside(box), further(box)} */
export function listen(root, deeds) {
  fitted("page", DEEDS);
  root.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const deed = DEEDS[deedOf(event, "page")];
    if (deed?.(event, deeds)) event.preventDefault();
  });
}

const isTyping = (event) => event.target.matches(TYPED);

const DEEDS = {
  onwards(event, deeds) {
    if (event.target.closest("button, a, summary")) return false;
    if (event.target.matches("[data-reason]")) return told(deeds.setAside(event.target.closest("[data-place]")));
    return event.target.matches("textarea") ? false : onwards(deeds); // there Enter begins a new line
  },
  backwards: (event, deeds) => !event.target.closest("button, a, summary") && backwards(deeds),
  out: (_, deeds) => onwards(deeds),
  choose,
  clear(event, deeds) {
    const box = event.target.closest("[data-place]");
    if (!box || isTyping(event)) return false;
    return told(deeds.clear(box));
  },
  undo: (event, deeds) => deeds.undo(event.target),
  redo: (event, deeds) => deeds.redo(event.target),
  add: (event, deeds) => !isTyping(event) && deeds.add(),
  add_typing: (_, deeds) => deeds.add(),
  jump: (event, deeds) => !isTyping(event) && told(deeds.jump()),
  jump_typing: (_, deeds) => told(deeds.jump()),
  next: (_, deeds) => told(deeds.next()),
  back: (_, deeds) => told(deeds.back()),
  aside: (_, deeds) => deeds.aside(),
  end: (_, deeds) => told(deeds.end()),
  keys: (event, deeds) => !isTyping(event) && told(deeds.keys()),
};

function told() {
  return true;
}

/** 0 to 9, y and n choose in the question that has the focus. */
function choose(event, deeds) {
  if (isTyping(event)) return false;
  const box = event.target.closest("fieldset[data-place]") ?? waitingChoice(event.target);
  const control = box && keyed(event.target.closest("[data-part]") ?? box, pressed(event));
  if (!control || control.disabled) return false;
  control.checked = control.type === "radio" ? true : !control.checked;
  control.focus();
  deeds.changed(box);
  return true;
}

function pressed({ key, code }) {
  return /^[0-9a-z]$/i.test(key) ? key.toLowerCase() : code.replace("Digit", "");
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
export function asked() {
  const all = [...document.querySelectorAll("form.section:not([hidden]) [data-place]")];
  return all.filter((box) => !box.closest("[hidden]") && !controlsOf(box).every((control) => control.disabled));
}

/** To the next question, or to the next section after the last. */
function onwards(deeds) {
  const box = boxAt(document.activeElement);
  if (box) deeds.leave(box);
  const now = asked(); // leaving may have opened or closed questions
  const next = now[(box ? now.indexOf(box) : -1) + 1];
  if (next) focusBox(next);
  else if (!box || !deeds.further(box)) deeds.next();
  return true;
}

function backwards(deeds) {
  const box = boxAt(document.activeElement);
  if (box) deeds.leave(box);
  const now = asked();
  const previous = now[now.indexOf(box) - 1];
  if (previous) focusBox(previous);
  else deeds.back();
  return true;
}
