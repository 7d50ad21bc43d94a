/* A formula while it is typed: names and functions are offered, and the server says in words what is wrong. */
(() => {
  const editor = window.scriptoriumEditor;
  if (editor.formulas) return;
  const { say, element } = editor;
  const PAUSE = 400; // milliseconds after the last letter
  const MOST = 8;
  const assists = new WeakMap();
  let number = 0;

  const first = (value) => (Array.isArray(value) ? value[0] : value) || '';
  const text = (value) => (typeof first(value) === 'string' ? first(value) : '');

  /* What the page holds, told briefly: names and types. */
  const brief = ({ id, type, state }) => {
    const told = { id, type };
    ['name', 'label', 'title', 'kind', 'formula', 'question', 'second', 'hit', 'gives', 'within', 'otherwise'].forEach((name) => {
      if (text(state[name])) told[name] = text(state[name]);
    });
    ['choices', 'rows', 'units'].forEach((name) => {
      if (typeof state[name] === 'string') told[name] = editor.choicesOf(state[name]).map(([choice]) => choice);
    });
    if (Array.isArray(state.cases)) told.results = state.cases.map((row) => text(row.value && row.value.result));
    return told;
  };

  const sections = () => {
    const all = editor.blocks();
    return all.filter((block) => block.section && block.section.id === block.id).map((section) => ({
      ...brief(section), repeat: editor.isRepeat(section),
      items: all.filter((block) => block.section && block.section.id === section.id && block.id !== section.id).map(brief),
    }));
  };

  /* The block that a field belongs to, and the field's name; any field of a condition is one. */
  const placeOf = (area) => {
    const ids = new Set(editor.blocks().map((block) => block.id));
    const place = editor.pathOf(area).filter((part) => ids.has(part)).at(-1) || '';
    return { place, field: area.name ? area.name.split('-').at(-1) : 'condition' };
  };

  class Assist {
    constructor(area) {
      number += 1;
      this.area = area;
      this.list = element('ul', { role: 'listbox', id: `builder-completions-${number}`, class: 'builder-completions', 'aria-label': say('completions') });
      this.list.hidden = true;
      this.status = element('p', { role: 'status', class: 'builder-formula', id: `builder-formula-${number}` });
      area.after(element('div', { class: 'builder-assist' }, [this.list, this.status]));
      const described = [area.getAttribute('aria-describedby'), this.status.id].filter(Boolean).join(' ');
      Object.entries({ 'aria-describedby': described, 'aria-autocomplete': 'list', 'aria-controls': this.list.id, autocomplete: 'off' })
        .forEach(([name, value]) => area.setAttribute(name, value));
      this.asked = 0;
      area.addEventListener('input', () => { this.offer(); this.checkSoon(); });
      area.addEventListener('keydown', (event) => this.key(event));
      area.addEventListener('blur', () => this.close());
      this.list.addEventListener('mousedown', (event) => {
        event.preventDefault();
        const option = event.target.closest('[role=option]');
        if (option) this.take(Number(option.dataset.at));
      });
      if (area.value.trim()) this.checkSoon();
    }

    word() {
      const before = this.area.value.slice(0, this.area.selectionStart);
      return /(?:^|[^\w."“])([a-z][\w.]*)$/i.exec(before)?.[1] || '';
    }

    /* Names that begin so come first, then functions, then names and labels with the letters in them. */
    offers(word) {
      const small = word.toLowerCase();
      const names = editor.things().filter((thing) => thing.name).map((thing) => ({ put: thing.name, note: thing.label }));
      const forms = say.raw('forms').map((form) => ({ put: form, note: say('function') }));
      const begins = [...names, ...forms].filter((each) => each.put.startsWith(small));
      const holds = names.filter((each) => `${each.put} ${each.note}`.toLowerCase().includes(small) && !begins.includes(each));
      return [...begins, ...holds].filter((each) => each.put.trim() !== word).slice(0, MOST);
    }

    offer() {
      const word = this.word();
      this.offered = word.length > 1 ? this.offers(word) : [];
      this.at = 0;
      this.list.replaceChildren(...this.offered.map((each, at) => element('li', { role: 'option', id: `${this.list.id}-${at}`, 'data-at': at }, [
        element('span', { class: 'builder-row__name' }, [each.put.trim()]), ` ${editor.short(each.note)}`,
      ])));
      this.list.hidden = !this.offered.length;
      this.mark();
    }

    mark() {
      [...this.list.children].forEach((option, at) => option.setAttribute('aria-selected', String(at === this.at)));
      if (this.list.hidden) this.area.removeAttribute('aria-activedescendant');
      else this.area.setAttribute('aria-activedescendant', this.list.children[this.at].id);
    }

    key(event) {
      if (this.list.hidden) return;
      const steps = { ArrowDown: 1, ArrowUp: -1 };
      if (steps[event.key]) {
        this.at = (this.at + steps[event.key] + this.offered.length) % this.offered.length;
        this.mark();
      } else if (event.key === 'Enter') this.take(this.at);
      else if (event.key === 'Escape') this.close();
      else return;
      event.preventDefault();
      event.stopPropagation();
    }

    take(at) {
      const { put } = this.offered[at];
      const end = this.area.selectionStart;
      const begin = end - this.word().length;
      const hole = put.indexOf('  ');
      this.area.setRangeText(put, begin, end, 'end');
      if (hole >= 0) this.area.setSelectionRange(begin + hole + 1, begin + hole + 1);
      this.close();
      this.area.dispatchEvent(new Event('input', { bubbles: true }));
      this.close();
    }

    close() {
      this.list.hidden = true;
      this.mark();
    }

    checkSoon() {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.check(), PAUSE);
    }

    async check() {
      this.asked += 1;
      const mine = this.asked;
      if (!this.area.value.trim()) return this.tell('', false);
      const found = await this.ask();
      if (mine !== this.asked || !this.area.isConnected) return null; // another letter was typed meanwhile
      if (!found) return this.tell(say('formulaLater'), false);
      return this.tell(found.length ? found.join('\n') : say('formulaFits'), found.length > 0);
    }

    async ask() {
      const token = document.querySelector('#page-edit-form [name=csrfmiddlewaretoken]');
      try {
        const answer = await fetch(say('formulaAddress'), {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token ? token.value : '' },
          body: JSON.stringify({ ...placeOf(this.area), text: this.area.value, sections: sections() }),
        });
        return answer.ok ? (await answer.json()).problems : null;
      } catch (problem) {
        return null;
      }
    }

    tell(words, wrong) {
      this.status.textContent = words;
      this.status.classList.toggle('builder-problem', wrong);
      if (wrong) this.area.setAttribute('aria-invalid', 'true');
      else this.area.removeAttribute('aria-invalid');
    }
  }

  document.addEventListener('focusin', ({ target }) => {
    if (target.tagName !== 'TEXTAREA' || assists.has(target) || !target.closest('[data-builder-formula]')) return;
    assists.set(target, new Assist(target));
  });

  editor.formulas = assists;
})();
