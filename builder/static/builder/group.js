/* The rows of a condition's group, and the groups in it; condition.js holds the whole. */
(() => {
  const editor = window.scriptoriumEditor;
  if (editor.Group) return;

  const BLANK = { question: '', operator: 'eq', value: '' };
  const WITHOUT_VALUE = new Set(['answered', 'unanswered']);
  const INPUTS = { date: 'date', time: 'time', moment: 'datetime-local' };

  const DEEPEST = 6;
  const MANY = 200; // choices that a select holds at once
  const { element } = editor;

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

  const small = (text, more = '') => element('button', { type: 'button', class: `button button-small ${more || 'button-secondary'}` }, [text]);

  class Group {
    constructor(owner, group, depth = 0, leave = null) {
      Object.assign(this, { owner, group, depth });
      const { strings } = owner;
      const joins = [['all', strings.all], ['any', strings.any], ['none', strings.noneHold]];
      this.join = select(strings.join, joins, group.join || 'all');
      this.join.addEventListener('change', () => {
        group.join = this.join.value;
        owner.store();
      });
      this.list = element('div', { class: 'builder-condition__rows' });
      this.add = small(strings.add);
      this.add.addEventListener('click', () => this.append({ ...BLANK }));
      this.buttons = element('div', { class: 'builder-condition__buttons' }, [this.add]);
      if (depth < DEEPEST) {
        const more = small(strings.addGroup);
        more.addEventListener('click', () => this.append({ join: group.join === 'any' ? 'all' : 'any', rows: [{ ...BLANK }] }));
        this.buttons.append(more);
      }
      if (leave) {
        const away = small(strings.removeGroup, 'no');
        away.addEventListener('click', leave);
        this.buttons.append(away);
      }
      const attributes = depth ? { class: 'builder-condition__group', role: 'group', 'aria-label': strings.group } : { class: 'builder-condition__whole' };
      this.element = element('div', attributes, [this.join, this.list, this.buttons]);
      this.draw();
    }

    append(row) {
      this.group.rows.push(row);
      this.draw();
      this.list.lastElementChild.querySelector('[data-builder-question]').focus();
    }

    draw() {
      const { rows } = this.group;
      this.join.hidden = rows.length < 2 && this.group.join !== 'none' && !this.depth;
      this.list.replaceChildren(...rows.map((row, index) => (row.rows ? this.drawGroup(row, index) : this.drawRow(row, index))));
    }

    drawGroup(row, index) {
      return new Group(this.owner, row, this.depth + 1, () => {
        this.group.rows.splice(index, 1);
        this.draw();
        this.owner.store();
        this.add.focus();
      }).element;
    }

    drawRow(row, index) {
      const thing = this.owner.things().find((each) => each.id === row.question);
      const question = element('select', { 'aria-label': this.owner.strings.question, 'data-builder-question': '' });
      this.owner.fillQuestions(question, row.question);
      const allowed = thing ? this.owner.kindOf(thing).operators : null;
      const operators = this.owner.options.operators.filter(([name]) => !allowed || allowed.includes(name) || name === row.operator);
      const operator = select(this.owner.strings.operator, operators, row.operator);
      const remove = element('button', { type: 'button', class: 'button button-small no', 'aria-label': this.owner.strings.remove }, ['×']);
      question.addEventListener('change', () => {
        const chosen = this.owner.things().find((each) => each.id === question.value);
        const first = chosen ? this.owner.kindOf(chosen).operators[0] : 'eq';
        this.change(index, { question: question.value, operator: first, value: '' }, '[data-builder-question]');
      });
      operator.addEventListener('change', () => this.change(index, { operator: operator.value, value: '' }, 'select + select'));
      remove.addEventListener('click', () => {
        this.group.rows.splice(index, 1);
        this.draw();
        this.owner.store();
        this.add.focus();
      });
      const values = thing && !WITHOUT_VALUE.has(row.operator) ? this.drawValue(row, index, thing) : [];
      return element('div', { class: 'builder-condition__row' }, [question, operator, ...values, remove]);
    }

    drawValue(row, index, thing) {
      const { ways } = this.owner.kindOf(thing);
      if (!ways.length) return [this.drawFixed(row, index, thing)];
      const compare = select(this.owner.strings.compare, ways.map((way) => [way, this.owner.strings[way]]), compareOf(row.value));
      compare.addEventListener('change', () => {
        const start = { fixed: '', today: { today: 0 }, answer: { answer: '' } };
        this.change(index, { value: start[compare.value] }, `[aria-label="${CSS.escape(this.owner.strings.compare)}"]`);
      });
      return [compare, this.drawCompared(row, index, thing, compare.value)];
    }

    drawCompared(row, index, thing, way) {
      if (way === 'fixed') return this.drawFixed(row, index, thing);
      if (way === 'today') {
        const days = element('input', { type: 'number', step: '1', 'aria-label': this.owner.strings.today });
        days.value = row.value.today;
        days.addEventListener('input', () => this.keep(index, { today: Math.trunc(Number(days.value)) || 0 }));
        return days;
      }
      const others = this.owner.things().filter((each) => each.id !== row.question && each.id !== 'this' && !each.id.startsWith('offered.'));
      const answer = select(this.owner.strings.answer, [['', this.owner.strings.choose], ...others.map((each) => [each.id, each.label])], row.value.answer);
      answer.addEventListener('change', () => this.keep(index, { answer: answer.value }));
      return answer;
    }

    drawFixed(row, index, thing) {
      const { type } = this.owner.kindOf(thing);
      if (type === 'bool') {
        const shown = { true: 'true', false: 'false' }[String(row.value)] || '';
        const answer = select(this.owner.strings.value, [['', this.owner.strings.choose], ['true', this.owner.strings.yes], ['false', this.owner.strings.no]], shown);
        answer.addEventListener('change', () => this.keep(index, answer.value === '' ? '' : answer.value === 'true'));
        return answer;
      }
      if (thing.choices.length) return this.drawChoices(row, index, thing);
      const input = element('input', { type: INPUTS[type] || 'text', 'aria-label': this.owner.strings.value });
      input.value = typeof row.value === 'object' ? '' : row.value;
      input.addEventListener('input', () => this.keep(index, input.value));
      return input;
    }

    drawChoices(row, index, thing) {
      const several = row.operator === 'one_of';
      const answer = element('select', { 'aria-label': this.owner.strings.value });
      answer.multiple = several;
      const chosen = () => new Set([this.group.rows[index].value].flat());
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
      if (!answer.multiple) options.unshift(new Option(this.owner.strings.choose, '', false, chosen.has('')));
      answer.replaceChildren(...options);
    }

    /* Thousands of choices are no select: those that fit what is typed are, with those that are chosen. */
    withFind(answer, choices, offer, chosen) {
      const { find: label, more: further } = this.owner.strings;
      const find = element('input', { type: 'search', 'aria-label': label, placeholder: label });
      const more = element('span', { class: 'help', role: 'status' });
      const show = () => {
        const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
        const held = chosen();
        const fits = choices.filter(([name, said]) => words.every((word) => `${name} ${said}`.toLowerCase().includes(word)));
        const first = fits.slice(0, MANY);
        const kept = choices.filter(([name]) => held.has(name) && !first.some(([each]) => each === name));
        offer([...kept, ...first]);
        more.textContent = fits.length > MANY ? further.replace('%(n)s', fits.length - MANY) : '';
      };
      find.addEventListener('input', show);
      show();
      return element('span', { class: 'builder-condition__find' }, [find, answer, more]);
    }

    change(index, part, focus) {
      Object.assign(this.group.rows[index], part);
      this.draw();
      this.owner.store();
      const control = this.list.children[index].querySelector(focus);
      if (control) control.focus();
    }

    keep(index, value) {
      this.group.rows[index].value = value;
      this.owner.store();
    }
  }

  Object.assign(editor, { Group });
})();
