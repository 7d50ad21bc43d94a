/* A name left empty is made of the label when the author leaves the label, and is never changed after that. */
(() => {
  if (window.scriptoriumNames) return;
  window.scriptoriumNames = true;

  const LABELS = ['label', 'title'];

  document.addEventListener('change', (event) => {
    const input = event.target;
    if (!input.name || !input.value) return;
    const ending = LABELS.find((label) => input.name.endsWith(`-value-${label}`));
    if (!ending) return;
    const name = document.getElementsByName(`${input.name.slice(0, -ending.length)}name`)[0];
    if (!name || name.value) return;
    name.value = window.scriptoriumEditor.nameOf(input.value, window.scriptoriumEditor.names());
    name.dispatchEvent(new Event('input', { bubbles: true }));
  });
})();
