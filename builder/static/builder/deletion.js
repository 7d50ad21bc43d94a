/* Deleting says first what uses it, and can be taken back. */
(() => {
  const editor = window.scriptoriumEditor;
  if (editor.toast) return;
  const { say, element } = editor;

  /* A sentence at the foot of the page, with a way back; the next one takes its place. `away` is done when it is closed. */
  const toast = (text, back = null, away = () => {}) => {
    const old = document.querySelector('.builder-toast');
    if (old) old.remove();
    const made = element('div', { class: 'builder-toast', role: 'status' }, [element('span', {}, [text])]);
    const close = element('button', { type: 'button', class: 'button button-small button-secondary' }, [say('close')]);
    close.addEventListener('click', () => { made.remove(); away(); });
    made.addEventListener('keydown', (event) => { if (event.key === 'Escape') close.click(); });
    if (back) {
      const undo = element('button', { type: 'button', class: 'button button-small' }, [say('undo')]);
      undo.addEventListener('click', () => { made.remove(); back(); });
      made.append(undo);
    }
    made.append(close);
    document.body.append(made);
    return made;
  };

  const remembered = (child) => ({
    sequence: child.sequence, index: child.index, element: child.element,
    block: { type: child.type, id: child.id, value: child.block.getState() },
  });

  const comeBack = (deleted) => {
    const child = editor.restore(deleted);
    editor.changed();
    if (!child) toast(say('cannotUndo'));
    else editor.reveal(child.id, { whole: false });
  };

  /* The row that stands where one was deleted, or the last one, or what it stood in. */
  const nextTo = ({ sequence, index, element }) => {
    const child = sequence.children[Math.min(index, sequence.children.length - 1)];
    const around = element.parentElement && editor.toggleOf(element.parentElement);
    const toggle = child ? child.toggleElement : around;
    if (toggle) toggle.focus();
  };

  /* Not by a second click of its button: a browser does not click within a click that came from the keyboard. */
  const remove = (child) => {
    const deleted = remembered(child);
    const label = editor.short(editor.labelOf(deleted.block.value));
    editor.take(child);
    editor.changed();
    const made = toast(say('deleted', { label }), () => comeBack(deleted), () => nextTo(deleted));
    made.querySelector('button').focus();
  };

  document.addEventListener('click', (event) => {
    const button = editor.deleteButton(event.target);
    const child = button && editor.childAt(button);
    if (!child) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const label = editor.short(editor.labelOf(child.block.getState()));
    editor.ask({
      uses: editor.usesOf([child.id]), heading: say('deleteHeading', { label }), yes: say('deleteAnyway'), no: say('keepIt'),
      act: () => remove(child),
    });
  }, true);

  /* Choices are lines of a text: what is missing after a change was deleted. */
  const choiceNames = (text) => new Map(editor.choicesOf(text));
  const before = new WeakMap();
  document.addEventListener('focusin', (event) => {
    if (event.target.matches && event.target.matches('[data-builder-choices]')) before.set(event.target, event.target.value);
  });
  document.addEventListener('change', (event) => {
    const area = event.target;
    if (!before.has(area)) return;
    const old = before.get(area);
    before.set(area, area.value);
    const now = choiceNames(area.value);
    const gone = [...choiceNames(old)].filter(([name]) => !now.has(name));
    const owner = area.closest(editor.CHILD);
    const id = owner && owner.getAttribute('data-contentpath');
    const uses = gone.flatMap(([name]) => editor.usesOfChoice(id, name));
    if (!uses.length) return;
    editor.ask({
      uses, heading: say('choiceHeading', { label: gone.map(([, label]) => label).join(', ') }), yes: say('deleteAnyway'),
      no: say('keepIt'), act: () => area.focus(),
      keep: () => {
        area.value = old;
        before.set(area, old);
        area.dispatchEvent(new Event('input', { bubbles: true }));
      },
    });
  });

  Object.assign(editor, { toast });
})();
