/**
 * The focus is never lost. What holds it may vanish: a question that is no longer asked, a notice, a row that is removed.
 * Then the next question takes it, else the one before, else the head of the section; and it is said.
 */
import { focusBox } from "./entries.mjs";
import { asked } from "./keys.mjs";

const CHANGES = { subtree: true, childList: true, attributes: true, attributeFilter: ["hidden", "disabled", "open"] };

/** @param lost  ({place, now}) => says what became of the question at `place`, if it was one */
export function keepFocus(root, lost) {
  let last = null; // what had the focus, its question, and all that lies around it
  let answered = null; // the question that had it last
  const remember = (node) => {
    const box = node.closest("[data-place]");
    answered = box ?? answered;
    last = { node, box, around: ancestors(node) };
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
    const { box, around } = last;
    last = null;
    lost({ place: box?.dataset.place ?? "", now: settled(box, around, box ? null : answered) });
  };
  // Not at once: a dialog that closes gives the focus back a moment later.
  new MutationObserver(() => (due ||= setTimeout(check))).observe(root, CHANGES);
}

function ancestors(node) {
  const found = [];
  for (let at = node.parentElement; at; at = at.parentElement) found.push(at);
  return found;
}

const follows = (node, before) => Boolean(before?.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING);

const holds = (node) => node.isConnected && !node.disabled && node.checkVisibility();

/** Where the focus is now: of what was no question, beside it, else at the question that was left for it. */
function settled(box, around, answered) {
  const still = asked();
  const home = around.find((node) => node.isConnected && node.checkVisibility());
  const before = box?.isConnected ? box : home;
  const beside = home?.matches("body, main, form.section") ? null : home?.querySelector("button:enabled, a[href]");
  if (answered && beside?.checkVisibility()) beside.focus();
  else focusBox(still.includes(answered) ? answered : (still.find((each) => follows(each, before)) ?? still.at(-1)));
  if (document.activeElement === document.body) document.querySelector("form.section:not([hidden]) h1")?.focus();
  return document.activeElement.closest("[data-place]");
}
