/* The one file that knows what Wagtail does not document: the panel of the body, its children and their ids, the toggle of a
   panel, the content paths, the comments' script. tests/journeys/test_editor.py holds it to that. */
(() => {
  if (window.scriptoriumEditor) return;

  const BODY = 'body';
  const QUESTION_TEXTS = new Set(['line', 'cue', 'display']);
  const REPEAT_TYPES = { count: 'number' };
  const CALCULATION_TYPES = {
    date_plus_days: 'date', date_plus_months: 'date', first_answered: 'date', formula: 'formula',
  };

  const stream = () => {
    try {
      return window.wagtail.editHandler.getPanelByName(BODY).getBoundWidget();
    } catch (problem) {
      return null; // the page is still being built
    }
  };

  /* Act once the body can be read: at once, or when the page has been built. */
  const whenReady = (act) => {
    if (stream()) act();
    else window.addEventListener('load', () => setTimeout(act), { once: true });
  };

  /* The body's state, without opening any block. */
  const sections = () => {
    const body = stream();
    if (!body || !body.children) return [];
    return body.children.map((child) => ({ id: child.id, state: child.block.getState() || {} }));
  };

  const one = (value) => (Array.isArray(value) ? value[0] : value) || '';

  const TABLE_TYPES = { number: 'number', date: 'date', one: 'choose_one', bool: 'yes_no' };

  const typeOf = (item, state) => {
    if (item.type === 'decision_table') {
      return one(state.hit) === 'collect' ? 'choose_several' : TABLE_TYPES[one(state.gives)] || 'text';
    }
    if (item.type !== 'calculation') return item.type;
    return CALCULATION_TYPES[one(state.kind)] || 'number';
  };

  const choicesOf = (text) => String(text || '').split('\n').map((line) => line.trim()).filter(Boolean).map((line) => {
    const written = /^([A-Za-z0-9][A-Za-z0-9_-]{0,62})\s*=\s*(\S.*)$/.exec(line);
    return written ? [written[1], written[2].trim()] : [nameOf(line, new Set()), line];
  });

  /* The choices of a question, or the names that a table's rows give. */
  const choicesIn = (state) => {
    if (!state.cases) return choicesOf(state.choices);
    const given = [...state.cases.map((row) => row.value && row.value.result), state.otherwise];
    return [...new Set(given.filter(Boolean))].map((name) => [name, name]);
  };

  /* Everything that a condition may ask about, in order:
     {id, label, name, type, choices, rows, units, section, repeat} ; a repeated section comes after its questions, as a count. */
  const things = () => {
    const found = [];
    sections().forEach((section) => {
      const repeat = Boolean(section.state.repeat && section.state.repeat.on);
      (section.state.items || []).forEach((item) => {
        if (QUESTION_TEXTS.has(item.type)) return;
        const state = item.value || {};
        found.push({
          id: item.id,
          label: state.label || state.name || '?',
          name: state.name || '',
          type: typeOf(item, state),
          choices: choicesIn(state),
          rows: choicesOf(state.rows),
          units: choicesOf(state.units),
          section: section.id,
          repeat,
        });
      });
      if (repeat) {
        found.push({
          id: section.id, label: section.state.title || '?', name: section.state.name || '', type: REPEAT_TYPES.count,
          choices: [], section: section.id, repeat: false, entries: true,
        });
      }
    });
    return found;
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

  /* What the block around `element` may ask about: what comes before it; in its own repeat, or outside any. */
  const thingsBefore = (element) => {
    const path = new Set(pathOf(element));
    const all = things();
    const order = sections().map((section) => section.id);
    const own = order.find((id) => path.has(id));
    if (!own) return all.filter((thing) => !thing.repeat);
    const ownPlace = order.indexOf(own);
    const at = all.findIndex((thing) => path.has(thing.id) && !thing.entries);
    const state = (sections().find((section) => section.id === own).state.items || []).map((item) => item.id);
    const ownItem = state.findIndex((id) => path.has(id));
    return all.filter((thing, index) => {
      if (thing.section !== own) return order.indexOf(thing.section) < ownPlace && !thing.repeat;
      if (thing.entries) return false;
      if (ownItem < 0) return false; // the section's own condition
      return at >= 0 ? index < at : state.indexOf(thing.id) < ownItem;
    });
  };

  const names = () => {
    const taken = new Set();
    sections().forEach((section) => {
      if (section.state.name) taken.add(section.state.name);
      (section.state.items || []).forEach((item) => { if (item.value && item.value.name) taken.add(item.value.name); });
    });
    return taken;
  };

  const nameOf = (label, taken) => {
    let word = String(label).normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase()
      .replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '').slice(0, 40).replace(/_+$/, '');
    if (!word) return '';
    if (!/^[a-z]/.test(word)) word = `c_${word}`;
    let free = word;
    for (let number = 2; taken.has(free); number += 1) free = `${word}_${number}`;
    return free;
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

  const onOpen = (toggle, act) => {
    toggle.addEventListener('wagtail:panel-toggle', (event) => { if (event.detail.expanded) act(); });
  };

  window.scriptoriumEditor = { whenReady, things, thingsBefore, names, nameOf, hasComment, toggleOf, onOpen, choicesOf };
})();
