/* Thousands of lines pasted into a list of choices. Browsers put them in line by line, which takes minutes; here they are put in
   at once. */
(() => {
  if (window.scriptoriumPasting) return;
  window.scriptoriumPasting = true;
  const LONG = 10000; // letters

  document.addEventListener('paste', (event) => {
    const field = event.target;
    const text = event.clipboardData ? event.clipboardData.getData('text/plain') : '';
    if (text.length < LONG || !field.matches('textarea[data-builder-choices]') || field.readOnly) return;
    event.preventDefault();
    field.setRangeText(text.replace(/\r\n?/g, '\n'), field.selectionStart, field.selectionEnd, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
  });
})();
