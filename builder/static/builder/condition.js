/* Rows of question, operator and value, joined by all or any, or a formula instead; one hidden input holds them as JSON. */
(() => {
  if (window.scriptoriumCondition) return;
  window.scriptoriumCondition = true;
  const editor = window.scriptoriumEditor;

  const BLANK = { question: '', operator: 'eq', value: '' };
  const WITHOUT_VALUE = new Set(['answered', 'unanswered']);
  const ANY = { type: 'text', operators: ['answered', 'unanswered'], ways: [] };
  const INPUTS = { date: 'date', time: 'time', moment: 'datetime-local' };

  const element = (tag, attributes = {}, children = []) => {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    made.append(...children);
    return made;
  };

  const MANY = 200; // choices that a select holds at once
  const fill = (sentence, holes) => sentence.replace(/%\((\w+)\)s/g, (_, name) => holes[name]);

  const select = (label, options, value) => {
    const made = element('select', { 'aria-label': label });
    made.append(...options.map(([name, wording]) => new Option(wording, name)));
    made.value = value;
    return made;
  };

  const compareOf = (value) => {
    if (value && typeof value === 'object' && 'today' in value) return 'today';
    if (value && typeof value === 'object' && 'answer' in value) return 'answer';
    return 'fixed';
  };

  class BoundCondition {
    constructor(place, input, state, options) {
      Object.assign(this, { place, input, options, strings: options.strings, idForLabel: null });
      this.list = element('div', { class: 'builder-condition__rows' });
      this.join = select(this.strings.join, [['all', this.strings.all], ['any', this.strings.any]], 'all');
      this.join.addEventListener('change', () => this.store());
      this.add = element('button', { type: 'button', class: 'button button-small button-secondary' }, [this.strings.add]);
      this.add.addEventListener('click', () => {
        this.condition.rows.push({ ...BLANK });
        this.draw();
        this.list.lastElementChild.querySelector('select').focus();
      });
      this.text = element('textarea', { rows: '2', maxlength: '5000', spellcheck: 'false', 'aria-label': this.strings.formula });
      this.text.addEventListener('input', () => this.store());
      this.help = element('p', { class: 'help' }, [this.strings.formulaHelp]);
      this.other = element('button', { type: 'button', class: 'button button-small button-secondary' });
      this.other.addEventListener('click', () => {
        this.written = !this.written;
        this.draw();
        this.store();
        (this.written ? this.text : this.add).focus();
      });
      this.place.append(this.join, this.list, this.text, this.help, this.add, this.other);
      this.setState(state);
      if (!editor.things().length) editor.whenReady(() => this.draw());
      this.list.addEventListener('focusin', () => this.refresh());
      window.addEventListener('scriptorium:lists', () => {
        if (this.place.isConnected) this.redraw();
      });
    }

    /* Questions may have been written since the rows were drawn. */
    refresh() {
      this.list.querySelectorAll('[data-builder-question]').forEach((one) => this.fillQuestions(one, one.value));
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
      [this.list, this.add].forEach((part) => { part.hidden = this.written; });
      [this.text, this.help].forEach((part) => { part.hidden = !this.written; });
      this.other.textContent = this.written ? this.strings.asRows : this.strings.asFormula;
      this.join.hidden = this.written || this.condition.rows.length < 2;
      this.join.value = this.condition.join;
      this.list.replaceChildren(...this.condition.rows.map((row, index) => this.drawRow(row, index)));
    }

    /* Choices arrived; who is in a row stays there. */
    redraw() {
      const held = document.activeElement;
      const row = [...this.list.children].findIndex((each) => each.contains(held));
      this.draw();
      if (row >= 0) this.list.children[row].querySelector(`[aria-label="${CSS.escape(held.getAttribute('aria-label'))}"]`)?.focus();
    }

    drawRow(row, index) {
      const thing = this.things().find((each) => each.id === row.question);
      const question = element('select', { 'aria-label': this.strings.question, 'data-builder-question': '' });
      this.fillQuestions(question, row.question);
      const allowed = thing ? this.kindOf(thing).operators : null;
      const operators = this.options.operators.filter(([name]) => !allowed || allowed.includes(name) || name === row.operator);
      const operator = select(this.strings.operator, operators, row.operator);
      const remove = element('button', { type: 'button', class: 'button button-small no', 'aria-label': this.strings.remove }, ['×']);
      question.addEventListener('change', () => {
        const chosen = this.things().find((each) => each.id === question.value);
        const first = chosen ? this.kindOf(chosen).operators[0] : 'eq';
        this.change(index, { question: question.value, operator: first, value: '' }, '[data-builder-question]');
      });
      operator.addEventListener('change', () => this.change(index, { operator: operator.value, value: '' }, 'select + select'));
      remove.addEventListener('click', () => {
        this.condition.rows.splice(index, 1);
        this.draw();
        this.store();
        this.add.focus();
      });
      const values = thing && !WITHOUT_VALUE.has(row.operator) ? this.drawValue(row, index, thing) : [];
      return element('div', { class: 'builder-condition__row' }, [question, operator, ...values, remove]);
    }

    drawValue(row, index, thing) {
      const { ways } = this.kindOf(thing);
      if (!ways.length) return [this.drawFixed(row, index, thing)];
      const compare = select(this.strings.compare, ways.map((way) => [way, this.strings[way]]), compareOf(row.value));
      compare.addEventListener('change', () => {
        const start = { fixed: '', today: { today: 0 }, answer: { answer: '' } };
        this.change(index, { value: start[compare.value] }, `[aria-label="${CSS.escape(this.strings.compare)}"]`);
      });
      return [compare, this.drawCompared(row, index, thing, compare.value)];
    }

    drawCompared(row, index, thing, way) {
      if (way === 'fixed') return this.drawFixed(row, index, thing);
      if (way === 'today') {
        const days = element('input', { type: 'number', step: '1', 'aria-label': this.strings.today });
        days.value = row.value.today;
        days.addEventListener('input', () => this.keep(index, { today: Math.trunc(Number(days.value)) || 0 }));
        return days;
      }
      const others = this.things().filter((each) => each.id !== row.question && each.id !== 'this' && !each.id.startsWith('offered.'));
      const answer = select(this.strings.answer, [['', this.strings.choose], ...others.map((each) => [each.id, each.label])], row.value.answer);
      answer.addEventListener('change', () => this.keep(index, { answer: answer.value }));
      return answer;
    }

    drawFixed(row, index, thing) {
      const { type } = this.kindOf(thing);
      if (type === 'bool') {
        const shown = { true: 'true', false: 'false' }[String(row.value)] || '';
        const answer = select(this.strings.value, [['', this.strings.choose], ['true', this.strings.yes], ['false', this.strings.no]], shown);
        answer.addEventListener('change', () => this.keep(index, answer.value === '' ? '' : answer.value === 'true'));
        return answer;
      }
      if (thing.choices.length) return this.drawChoices(row, index, thing);
      const input = element('input', { type: INPUTS[type] || 'text', 'aria-label': this.strings.value });
      input.value = typeof row.value === 'object' ? '' : row.value;
      input.addEventListener('input', () => this.keep(index, input.value));
      return input;
    }

    drawChoices(row, index, thing) {
      const several = row.operator === 'one_of';
      const answer = element('select', { 'aria-label': this.strings.value });
      answer.multiple = several;
      const chosen = () => new Set([this.condition.rows[index].value].flat());
      const offer = (found) => this.offer(answer, found, chosen());
      offer(thing.choices.slice(0, MANY));
      answer.addEventListener('change', () => this.keep(
        index, several ? [...answer.selectedOptions].map((option) => option.value) : answer.value,
      ));
      return thing.choices.length > MANY ? this.withFind(answer, thing.choices, offer, chosen) : answer;
    }

    /* These choices, and those that are chosen whatever is offered. */
    offer(answer, found, chosen) {
      const options = found.map(([name, label]) => new Option(label, name, false, chosen.has(name)));
      if (!answer.multiple) options.unshift(new Option(this.strings.choose, '', false, chosen.has('')));
      answer.replaceChildren(...options);
    }

    /* Thousands of choices are no select: those that fit what is typed are, with those that are chosen. */
    withFind(answer, choices, offer, chosen) {
      const find = element('input', { type: 'search', 'aria-label': this.strings.find, placeholder: this.strings.find });
      const more = element('span', { class: 'help', role: 'status' });
      const show = () => {
        const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
        const held = chosen();
        const fits = choices.filter(([name, label]) => words.every((word) => `${name} ${label}`.toLowerCase().includes(word)));
        const first = fits.slice(0, MANY);
        const kept = choices.filter(([name]) => held.has(name) && !first.some(([each]) => each === name));
        offer([...kept, ...first]);
        more.textContent = fits.length > MANY ? fill(this.strings.more, { n: fits.length - MANY }) : '';
      };
      find.addEventListener('input', show);
      show();
      return element('span', { class: 'builder-condition__find' }, [find, answer, more]);
    }

    change(index, part, focus) {
      Object.assign(this.condition.rows[index], part);
      this.draw();
      this.store();
      const control = this.list.children[index].querySelector(focus);
      if (control) control.focus();
    }

    keep(index, value) {
      this.condition.rows[index].value = value;
      this.store();
    }

    store() {
      this.condition.join = this.join.value;
      const rows = this.condition.rows.filter((row) => row.question);
      const formula = this.text.value.trim();
      if (this.written) this.input.value = formula ? JSON.stringify({ formula }) : '';
      else this.input.value = rows.length ? JSON.stringify({ join: this.condition.join, rows }) : '';
      this.input.dispatchEvent(new Event('input', { bubbles: true }));
      this.input.dispatchEvent(new Event('change', { bubbles: true }));
    }

    getState() { return this.input.value; }

    setState(state) {
      this.input.value = state || '';
      let parsed = null;
      try { parsed = JSON.parse(this.input.value); } catch (problem) { parsed = null; }
      const rows = parsed && Array.isArray(parsed.rows) ? parsed.rows.map((row) => ({ ...BLANK, ...row })) : [];
      this.written = Boolean(parsed && typeof parsed.formula === 'string');
      this.text.value = this.written ? parsed.formula : '';
      this.condition = { join: parsed && parsed.join === 'any' ? 'any' : 'all', rows };
      this.draw();
    }

    getValue() { return this.input.value; }

    getTextLabel() { return ''; }

    focus() { (this.written ? this.text : this.list.querySelector('select') || this.add).focus(); }
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
