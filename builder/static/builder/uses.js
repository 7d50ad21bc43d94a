/* What uses a block: conditions, references, formulas and placeholders of other blocks. */
(() => {
  const editor = window.scriptoriumEditor;
  if (editor.usesOf) return;
  const { walk, mentioned } = editor.mentions;

  const below = (block) => (block.state.items || []).map((item) => item.id);

  /* The fields that speak of the blocks with these ids, those blocks aside: [{id, label, section, field}]. */
  const usesOf = (ids) => {
    const all = editor.blocks();
    const wanted = new Set([...ids, ...all.filter((block) => ids.includes(block.id)).flatMap(below)]);
    const names = new Set(all.filter((block) => wanted.has(block.id)).map((block) => block.state.name).filter(Boolean));
    const found = [];
    all.filter((block) => !wanted.has(block.id)).forEach((block) => {
      const { items, ...own } = block.state;
      walk(block.definition, own, (leaf, definition) => {
        const { ids: said, names: words } = mentioned(leaf, definition);
        if (!said.some((id) => wanted.has(id)) && !words.some((word) => names.has(word))) return;
        if (found.some((use) => use.id === block.id && use.field === definition.meta.label)) return;
        found.push({ id: block.id, label: editor.labelOf(block.state), section: block.section, field: definition.meta.label });
      });
    });
    return found;
  };

  const asks = (row, id, name) => {
    if (row.rows) return row.rows.some((each) => asks(each, id, name));
    return String(row.question).split('.')[0] === id && [].concat(row.value).includes(name);
  };

  /* The conditions that compare the answer to a question with one of its choices. */
  const usesOfChoice = (id, name) => {
    const found = [];
    const own = editor.blocks().find((block) => block.id === id);
    editor.blocks().forEach((block) => {
      const { items, ...state } = block.state;
      walk(block.definition, state, (leaf, definition) => {
        const condition = typeof leaf === 'string' && leaf.startsWith('{"') ? editor.parsed(leaf) : null;
        const written = (condition && condition.formula) || (definition.meta.attrs && 'data-builder-formula' in definition.meta.attrs ? leaf : '');
        const inWords = written && own && own.state.name && written.includes(own.state.name) && written.includes(`"${name}"`);
        if (!inWords && !(condition && condition.rows && asks(condition, id, name))) return;
        found.push({ id: block.id, label: editor.labelOf(block.state), section: block.section, field: definition.meta.label });
      });
    });
    return found;
  };

  /* “Opening › Fever? (Asked when)”: a button that leads there. */
  const useItem = (use, go) => {
    const section = use.section && use.section.id !== use.id ? `${editor.labelOf(use.section.state)} › ` : '';
    const button = editor.element('button', { type: 'button', class: 'builder-link' }, [`${section}${use.label}`]);
    button.addEventListener('click', () => go(use));
    return editor.element('li', {}, [button, ` (${use.field})`]);
  };

  /* Ask before it is done, where something uses it. `act` is done at once where nothing does. */
  const ask = ({ uses, heading, yes, no, act, keep = () => {} }) => {
    if (!uses.length) return act();
    const before = document.activeElement;
    const list = editor.element('ul', { class: 'builder-uses' });
    const dialog = editor.element('dialog', { class: 'builder-dialog', 'aria-labelledby': 'builder-dialog-heading' });
    const close = (then) => {
      dialog.close();
      dialog.remove();
      then();
    };
    const back = () => { if (before && before.isConnected) before.focus(); };
    list.append(...uses.map((use) => useItem(use, () => close(() => { keep(); editor.reveal(use.id); }))));
    const keeping = editor.element('button', { type: 'button', class: 'button' }, [no]);
    keeping.addEventListener('click', () => close(() => { keep(); back(); }));
    const doing = editor.element('button', { type: 'button', class: 'button no' }, [yes]);
    doing.addEventListener('click', () => close(() => { act(); }));
    dialog.addEventListener('cancel', (event) => { event.preventDefault(); keeping.click(); });
    dialog.append(
      editor.element('h2', { id: 'builder-dialog-heading' }, [heading]), editor.element('p', {}, [editor.say('usedBy')]), list,
      editor.element('p', { class: 'builder-dialog__buttons' }, [keeping, doing]),
    );
    document.body.append(dialog);
    dialog.showModal();
    keeping.focus();
    return null;
  };

  Object.assign(editor, { usesOf, usesOfChoice, ask });
})();
