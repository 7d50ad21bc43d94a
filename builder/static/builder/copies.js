/* Copies: every id new, every name free, and what the copied blocks say of each other is said of the copies. */
(() => {
  const editor = window.scriptoriumEditor;
  if (editor.copied) return;
  const { walk, made, rewritten } = editor.mentions;

  /* The ids and names of a block and of those in it, each with a new one. */
  const anew = (definition, state, own) => {
    const taken = editor.names();
    const ids = new Map(own ? [[own.from, own.to]] : []);
    const names = new Map();
    made(definition, state, (leaf) => leaf, (id) => { if (id) ids.set(id, crypto.randomUUID()); return id; });
    walk(definition, state, (leaf, field, name) => {
      if (name !== 'name' || !leaf || names.has(leaf)) return;
      const free = editor.nameOf(leaf.replace(/_\d+$/, ''), taken);
      taken.add(free);
      names.set(leaf, free);
    });
    return { ids, names };
  };

  /* The state of a copy. `own` is the id of the block itself: {from, to}. */
  const copied = (definition, state, own = null) => {
    const { ids, names } = anew(definition, state, own);
    const field = (leaf, its, name) => (name === 'name' ? names.get(leaf) || leaf : rewritten(leaf, its, ids, names));
    return made(definition, state, field, (id) => ids.get(id) || crypto.randomUUID());
  };

  const duplicate = (child) => {
    const to = crypto.randomUUID();
    const value = copied(child.blockDef, child.block.getState(), { from: child.id, to });
    const { sequence } = child;
    editor.insert(sequence, { type: child.type, id: to, value }, child.index + 1, { animate: true, focus: true });
    editor.changed();
  };

  document.addEventListener('click', (event) => {
    const button = event.target.closest && event.target.closest('[data-streamfield-action="DUPLICATE"]');
    const child = button && editor.childAt(button);
    if (!child) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    duplicate(child);
  }, true);

  Object.assign(editor, { copied });
})();
