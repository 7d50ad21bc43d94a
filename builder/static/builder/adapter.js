/* The one file that knows what Wagtail does not document: the panels of the streams, their children and their ids, the toggle, the
   title and the buttons of a row, the content paths, the comments' script, the events of saving, the panels at the side. tests/journeys/test_editor*.py hold it to that. */
(() => {
  if (window.scriptoriumEditor) return;

  const STREAMS = ['body', 'outcomes'];
  const CHILD = '[data-streamfield-child]';

  const stream = (name) => {
    try {
      return window.wagtail.editHandler.getPanelByName(name).getBoundWidget();
    } catch (problem) {
      return null; // the page is still being built, or has no such stream
    }
  };

  /* Act once the body can be read: at once, or when the page has been built. */
  const whenReady = (act) => {
    if (stream('body')) act();
    else window.addEventListener('load', () => setTimeout(act), { once: true });
  };

  const childrenOf = (name) => (stream(name) || {}).children || [];

  /* The states of a stream's blocks, without opening any: [{id, type, state, label, kind}]. */
  const statesOf = (name) => childrenOf(name).map((child) => ({
    id: child.id, type: child.type, state: child.block.getState() || {}, definition: child.blockDef,
  }));

  /* The word for a kind of item, as Wagtail's row shows it. */
  const kindOf = (definition) => definition.meta.label;
  const definitionsIn = (definition) => {
    const items = definition.childBlockDefsByName && definition.childBlockDefsByName.items;
    return (items && items.childBlockDefsByName) || {};
  };

  const definitionOf = (name, type) => stream(name).blockDef.childBlockDefsByName[type];

  /* Whether a block stands in the shared section that this child includes: there is nothing of it to open here. */
  const includes = (child, id) => {
    const { included } = window.scriptoriumEditor;
    const found = included && included({ id: child.id, type: child.type, state: child.block.getState() });
    return Boolean(found) && found.state.items.some((item) => item.id === id);
  };

  /* The children that lead to a block, outermost first; a section is opened only where `open` says so. */
  const wayTo = (id, open = false) => {
    for (const name of STREAMS) {
      for (const child of childrenOf(name)) {
        if (child.id === id || includes(child, id)) return [child];
        const items = (child.block.getState() || {}).items || [];
        if (items.some((item) => item.id === id)) {
          if (!open && !child.block.real) return [child, null];
          expand(child);
          return [child, child.block.childBlocks.items.children.find((item) => item.id === id)];
        }
      }
    }
    return [];
  };

  const expand = (child) => {
    child.block.open();
    if (child.toggleElement.getAttribute('aria-expanded') === 'false') child.toggleElement.click();
  };

  /* Open the tab, the way to a block, and the block itself where `whole` says so; its row gets the focus, if it may. */
  const reveal = (id, { whole = true, focus = true } = {}) => {
    const way = wayTo(id, true);
    const last = way.at(-1);
    if (!last) return null;
    if (whole) expand(last);
    const tab = last.element.closest('[role=tabpanel]');
    if (tab && tab.hidden) document.querySelector(`[role=tab][href="#${tab.id}"]`).click();
    last.element.scrollIntoView({ block: way.length > 1 ? 'center' : 'start' });
    if (focus) last.toggleElement.focus({ preventScroll: true });
    return last.element;
  };

  /* The child that an element belongs to, and the stream it stands in; of sections, items and outcomes only. */
  const childAt = (element) => {
    const found = element.closest(CHILD);
    const id = found && found.getAttribute('data-contentpath');
    const child = id && wayTo(id).at(-1);
    return child && child.element === found ? child : null;
  };

  /* A panel at the side (`preview`, `comments`), whether it stands open or not. */
  const openPanel = (name) => {
    const panel = document.querySelector(`[data-side-panel="${name}"]`);
    if (panel) panel.dispatchEvent(new CustomEvent('open'));
  };

  const insert = (sequence, block, index, options = {}) => sequence.insert(block, index, options);

  /* What a deleted block leaves in the page is only its mark: the same block may come back beside it. */
  const restore = ({ sequence, block, index, element }) => {
    if (!sequence.sequenceContainer.get(0).isConnected) return null;
    element.querySelector('section').remove();
    return insert(sequence, block, Math.min(index, sequence.children.length), { collapsed: true });
  };

  /* Another block in the place of one. */
  const replace = (child, block) => {
    const { sequence, index, element } = child;
    sequence.deleteBlock(index);
    return restore({ sequence, block, index, element });
  };

  /* The page that is edited; null while it was never saved. */
  const pageId = () => (/\/pages\/(\d+)\/edit\//.exec(window.location.pathname) || [])[1] || null;

  /* As Wagtail's own button does. */
  const take = (child) => child.delete({ animate: true });
  const deleteButton = (target) => target.closest && target.closest('[data-streamfield-action="DELETE"]');

  /* The buttons of a row that move it. */
  const MOVES = '[data-streamfield-action="MOVE_UP"], [data-streamfield-action="MOVE_DOWN"]';
  const moveButton = (target) => target.closest && target.closest(MOVES);
  const move = (child, button) => (button.matches('[data-streamfield-action="MOVE_UP"]') ? child.moveUp() : child.moveDown());
  const moveButtonsOf = (child) => [...child.element.querySelectorAll(MOVES)].slice(0, 2);

  /* Where the page's own tools stand: above the body. */
  const toolPlace = () => stream('body').container.get(0).parentElement;

  /* What stands in the heading of a row, beside the word for its kind. */
  const titleOf = (element) => {
    const child = element.closest(CHILD);
    return child && child.querySelector('[data-panel-heading-text]');
  };

  /* A button of our own beside those of Wagtail. */
  const addButton = (element, { name, icon, label }) => {
    const child = element.closest(CHILD);
    const controls = child && child.querySelector('[data-panel-controls]');
    if (!controls) return;
    const button = document.createElement('button');
    Object.assign(button, { type: 'button', className: 'button button--icon text-replace white', title: label });
    button.setAttribute('data-builder-action', name);
    button.innerHTML = `<svg class="icon icon-${icon}" aria-hidden="true"><use href="#icon-${icon}"></use></svg>`;
    controls.append(button);
  };

  /* Ids of the blocks around an element, outermost first. */
  const pathOf = (element) => {
    const path = [];
    for (let at = element; at; at = at.parentElement) {
      const part = at.getAttribute && at.getAttribute('data-contentpath');
      if (part) path.unshift(part);
    }
    return path;
  };

  let commented = null;
  const hasComment = (element) => {
    if (commented === null) {
      const script = document.getElementById('comments-data');
      try {
        commented = (JSON.parse(script.textContent).comments || []).map((comment) => comment.contentpath);
      } catch (problem) {
        commented = [];
      }
    }
    if (!commented.length) return false;
    const path = pathOf(element).join('.');
    return commented.some((each) => each === path || each.startsWith(`${path}.`));
  };

  const toggleOf = (element) => {
    const child = element.closest('[data-streamfield-child]');
    return child && child.querySelector('[data-panel-toggle]');
  };

  const toggleAt = (target) => target.closest && target.closest('[data-panel-toggle]');

  /* The toggle of the group of fields around an element. */
  const groupToggleOf = (element) => {
    const panel = element.closest('[data-panel]');
    return panel && panel.closest('[data-builder-lazy]') ? panel.querySelector('[data-panel-toggle]') : null;
  };

  const onOpen = (toggle, act) => {
    toggle.addEventListener('wagtail:panel-toggle', (event) => { if (event.detail.expanded) act(); });
  };

  /* Ids of the blocks that an element stands in, the innermost first. */
  const blocksAt = (element) => pathOf(element).filter((part) => /^[0-9a-f-]{36}$/.test(part)).reverse();

  /* Saving by itself: what Wagtail's autosave tells (`save`, `success`, `error`), and saving once more without an edit. */
  const onSaving = (what, act) => document.addEventListener(`w-autosave:${what}`, (event) => act(event.detail));
  const editForm = () => document.querySelector('form[data-edit-form]');
  const saveAgain = () => editForm().dispatchEvent(new CustomEvent('w-unsaved:add'));

  /* Wagtail takes for saved what the page holds two seconds after it came, and again what it holds when an autosave returns. What was
     typed in between would be neither saved nor asked about on leaving, so it is called an edit here. A page that was refused comes
     back as edited, and Wagtail then looks for no edit at all. */
  const NO_EDIT = /^(csrfmiddlewaretoken|next|window|comment_notifications|comments-.*|(loaded|overwrite)_revision_\w+)$/;
  const heldIn = (formData) => JSON.stringify([...formData].filter(([name]) => !NO_EDIT.test(name)).map(
    ([name, value]) => [name, value instanceof File ? [value.name, value.size, value.lastModified] : value],
  ));
  const callEdited = (form) => { form.dataset.wUnsavedForceValue = 'true'; };
  let typed = false;
  ['input', 'change'].forEach((how) => document.addEventListener(how, (event) => {
    if (event.isTrusted && event.target.closest('[data-edit-form]')) typed = true;
  }));
  document.addEventListener('w-unsaved:watch-edits', ({ target }) => {
    if (typed) callEdited(target);
    typed = false;
  });
  document.addEventListener('DOMContentLoaded', () => {
    const form = editForm();
    if (!form || form.dataset.wUnsavedForceValue !== 'true') return;
    typed = true;
    Object.assign(form.dataset, { wUnsavedForceValue: 'false', wUnsavedCheckIntervalValue: '500' });
  });
  let onItsWay = '';
  onSaving('save', ({ formData }) => { onItsWay = heldIn(formData); });
  onSaving('success', () => { if (heldIn(new FormData(editForm())) !== onItsWay) callEdited(editForm()); });

  /* An autosave that is still on its way may reach the database after what is sent now, and would then be the newest draft: what is
     sent waits for it, and calls off one that has not set out. The button that was pressed may be disabled by then, so its name goes
     along by itself. */
  const PATIENCE = 30_000;
  let saving = null; // the event of the autosave, and when it was called
  let held = null;
  let sent = -PATIENCE;
  const sendHeld = () => {
    if (!held) return;
    const { form, name, value } = held;
    held = null;
    if (name) {
      const button = document.createElement('input');
      Object.assign(button, { type: 'hidden', name, value });
      form.append(button);
    }
    form.requestSubmit();
  };
  const saved = () => {
    saving = null;
    sendHeld();
  };
  const hasSetOut = ({ event, at }) => performance.now() - at >= Number(event.target.dataset.wAutosaveIntervalValue || 0);
  document.addEventListener('w-autosave:save', (event) => {
    if (performance.now() - sent < PATIENCE) event.preventDefault(); // the page is on its way already
    if (event.defaultPrevented) return;
    const own = { event, at: performance.now() };
    saving = own;
    setTimeout(() => { if (saving === own) saved(); }, PATIENCE);
  });
  ['success', 'error'].forEach((how) => document.addEventListener(`w-autosave:${how}`, saved));
  document.addEventListener('submit', (event) => {
    if (!event.target.matches('[data-edit-form]')) return;
    if (saving && !hasSetOut(saving)) {
      saving.event.preventDefault();
      saving = null;
    }
    if (!saving) {
      sent = performance.now();
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const { name = '', value = '' } = event.submitter || {};
    held = { form: event.target, name, value };
  }, true);

  /* Wagtail knows a page as a whole: it stops where somebody else saved. Our server joins both, so it is not asked to stop. */
  const WHOLE = ['overwrite_revision_id', 'loaded_revision_id', 'loaded_revision_created_at'];
  const joinOnServer = () => {
    onSaving('save', ({ formData }) => WHOLE.forEach((name) => formData.delete(name)));
    onSaving('deactivated', () => { editForm().dataset.wAutosaveActiveValue = 'true'; });
    document.addEventListener('w-swap:json', ({ target }) => {
      if (target.dataset.wSessionInterceptValue === 'conflict') target.dataset.wSessionInterceptValue = '';
    });
  };

  window.scriptoriumEditor = {
    stream, whenReady, childrenOf, statesOf, kindOf, definitionsIn, definitionOf, wayTo, reveal, childAt, insert, restore, replace, take,
    deleteButton, moveButton, move, moveButtonsOf, toolPlace, titleOf, addButton, pageId, onSaving, saveAgain, joinOnServer, pathOf, blocksAt,
    hasComment, toggleOf, toggleAt, groupToggleOf, onOpen, openPanel, CHILD,
  };
})();
