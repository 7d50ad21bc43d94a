/**
 * The focus is never lost. What holds it may vanish: a question that is no longer asked, a notice, a row that is removed.
 * Then the next question takes it, else the one before, else the head of the section; and it is said.
 */
import { focusBox } from "./entries.mjs";
import { asked } from "./keys.mjs";

const CHANGES = { subtree: true, childList: true, attributes: true, attributeFilter: ["hidden", "disabled", "open"] };

/** @param lost  ({place, now}) => says what became of the question at `place`, if it was one */
export function keepFocus(root, lost) {
  let last = null; // what had the focus, the boxes around it, and what stood after it
  let answered = null; // the question that had it last
  const remember = (node) => {
    const box = node.closest("[data-place]");
    answered = box ?? answered;
    last = { node, place: box?.dataset.place ?? "", around: ancestors(node), after: box ? asked().slice(asked().indexOf(box) + 1) : [] };
  };
  root.addEventListener("focusin", (event) => remember(event.target));
  root.addEventListener("focusout", ({ target }) => queueMicrotask(() => {
    if (document.activeElement === document.body && holds(target)) last = null; // left by whoever clicked beside it
  }));
  let due = 0;
  const check = () => {
    due = 0;
    const node = document.activeElement && document.activeElement !== document.body ? document.activeElement : last?.node;
    if (!last || document.querySelector("dialog[open]") || holds(node)) return;
    const { place, after, around } = last;
    last = null;
    lost({ place, now: settled(after, around, place ? null : answered) });
  };
  // Not at once: a dialog that closes gives the focus back a moment later.
  new MutationObserver(() => (due ||= setTimeout(check))).observe(root, CHANGES);
}

function ancestors(node) {
  const found = [];
  for (let at = node.parentElement; at; at = at.parentElement) found.push(at);
  return found;
}

const holds = (node) => node.isConnected && !node.disabled && node.checkVisibility();

/** Where the focus is now: of what was no question, beside it, else at the question that was left for it. */
function settled(after, around, answered) {
  const still = asked();
  const home = around.find((node) => node.isConnected && node.checkVisibility());
  const beside = home?.matches("body, main, form.section") ? null : home?.querySelector("button:enabled, a[href]");
  if (answered && beside?.checkVisibility()) beside.focus();
  else focusBox(still.includes(answered) ? answered : (after.find((each) => still.includes(each)) ?? still.at(-1)));
  if (document.activeElement === document.body) document.querySelector("form.section:not([hidden]) h1")?.focus();
  return document.activeElement.closest("[data-place]");
}
