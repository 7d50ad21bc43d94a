/* What the page holds, read without opening a block: its sections, what conditions and formulas may speak of, its names. */
(() => {
  const editor = window.scriptoriumEditor;
  if (editor.things) return;

  const QUESTION_TEXTS = new Set(['line', 'cue', 'display']);
  const REPEAT_TYPES = { count: 'number' };
  const CALCULATION_TYPES = {
    date_plus_days: 'date', date_plus_months: 'date', first_answered: 'date', formula: 'formula',
  };

  /* What was read is kept until the task ends or something is typed: rows are drawn by the dozen, and each asks for all. */
  let kept = {};
  const forget = () => { kept = {}; };
  ['input', 'change'].forEach((kind) => document.addEventListener(kind, forget, true));
  const keep = (name, make) => {
    if (!kept[name]) {
      const found = make();
      if (!found.length) return found;
      if (!Object.keys(kept).length) queueMicrotask(forget);
      kept[name] = found;
    }
    return kept[name];
  };

  /* A shared section that is included stands here with its questions. */
  const sections = () => keep('sections', () => editor.statesOf('body').map((block) => (editor.withItems ? editor.withItems(block) : block)));

  /* Every block in order: {id, type, state, definition, section}. */
  const blocks = () => keep('blocks', () => [
    ...sections().flatMap((section) => [
      { ...section, section },
      ...(section.state.items || []).map((item) => ({
        id: item.id, type: item.type, state: item.value || {}, section, definition: editor.definitionsIn(section.itemsOf || section.definition)[item.type],
      })),
    ]),
    ...editor.statesOf('outcomes').map((outcome) => ({ ...outcome, section: null })),
  ]);

  const one = (value) => (Array.isArray(value) ? value[0] : value) || '';

  const TABLE_TYPES = { number: 'number', date: 'date', one: 'choose_one', bool: 'yes_no' };

  const typeOf = (item, state) => {
    if (item.type === 'decision_table') {
      return one(state.hit) === 'collect' ? 'choose_several' : TABLE_TYPES[one(state.gives)] || 'text';
    }
    if (item.type !== 'calculation') return item.type;
    return CALCULATION_TYPES[one(state.kind)] || 'number';
  };

  /* What stands before the brackets at the end of a line, and the attributes in them; see builder/blocks/choices.py. */
  const apart = (line) => {
    const at = line.endsWith(']') ? line.lastIndexOf('[', line.length - 2) : -1;
    if (at < 1) return [line, []];
    const inside = line.slice(at + 1, -1).trim();
    const pairs = inside ? inside.split(',').map((pair) => /^\s*([a-z][a-z0-9_]*)\s*=\s*([A-Za-z0-9][\w-]*)\s*$/.exec(pair)) : [];
    const before = line.slice(0, at).trim();
    return !before || before.endsWith('=') || pairs.includes(null) ? [line, []] : [before, pairs.map((pair) => [pair[1], pair[2]])];
  };

  const linesOf = (text) => String(text || '').split('\n').map((line) => line.trim()).filter(Boolean);

  /* What was made of a long text is not made again as long as the text is the same. */
  const remembered = (make) => {
    const made = new Map();
    return (text) => {
      if (String(text || '').length < 2000) return make(text);
      if (!made.has(text)) {
        if (made.size > 40) made.delete(made.keys().next().value);
        made.set(text, make(text));
      }
      return made.get(text);
    };
  };

  const choicesOf = remembered((text) => linesOf(text).map((each) => apart(each)[0]).map((line) => {
    const written = /^([A-Za-z0-9][A-Za-z0-9_-]{0,62})\s*=\s*(\S.*)$/.exec(line);
    return written ? [written[1], written[2].trim()] : [nameOf(line, new Set()), line];
  }));

  /* What the choices say of themselves: the values of each attribute. */
  const attributesOf = remembered((text) => {
    const found = {};
    linesOf(text).flatMap((line) => apart(line)[1]).forEach(([name, value]) => {
      found[name] = (found[name] || new Set()).add(value);
    });
    return Object.fromEntries(Object.entries(found).map(([name, values]) => [name, [...values]]));
  });

  /* The list that a setting of a question is taken from, else what is written in it. */
  const listed = (state, setting, part) => {
    const reference = one(state[`${setting}_from`]);
    if (reference && window.scriptoriumShared) return window.scriptoriumShared.lists.of(reference)[part];
    return part === 'choices' ? choicesOf(state[setting]) : attributesOf(state[setting]);
  };

  /* The choices of a question, or the names that a table's rows give. */
  const choicesIn = (state) => {
    if (!state.cases) return listed(state, 'choices', 'choices');
    const given = [...state.cases.map((row) => row.value && row.value.result), state.otherwise];
    return [...new Set(given.filter(Boolean))].map((name) => [name, name]);
  };

  const isRepeat = (section) => Boolean(section.state.repeat && section.state.repeat.on);

  /* The repeats that a section lies in, the innermost first: itself, and those around it. */
  const repeatsOf = (all, id) => {
    const found = [];
    for (let at = all.find((section) => section.id === id); at && !found.includes(at);) {
      found.push(at);
      const around = one(at.state.within);
      at = all.find((section) => section.id === around);
    }
    return found.filter(isRepeat).map((section) => section.id);
  };

  /* Everything that a condition may ask about, in order:
     {id, label, name, type, choices, attributes, rows, units, section, repeat (the innermost it is asked in)}; a repeated section
     comes after its questions, as a count. */
  const things = () => keep('things', () => {
    const found = [];
    const all = sections();
    all.forEach((section) => {
      const repeat = repeatsOf(all, section.id)[0] || '';
      (section.state.items || []).forEach((item) => {
        if (QUESTION_TEXTS.has(item.type)) return;
        const state = item.value || {};
        found.push({
          id: item.id,
          label: state.label || state.name || '?',
          name: state.name || '',
          type: typeOf(item, state),
          get choices() { return choicesIn(state); },
          get attributes() { return listed(state, 'choices', 'attributes'); },
          get rows() { return listed(state, 'rows', 'choices'); },
          get units() { return listed(state, 'units', 'choices'); },
          section: section.id,
          repeat,
        });
      });
      if (isRepeat(section)) {
        found.push({
          id: section.id, label: section.state.title || '?', name: section.state.name || '', type: REPEAT_TYPES.count,
          choices: [], section: section.id, repeat: '', entries: true,
        });
      }
    });
    return found;
  });

  /* What the block around `element` may ask about: what comes before it (or `later` too), outside repeats or in those around it. */
  const thingsBefore = (element, later = false) => {
    const path = new Set(editor.pathOf(element));
    const all = sections();
    const order = all.map((section) => section.id);
    const own = order.find((id) => path.has(id));
    if (!own) return things().filter((thing) => !thing.repeat);
    const items = (all[order.indexOf(own)].state.items || []).map((item) => item.id);
    const ownItem = items.findIndex((id) => path.has(id));
    const around = repeatsOf(all, own).filter((id) => ownItem >= 0 || id !== own);
    return things().filter((thing) => {
      if (thing.repeat && !around.includes(thing.repeat)) return false;
      if (thing.section !== own) return later || order.indexOf(thing.section) < order.indexOf(own);
      if (thing.entries || ownItem < 0) return false; // the section's own condition
      return later ? thing.id !== items[ownItem] : items.indexOf(thing.id) < ownItem;
    });
  };

  /* The sections before the one around `element`. */
  const sectionsBefore = (element) => {
    const path = new Set(editor.pathOf(element));
    const all = sections();
    const own = all.findIndex((section) => path.has(section.id));
    return all.slice(0, own < 0 ? all.length : own).map((section) => ({
      id: section.id, label: section.state.title || section.state.name || '?',
    }));
  };

  const names = () => new Set(blocks().map((block) => block.state.name).filter(Boolean));

  const labelOf = (state) => state.label || state.title || (state.text || '').slice(0, 80) || state.name
    || (state.section && window.scriptoriumShared.sections.label(state.section)) || '?';

  const nameOf = (label, taken) => {
    let word = String(label).normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase()
      .replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '').slice(0, 40).replace(/_+$/, '');
    if (!word) return '';
    if (!/^[a-z]/.test(word)) word = `c_${word}`;
    let free = word;
    for (let number = 2; taken.has(free); number += 1) free = `${word}_${number}`;
    return free;
  };

  const texts = () => {
    const written = document.getElementById('scriptorium-editor-texts');
    return written ? JSON.parse(written.textContent) : {};
  };
  let said = null;

  /* A sentence in the reader's language, its holes filled. */
  const say = (key, words = {}) => {
    said = said || texts();
    return String(said[key] || key).replace(/%\((\w+)\)s/g, (whole, name) => (name in words ? words[name] : whole));
  };

  say.raw = (key) => {
    say(key);
    return said[key] || [];
  };

  const element = (tag, attributes = {}, children = []) => {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    made.append(...children);
    return made;
  };

  Object.assign(editor, {
    blocks, things, thingsBefore, sectionsBefore, names, nameOf, labelOf, choicesOf, attributesOf, isRepeat, forget, say, element,
  });
})();
