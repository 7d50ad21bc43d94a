// Ticks all items of the page at once, and shows of a deed what it needs. Without this module everything is there, and what a deed does
// not need is not read.

const all = document.querySelector("[data-all]");
const ticks = [...document.querySelectorAll('#items input[name="item"]')];
const deed = document.getElementById("deed_deed");

if (all && ticks.length) {
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const one of ticks) one.checked = all.checked;
  });
  document.getElementById("items").addEventListener("change", (event) => {
    if (event.target === all) return;
    all.checked = ticks.every((one) => one.checked);
    all.indeterminate = !all.checked && ticks.some((one) => one.checked);
  });
}

/** What the chosen deed is given. */
function show() {
  for (const part of document.querySelectorAll("[data-of]")) {
    part.hidden = !part.dataset.of.split(" ").includes(deed.value);
  }
}

if (deed) {
  deed.addEventListener("change", show);
  show();
}
