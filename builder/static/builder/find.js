/* Find on the page, closed blocks too: by label, name, type, the words of choices and conditions; Enter leads there. */
(() => {
  const editor = window.scriptoriumEditor;
  if (editor.find) return;
  const { say, element } = editor;
  const MOST = 50;

  const folded = (text) => String(text).normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase();

  const CONDITIONS = ['relevance', 'required_when', 'read_only_when', 'choice_filter'];

  const entry = (block) => {
    const { state, section, definition } = block;
    const label = editor.labelOf(state);
    const kind = definition ? editor.kindOf(definition) : block.type;
    const where = section && section.id !== block.id ? editor.labelOf(section.state) : '';
    const asked = CONDITIONS.map((name) => editor.sentence(state[name])).filter(Boolean).map((each) => each.text);
    const more = ['hint', 'text', 'choices', 'formula', 'explanation'].map((name) => (typeof state[name] === 'string' ? state[name] : ''));
    const said = [label, state.name || '', kind, ...asked, ...more].join('\n');
    return { id: block.id, label, name: state.name || '', kind, where, words: folded(said), head: folded(`${label} ${state.name || ''}`) };
  };

  /* Those with every word; those that have them in label or name first. */
  const found = (index, query) => {
    const words = folded(query).split(/\s+/).filter(Boolean);
    const fits = words.length ? index.filter((each) => words.every((word) => each.words.includes(word))) : [];
    const first = fits.filter((each) => words.every((word) => each.head.includes(word)));
    return [...first, ...fits.filter((each) => !first.includes(each))];
  };

  class Find {
    constructor() {
      this.input = element('input', {
        type: 'search', role: 'combobox', 'aria-expanded': 'false', 'aria-controls': 'builder-found', 'aria-autocomplete': 'list',
        autocomplete: 'off', id: 'builder-find', placeholder: say('findHint'),
      });
      this.list = element('ul', { role: 'listbox', id: 'builder-found', 'aria-label': say('found') });
      this.list.hidden = true;
      this.status = element('p', { class: 'builder-find__status', role: 'status' });
      const paste = element('button', { type: 'button', class: 'button button-small button-secondary' }, [say('pasteBlock')]);
      paste.addEventListener('click', () => editor.askForText());
      this.element = element('div', { class: 'builder-find', role: 'search', 'aria-label': say('find') }, [
        element('label', { for: 'builder-find' }, [say('find')]), this.input, paste, this.status, this.list,
      ]);
      this.before = null;
      this.results = [];
      this.at = 0;
      this.listen();
    }

    listen() {
      this.input.addEventListener('focus', (event) => {
        this.index = editor.blocks().map(entry);
        this.before = event.relatedTarget || this.before;
        this.show();
      });
      ['input', 'change'].forEach((kind) => this.input.addEventListener(kind, (event) => event.stopPropagation())); // no field of the page
      this.input.addEventListener('input', () => { this.at = 0; this.show(); });
      this.input.addEventListener('blur', () => this.close());
      this.input.addEventListener('keydown', (event) => this.key(event));
      this.list.addEventListener('mousedown', (event) => {
        event.preventDefault(); // the field keeps the focus
        const option = event.target.closest('[role=option]');
        if (option) this.go(this.results[Number(option.dataset.at)]);
      });
    }

    key(event) {
      const steps = { ArrowDown: 1, ArrowUp: -1 };
      if (steps[event.key] && this.results.length) {
        this.at = (this.at + steps[event.key] + this.results.length) % this.results.length;
        this.mark();
      } else if (event.key === 'Enter') {
        if (this.results[this.at]) this.go(this.results[this.at]);
      } else if (event.key === 'Escape') {
        this.leave();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    }

    show() {
      const all = found(this.index, this.input.value);
      this.results = all.slice(0, MOST);
      this.list.replaceChildren(...this.results.map((each, at) => this.option(each, at)));
      const asked = Boolean(this.input.value.trim());
      this.list.hidden = !this.results.length;
      this.input.setAttribute('aria-expanded', String(!this.list.hidden));
      this.status.textContent = asked ? say(all.length ? 'foundSome' : 'foundNone', { count: all.length }) : '';
      this.mark();
    }

    option(each, at) {
      return element('li', { role: 'option', id: `builder-found-${at}`, 'data-at': at, 'aria-selected': 'false' }, [
        element('span', { class: 'builder-find__kind' }, [each.kind]), ' ',
        element('span', { class: 'builder-row__label' }, [each.where ? `${each.where} › ${editor.short(each.label)}` : editor.short(each.label)]), ' ',
        element('span', { class: 'builder-row__name' }, [each.name]),
      ]);
    }

    mark() {
      [...this.list.children].forEach((option, at) => option.setAttribute('aria-selected', String(at === this.at)));
      const option = this.list.children[this.at];
      if (!option) return this.input.removeAttribute('aria-activedescendant');
      this.input.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
      return null;
    }

    go(each) {
      this.close();
      editor.reveal(each.id);
    }

    close() {
      this.list.hidden = true;
      this.input.setAttribute('aria-expanded', 'false');
      this.status.textContent = '';
    }

    leave() {
      this.input.value = '';
      this.show();
      if (this.before && this.before.isConnected) this.before.focus();
      else this.input.blur();
    }

    begin() {
      this.input.focus();
      this.input.select();
    }
  }

  const isField = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName || '');

  /* `#block-ID-section` and `#:w:contentpath=body.ID.items.ID` open their way; the second is that of a comment, which is shown then. */
  const follow = () => {
    const hash = decodeURIComponent(window.location.hash);
    const block = /^#block-(.+)-section$/.exec(hash);
    const path = /^#:w:contentpath=(.+)$/.exec(hash);
    const ids = block ? [block[1]] : path ? path[1].split('.').reverse() : [];
    const id = ids.find((each) => editor.wayTo(each).length);
    const element = id && editor.reveal(id);
    if (path && element && editor.hasComment(element)) editor.openPanel('comments');
  };

  editor.whenReady(() => {
    const find = new Find();
    editor.toolPlace().prepend(find.element);
    document.addEventListener('keydown', (event) => {
      const slash = event.key === '/' && !isField(event.target) && !event.ctrlKey && !event.metaKey;
      const chord = event.ctrlKey && event.altKey && event.code === 'KeyF';
      if (!(slash || chord) || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      find.before = document.activeElement;
      find.begin();
    });
    window.addEventListener('hashchange', follow);
    follow();
  });
  editor.find = found;
})();
