/* One row for one block: its label, name, what it demands, and when it is asked, as a sentence with the labels of now. */
(() => {
  const editor = window.scriptoriumEditor;
  if (editor.summary) return;
  const { say } = editor;
  const LONGEST = 70;

  const short = (text) => {
    const plain = String(text).trim();
    return plain.length > LONGEST ? `${plain.slice(0, LONGEST - 1)}…` : plain;
  };

  const parsed = (condition) => {
    try { return condition ? JSON.parse(condition) : null; } catch (problem) { return null; }
  };

  class Sentences {
    constructor() {
      this.things = new Map(editor.things().map((thing) => [thing.id, thing]));
      this.gone = false;
    }

    /* What a row asks about: a thing of the page or its part, the answer itself, the score, or what a choice says of itself. */
    named(id) {
      const [name, part] = String(id).split('.');
      if (name === 'this') return { label: say('thisAnswer'), choices: [] };
      if (name === 'score') return { label: say('score'), choices: [] };
      if (name === 'offered') return { label: part === 'name' ? say('ownName') : say('offered', { attribute: part }), choices: [] };
      const thing = this.things.get(name);
      if (!thing) {
        this.gone = true;
        return { label: say('gone'), choices: [] };
      }
      const label = `“${short(thing.label).replace(/[?:]+$/, '')}”`;
      const row = part && (thing.rows || []).find(([each]) => each === part);
      return { ...thing, label: part ? `${label} (${row ? row[1] : part.replace(/_/g, ' ')})` : label };
    }

    value(value, thing) {
      if (value && typeof value === 'object' && 'answer' in value) return this.named(value.answer).label;
      if (value && typeof value === 'object' && 'today' in value) {
        const days = Number(value.today) || 0;
        return days ? say(days > 0 ? 'daysAfter' : 'daysBefore', { days: Math.abs(days) }) : say('today');
      }
      if (value === true || value === false) return say(value ? 'yes' : 'no');
      const choice = (thing.choices || []).find(([name]) => name === value);
      return choice ? short(choice[1]) : short(value === undefined || value === '' ? '…' : value);
    }

    row(row) {
      if (row.rows) return `(${this.joined(row)})`;
      const thing = this.named(row.question);
      const values = (Array.isArray(row.value) ? row.value : [row.value]).map((each) => this.value(each, thing));
      const rest = values.length > 1 ? `${values.slice(0, -1).join(', ')} ${say('or')} ${values.at(-1)}` : values[0];
      return say(`verb_${row.operator}`, { a: thing.label, b: values[0], rest });
    }

    joined(condition) {
      const said = (condition.rows || []).filter((row) => row.rows || row.question).map((row) => this.row(row));
      const together = said.join(` ${say(condition.join === 'all' || !condition.join ? 'and' : 'or')} `);
      return condition.join === 'none' ? say('noneOf', { list: together }) : together;
    }
  }

  /* A condition in words: {text, gone}; null where there is none. */
  const sentence = (condition) => {
    const picked = typeof condition === 'string' ? parsed(condition) : condition;
    if (!picked || !(picked.formula || (picked.rows && picked.rows.length))) return null;
    if (picked.formula) return { text: picked.formula, gone: false };
    const sentences = new Sentences();
    const text = sentences.joined(picked);
    return { text, gone: sentences.gone };
  };

  const part = (kind, text) => ({ kind, text });
  const lower = (text) => text.charAt(0).toLowerCase() + text.slice(1);
  const counted = (word, count) => say(count === 1 ? word : `${word}s`, { count });

  const details = (state) => [
    state.required === true && part('badge', say('required')),
    state.side === true && part('badge', say('side')),
    editor.isRepeat({ state }) && part('badge', say('repeated')),
    state.complete === true && part('badge', say('complete')),
    Array.isArray(state.items) && part('count', counted('item', state.items.length)),
    Boolean(state.choices) && part('count', counted('choice', editor.choicesOf(state.choices).length)),
  ];

  /* A shared section is called by its title. */
  const spoken = (name, value) => (name === 'section' ? window.scriptoriumShared.sections.label(value) : value);

  /* What a closed row says, part by part. */
  const summary = (state, { summary: names }, definition) => {
    const words = names.map((name) => [name, state[name]]).filter(([, value]) => typeof value === 'string' && value);
    const found = words.map(([name, value]) => part(name === 'name' ? 'name' : 'label', name === 'name' ? value : short(spoken(name, value))));
    found.push(...details(state).filter(Boolean));
    const asked = sentence(state.relevance);
    const when = definition.childBlockDefsByName.relevance;
    if (asked) found.push(part(asked.gone ? 'gone' : 'when', `${lower(when.meta.label)} ${asked.text}`));
    return found;
  };

  const draw = (block) => {
    const title = editor.titleOf(block.element);
    if (!title) return;
    title.classList.add('builder-row');
    const parts = summary(block.getState(), block.blockDef.meta, block.blockDef);
    const drawn = parts.flatMap(({ kind, text }) => [editor.element('span', { class: `builder-row__${kind}` }, [text]), ' ']);
    title.replaceChildren(...drawn);
  };

  const rows = new Set();
  let waiting = false;

  /* Draw these rows once the task is done; Wagtail writes its own text into their headings before. */
  const drawSoon = (block) => {
    rows.add(block);
    if (waiting) return;
    waiting = true;
    queueMicrotask(() => {
      waiting = false;
      rows.forEach((each) => { if (each.element.isConnected) draw(each); });
      rows.clear();
    });
  };

  Object.assign(editor, { sentence, summary, drawSoon, parsed, short });
})();
