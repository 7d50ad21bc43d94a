/* Rows of question, operator and value, and groups of them, joined by all, any or none; or a formula instead. One hidden input holds
   them as JSON. */
(() => {
  if (window.scriptoriumCondition) return;
  window.scriptoriumCondition = true;
  const editor = window.scriptoriumEditor;

  const BLANK = { question: '', operator: 'eq', value: '' };
  const ANY = { type: 'text', operators: ['answered', 'unanswered'], ways: [] };
  const { element } = editor;

  /* Without the rows that ask about nothing, and the groups that hold none. */
  const filled = (group) => {
    const rows = group.rows.map((row) => (row.rows ? filled(row) : row)).filter((row) => (row.rows ? row.rows.length : row.question));
    return { join: group.join, rows };
  };

  const known = (group) => ({
    join: ['any', 'none'].includes(group.join) ? group.join : 'all',
    rows: group.rows.map((row) => (row && Array.isArray(row.rows) ? known(row) : { ...BLANK, ...row })),
  });

  class BoundCondition {
    constructor(place, input, state, options) {
      Object.assign(this, { place, input, options, strings: options.strings, idForLabel: null });
      this.inside = element('div', { class: 'builder-condition__inside' });
      this.other = element('button', { type: 'button', class: 'button button-small button-secondary' });
      this.other.addEventListener('click', () => {
        this.written = !this.written;
        this.draw();
        this.store();
        this.focus();
      });
      this.place.append(this.inside, this.other);
      this.setState(state);
      if (!editor.things().length) editor.whenReady(() => this.draw());
      this.inside.addEventListener('focusin', () => this.refresh());
      window.addEventListener('scriptorium:lists', () => {
        if (this.place.isConnected) this.redraw();
      });
    }

    /* Questions may have been written since the rows were drawn. */
    refresh() {
      this.inside.querySelectorAll('[data-builder-question]').forEach((one) => this.fillQuestions(one, one.value));
    }

    things() {
      const found = editor.thingsBefore(this.place, this.options.later);
      if (this.options.this) found.unshift({ id: 'this', label: this.strings.thisAnswer, ...this.own() });
      if (this.options.offered) found.unshift(...this.offered());
      if (this.options.score) found.push({ id: 'score', label: this.strings.score, type: 'number', choices: [] });
      return found.flatMap((thing) => [thing, ...this.partsOf(thing)]);
    }

    /* The parts of an answer in parts, as things of their own: the type's, or an author's own rows. */
    partsOf(thing) {
      const part = (name, label, type, choices) => ({ id: `${thing.id}.${name}`, label: `${thing.label}: ${label}`, type, choices });
      const fixed = (this.kindOf(thing).parts || []).map(([name, label, type]) => part(name, label, type, type === 'one' ? thing.units || [] : []));
      return [...fixed, ...(thing.rows || []).map(([name, label]) => part(name, label, 'one', thing.choices))];
    }

    /* What may be asked of a thing: its answer type, the operators, what it may be compared with. */
    kindOf(thing) {
      return this.options.kinds[thing.type] || ANY;
    }

    /* The question that the condition belongs to. */
    own() {
      const path = this.place.closest('[data-builder-lazy]').parentElement.closest('[data-contentpath]');
      const own = path && editor.things().find((thing) => thing.id === path.getAttribute('data-contentpath'));
      return own ? { type: own.type, choices: own.choices, attributes: own.attributes } : { type: 'text', choices: [], attributes: {} };
    }

    /* What each choice says of itself: its attributes, and its own name. */
    offered() {
      const { choices, attributes } = this.own();
      const thing = (name, label, known) => ({ id: `offered.${name}`, label, type: 'offered', choices: known });
      const said = Object.entries(attributes).map(([name, values]) => (
        thing(name, this.strings.offered.replace('%(attribute)s', name), values.map((value) => [value, value]))
      ));
      return [...said, thing('name', this.strings.ownName, choices)];
    }

    fillQuestions(control, value) {
      const things = this.things();
      const options = [new Option(this.strings.choose, '')];
      things.forEach((thing) => options.push(
        new Option(thing.entries ? `${thing.label}: ${this.strings.entries}` : thing.label, thing.id),
      ));
      if (value && !things.some((thing) => thing.id === value)) options.push(new Option(this.strings.gone, value));
      control.replaceChildren(...options);
      control.value = value;
    }

    draw() {
      this.other.textContent = this.written ? this.strings.asRows : this.strings.asFormula;
      if (this.written) {
        this.inside.replaceChildren(this.writing(), element('p', { class: 'help' }, [this.strings.formulaHelp]));
        return;
      }
      this.text = null;
      this.group = new editor.Group(this, this.condition);
      this.inside.replaceChildren(this.group.element);
    }

    /* Choices arrived; who is in a row stays there. */
    redraw() {
      const held = this.inside.contains(document.activeElement) ? document.activeElement : null;
      const controls = () => [...this.inside.querySelectorAll('select, input, textarea, button')];
      const at = controls().indexOf(held);
      editor.forget();
      if (!this.written) this.draw();
      if (at >= 0) controls()[at]?.focus();
    }

    writing() {
      this.text = element('textarea', {
        rows: '2', maxlength: '5000', spellcheck: 'false', 'aria-label': this.strings.formula, 'data-builder-formula': 'bool',
      });
      this.text.value = this.formula;
      this.text.addEventListener('input', () => {
        this.formula = this.text.value;
        this.store();
      });
      return this.text;
    }

    store() {
      const condition = filled(this.condition);
      const formula = this.formula.trim();
      if (this.written) this.input.value = formula ? JSON.stringify({ formula }) : '';
      else this.input.value = condition.rows.length ? JSON.stringify(condition) : '';
      this.input.dispatchEvent(new Event('input', { bubbles: true }));
      this.input.dispatchEvent(new Event('change', { bubbles: true }));
    }

    getState() { return this.input.value; }

    setState(state) {
      this.input.value = state || '';
      let parsed = null;
      try { parsed = JSON.parse(this.input.value); } catch (problem) { parsed = null; }
      this.written = Boolean(parsed && typeof parsed.formula === 'string');
      this.formula = this.written ? parsed.formula : '';
      this.condition = known(parsed && Array.isArray(parsed.rows) ? parsed : { join: 'all', rows: [] });
      this.draw();
    }

    getValue() { return this.input.value; }

    getTextLabel() { return ''; }

    focus() { (this.text || this.inside.querySelector('[data-builder-question]') || this.group.add).focus(); }
  }

  class Condition {
    constructor(options) { this.options = options; }

    render(placeholder, name, id, state) {
      const input = element('input', { type: 'hidden', name, id });
      const place = element('div', { class: 'builder-condition', role: 'group' }, [input]);
      placeholder.replaceWith(place);
      return new BoundCondition(place, input, state, this.options);
    }
  }

  window.telepath.register('builder.Condition', Condition);
})();
