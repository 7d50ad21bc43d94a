/* A section of the script made a shared one, with its inclusion in its place; and a shared one made the script's own. */
document.addEventListener('DOMContentLoaded', () => {
  const editor = window.scriptoriumEditor;
  if (!editor || editor.sharing) return;
  const { element } = editor;
  const INCLUSION = 'shared_section';
  let words = null;

  const say = (key, holes = {}) => {
    words = words || JSON.parse(document.getElementById('scriptorium-sharing-texts').textContent);
    return words[key].replace(/%\((\w+)\)s/g, (_, name) => holes[name]);
  };

  /* Another block in the place of a child, under the same id; what was there comes back with Undo. */
  const swap = (child, type, value, said, after = '') => {
    const before = { type: child.type, id: child.id, value: child.block.getState() };
    const put = (old, block) => {
      const made = editor.replace(old, block);
      window.scriptoriumShared.sections.forget();
      editor.changed();
      editor.reveal(made.id, { whole: false });
      return made;
    };
    const made = put(child, { type, id: child.id, value });
    editor.toast(said, () => {
      put(editor.wayTo(made.id)[0], before);
      if (after) editor.toast(after);
    });
  };

  const token = () => document.querySelector('[name=csrfmiddlewaretoken]').value;

  const post = async (told) => {
    const answer = await fetch(say('address').replace('/0/', `/${editor.pageId()}/`), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRFToken': token() },
      body: JSON.stringify(told),
    });
    if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
    return answer.json();
  };

  /* A field of the question with its own place for what is wrong. */
  const field = (name, value, help = '') => {
    const input = element('input', { type: 'text', id: `sharing-${name}`, value, maxlength: '200', autocomplete: 'off', 'aria-describedby': `sharing-${name}-told` });
    const told = element('span', { class: 'builder-problem', id: `sharing-${name}-told`, role: 'alert' });
    const parts = [element('label', { for: input.id }, [say(name)]), input, told];
    if (help) parts.push(element('span', { class: 'help' }, [help]));
    return { input, told, whole: element('p', { class: 'builder-sharing' }, parts) };
  };

  class Question {
    constructor(child) {
      this.child = child;
      const { title = '', name = '' } = child.block.getState();
      this.fields = { title: field('title', title), code: field('code', name || editor.nameOf(title, new Set()), say('codeHelp')) };
      this.told = element('div', { class: 'builder-problem', role: 'alert' });
      this.doing = element('button', { type: 'button', class: 'button' }, [say('doShare')]);
      this.doing.addEventListener('click', () => this.send());
      const parts = [element('p', {}, [say('shareHelp')]), ...Object.values(this.fields).map(({ whole }) => whole), this.told];
      this.away = editor.dialogOf(say('share'), parts, [this.doing], say('cancel'));
      Object.values(this.fields).forEach(({ input }) => input.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        this.doing.click();
      }));
      this.fields.title.input.select();
    }

    async send() {
      const { child, fields } = this;
      const state = child.block.getState();
      const inside = new Set([state, ...state.items.map((item) => item.value)].map((each) => each.name));
      const names = [...editor.names()].filter((name) => !inside.has(name));
      const told = { title: fields.title.input.value, code: fields.code.input.value, block: child.id, state, names };
      this.doing.disabled = true;
      try {
        const found = await post(told);
        if (found.code) this.done(found, state);
        else this.refuse(found);
      } catch (problem) {
        this.refuse({ fields: { '': [say('failed')] }, places: [] });
      }
    }

    done({ code, title }, { relevance }) {
      this.away();
      swap(this.child, INCLUSION, { section: code, relevance, prefix: '' }, say('shared', { label: title }), say('sharedBack', { label: title }));
    }

    refuse({ fields, places }) {
      this.doing.disabled = false;
      Object.entries(this.fields).forEach(([name, { input, told }]) => {
        told.textContent = (fields[name] || []).join(' ');
        input.setAttribute('aria-invalid', String(Boolean(told.textContent)));
      });
      this.told.replaceChildren(...(fields[''] || []).map((text) => element('p', {}, [text])), ...this.list(places));
      const wrong = Object.values(this.fields).find(({ told }) => told.textContent);
      (wrong ? wrong.input : this.doing).focus();
    }

    /* Each block that stands in the way, as a way to it. */
    list(places) {
      if (!places.length) return [];
      const known = new Map(editor.blocks().map((block) => [block.id, block.state]));
      return [element('ul', {}, places.map(({ block, text }) => {
        const state = known.get(block) || this.child.block.getState();
        const go = element('button', { type: 'button', class: 'builder-link' }, [editor.short(editor.labelOf(state))]);
        go.addEventListener('click', () => { this.away(); editor.reveal(known.has(block) ? block : this.child.id); });
        return element('li', {}, [go, `: ${text}`]);
      }))];
    }
  }

  const share = (child) => (editor.pageId() ? new Question(child) : editor.toast(say('saveFirst')));

  /* Both conditions as one: null where the editor could not show it. */
  const both = (one, other) => {
    const asked = [one, other].map(editor.parsed).filter((each) => each && (each.formula || (each.rows && each.rows.length)));
    if (asked.length < 2) return asked.length ? JSON.stringify(asked[0]) : '';
    const formulas = asked.filter((each) => each.formula).map(({ formula }) => `(${formula})`);
    if (formulas.length === 1) return null;
    return JSON.stringify(formulas.length ? { formula: formulas.join(' and ') } : { join: 'all', rows: asked });
  };

  const own = async (child) => {
    const state = child.block.getState();
    let found = null;
    try {
      const query = new URLSearchParams({ in: child.id, prefix: state.prefix || '' });
      found = state.section && await window.scriptoriumShared.sections.load(state.section, `?${query}`);
    } catch (problem) {
      return editor.toast(say('failed'));
    }
    if (!found || !('title' in found.state)) return editor.toast(say('notOwned'));
    const relevance = both(found.state.relevance, state.relevance);
    if (relevance === null) return editor.toast(say('twoConditions'));
    const said = say(found.languages.length > 1 ? 'ownedTexts' : 'owned', { label: found.title });
    return swap(child, 'section', { ...found.state, relevance }, said);
  };

  const ACTIONS = {
    section: { name: 'share', icon: 'folder-inverse', act: share },
    [INCLUSION]: { name: 'own', icon: 'folder-open-inverse', act: own },
  };

  /* Only where a body may hold both: a form has no inclusions, a shared section is alone. */
  const drawn = new WeakSet();
  editor.eachBlock((block) => {
    const action = ACTIONS[block.type];
    const child = action && editor.definitionOf('body', INCLUSION) && editor.childAt(block.element);
    if (!child || child.block !== block || drawn.has(block)) return;
    drawn.add(block);
    editor.addButton(block.element, { name: action.name, icon: action.icon, label: say(action.name) });
  });

  document.addEventListener('click', (event) => {
    const button = event.target.closest && event.target.closest('[data-builder-action=share], [data-builder-action=own]');
    if (button) ACTIONS[button.dataset.builderAction === 'own' ? INCLUSION : 'section'].act(editor.childAt(button));
  });

  Object.assign(editor, { sharing: true });
});
