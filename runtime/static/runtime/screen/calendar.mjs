/**
 * The browser's own calendar beside a date that is typed: by a button, or by a key in the field. What is picked is written
 * into the field, as if it had been typed there.
 */
import { deedOf, fitted } from "./key_table.mjs";

/** @param valueOf  (field) => the day that the field is read as, if any */
export function openCalendars(root, valueOf) {
  const open = (field) => show(field, valueOf(field));
  const deeds = fitted("date", { calendar: open });
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-calendar]");
    if (button) open(button.parentElement.querySelector("input"));
  });
  root.addEventListener("keydown", (event) => {
    const deed = event.target.nextElementSibling?.matches?.("[data-calendar]") && deeds[deedOf(event, "date")];
    if (!deed) return;
    event.preventDefault();
    deed(event.target);
  });
}

function show(field, value) {
  if (field.readOnly) return;
  const native = field.parentElement.querySelector("[data-native]") ?? made(field);
  native.value = value;
  native.showPicker();
}

/** Nothing but the calendar is seen of it, and nobody comes to it by the keyboard. */
function made(field) {
  const native = document.createElement("input");
  native.type = field.nextElementSibling.dataset.calendar;
  native.tabIndex = -1;
  native.setAttribute("aria-hidden", "true");
  native.dataset.native = "";
  for (const kind of ["input", "change"]) native.addEventListener(kind, (event) => event.stopPropagation());
  native.addEventListener("change", () => {
    if (!native.value) return;
    field.value = native.value;
    field.focus();
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  });
  field.parentElement.append(native);
  return native;
}
