/* A row that is moved, opened or closed by its buttons keeps the focus and stays in view: the browser drops the focus with a row's old
   place. */
(() => {
  const editor = window.scriptoriumEditor;
  if (editor.moving) return;
  const { say, element } = editor;
  let told = null;

  /* For those who do not see the row: where it stands now. */
  const tell = (child) => {
    if (!told) {
      told = element('p', { class: 'w-sr-only', role: 'status' });
      document.body.append(told);
    }
    const label = editor.short(editor.labelOf(child.block.getState()));
    told.textContent = say('moved', { label, place: child.index + 1, count: child.sequence.children.length });
  };

  const keep = (button, child) => {
    const usable = button.disabled ? editor.moveButtonsOf(child).find((each) => !each.disabled) : button;
    (usable || child.toggleElement).focus({ preventScroll: true });
    child.toggleElement.scrollIntoView({ block: 'nearest' });
    editor.changed();
    tell(child);
  };

  document.addEventListener('click', (event) => {
    const button = editor.moveButton(event.target);
    const child = button && editor.childAt(button);
    if (!child) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    editor.move(child, button);
    keep(button, child);
  }, true);

  /* A row that is opened or closed by the keyboard stays where one sees it, however the page grows or shrinks. */
  document.addEventListener('click', (event) => {
    const toggle = event.detail === 0 && editor.toggleAt(event.target);
    if (toggle) setTimeout(() => toggle.scrollIntoView({ block: 'nearest' }));
  });

  Object.assign(editor, { moving: true });
})();
