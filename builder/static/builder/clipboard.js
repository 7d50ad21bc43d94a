/* A block as text of ours: copied here, pasted on another page with new ids, free names, and a word on what is not there. */
(() => {
  const editor = window.scriptoriumEditor;
  if (editor.addActions) return;
  const { say, element } = editor;
  const { walk, mentioned, made, rewritten } = editor.mentions;
  const MOST = 2_000_000; // letters

  /* What the blocks speak of and do not hold themselves, as far as this page knows it. */
  const spokenOf = (definition, state) => {
    const known = new Map(editor.blocks().map((block) => [block.id, block.state]));
    const found = {};
    walk(definition, state, (leaf, field) => mentioned(leaf, field).ids.forEach((id) => {
      if (known.has(id)) found[id] = { label: editor.labelOf(known.get(id)), name: known.get(id).name || '' };
    }));
    return found;
  };

  const textOf = (child) => {
    const value = child.block.getState();
    const block = { type: child.type, id: child.id, value };
    return JSON.stringify({ scriptorium: 'blocks', version: 1, blocks: [block], about: spokenOf(child.blockDef, value) });
  };

  const copy = async (button) => {
    const child = editor.childAt(button);
    const label = editor.short(editor.labelOf(child.block.getState()));
    const text = textOf(child);
    try {
      await navigator.clipboard.writeText(text);
      editor.toast(say('copied', { label }));
    } catch (problem) {
      show(say('copyByHand'), text);
    }
  };

  const read = (text) => {
    let found = null;
    try { found = text.length <= MOST ? JSON.parse(text) : null; } catch (problem) { return null; }
    const whole = found && found.scriptorium === 'blocks' && found.version === 1 && Array.isArray(found.blocks);
    if (!whole || !found.blocks.every((block) => block && typeof block.type === 'string' && block.value && typeof block.value === 'object')) {
      return null;
    }
    return { blocks: found.blocks, about: found.about && typeof found.about === 'object' ? found.about : {} };
  };

  const plain = (leaf) => {
    const fits = leaf === null || ['string', 'number', 'boolean'].includes(typeof leaf)
      || (Array.isArray(leaf) && leaf.every((each) => typeof each === 'string'));
    return fits ? leaf : '';
  };

  /* What was spoken of and is here under the same name is meant; the rest is told. */
  const met = (about) => {
    const here = editor.blocks();
    const ids = new Map();
    const missing = new Map();
    Object.entries(about).forEach(([id, told]) => {
      if (here.some((block) => block.id === id)) return;
      const same = told && told.name && here.find((block) => block.state.name === told.name);
      if (same) ids.set(id, same.id);
      else missing.set(id, String((told && told.label) || id));
    });
    return { ids, missing };
  };

  const lost = (definition, state, missing) => {
    const found = new Set();
    walk(definition, state, (leaf, field) => mentioned(leaf, field).ids.forEach((id) => { if (missing.has(id)) found.add(missing.get(id)); }));
    return [...found];
  };

  const placeFor = (block, section) => {
    const streams = ['body', 'outcomes'].map((name) => editor.stream(name)).filter(Boolean);
    const own = streams.find((stream) => stream.blockDef.childBlockDefsByName[block.type]);
    if (own) return own;
    const child = section && editor.reveal(section) && editor.wayTo(section).at(-1);
    const items = child && child.block.childBlocks.items;
    return items && items.blockDef.childBlockDefsByName[block.type] ? items : null;
  };

  const pasteOne = (block, section, { ids, missing }) => {
    const sequence = placeFor(block, section);
    if (!sequence) return null;
    const definition = sequence.blockDef.childBlockDefsByName[block.type];
    const inner = new Set();
    const sound = made(definition, block.value, plain, (id) => { inner.add(id); return id; });
    const mapped = made(definition, sound, (leaf, field) => rewritten(leaf, field, ids, new Map()), (id) => id);
    const to = crypto.randomUUID();
    const value = editor.copied(definition, mapped, { from: String(block.id), to });
    editor.insert(sequence, { type: block.type, id: to, value }, sequence.children.length, { collapsed: true });
    editor.changed();
    return { id: to, label: editor.labelOf(value), missing: lost(definition, value, missing) };
  };

  const paste = (text, section) => {
    const found = read(text.trim());
    if (!found) return say('notOurs');
    const about = met(found.about);
    const done = found.blocks.map((block) => pasteOne(block, section, about));
    const put = done.filter(Boolean);
    if (!put.length) return say('noPlace');
    editor.reveal(put[0].id, { whole: false });
    const wanting = put.filter((each) => each.missing.length);
    const words = { label: editor.short(put[0].label), missing: wanting.flatMap((each) => each.missing).map((each) => `“${each}”`).join(', ') };
    editor.toast(say(wanting.length ? 'pastedMissing' : 'pasted', words));
    return '';
  };

  const dialogOf = (heading, parts, buttons, no = say('close')) => {
    const before = document.activeElement;
    const dialog = element('dialog', { class: 'builder-dialog', 'aria-labelledby': 'builder-paste-heading' });
    const away = () => { dialog.close(); dialog.remove(); };
    const close = element('button', { type: 'button', class: 'button button-secondary' }, [no]);
    close.addEventListener('click', () => { away(); if (before && before.isConnected) before.focus(); });
    dialog.addEventListener('cancel', (event) => { event.preventDefault(); close.click(); });
    dialog.append(
      element('h2', { id: 'builder-paste-heading' }, [heading]), ...parts,
      element('p', { class: 'builder-dialog__buttons' }, [...buttons, close]),
    );
    document.body.append(dialog);
    dialog.showModal();
    return away;
  };

  const area = (label) => element('textarea', { rows: '6', spellcheck: 'false', 'aria-label': label, 'data-builder-paste': '' });

  const show = (heading, text) => {
    const box = area(heading);
    box.value = text;
    box.readOnly = true;
    dialogOf(heading, [box], []);
    box.select();
  };

  /* The section that one was last in. */
  let last = '';
  document.addEventListener('focusin', (event) => {
    const path = event.target.closest && event.target.closest('[data-contentpath=body]') ? editor.pathOf(event.target) : [];
    if (path.length > 1) [, last] = path;
  });

  const askForText = () => {
    const box = area(say('pasteHere'));
    const where = element('select', { 'aria-label': say('pasteInto') });
    editor.statesOf('body').filter((each) => each.type === 'section').forEach((each) => where.append(new Option(editor.labelOf(each.state), each.id)));
    if ([...where.options].some((option) => option.value === last)) where.value = last;
    const told = element('p', { class: 'builder-problem', role: 'alert' });
    const doing = element('button', { type: 'button', class: 'button' }, [say('paste')]);
    const labelled = element('label', { class: 'builder-dialog__where' }, [say('pasteInto'), ' ', where]);
    const away = dialogOf(say('pasteHeading'), [element('p', {}, [say('pasteHere')]), box, labelled, told], [doing]);
    doing.addEventListener('click', () => {
      const wrong = read(box.value.trim()) ? '' : say('notOurs');
      told.textContent = wrong;
      if (wrong) return box.focus();
      away();
      const failed = paste(box.value, where.value);
      if (failed) editor.toast(failed);
      return null;
    });
    box.focus();
  };

  /* What others do to each block of the page, those that are made later too. */
  const told = [];
  const eachBlock = (act) => {
    told.push(act);
    editor.whenReady(() => editor.childrenOf('body').forEach((child) => act(child.block)));
  };

  const addActions = (block) => {
    editor.addButton(block.element, { name: 'copy', icon: 'clipboard-list', label: say('copy') });
    if (editor.stream('body')) setTimeout(() => told.forEach((act) => { if (block.element.isConnected) act(block); }));
  };

  document.addEventListener('click', (event) => {
    const button = event.target.closest && event.target.closest('[data-builder-action=copy]');
    if (button) copy(button);
  });

  Object.assign(editor, { addActions, eachBlock, dialogOf, askForText, paste });
})();
