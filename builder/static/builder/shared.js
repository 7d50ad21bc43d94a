/* What several scripts share, lists of choices and sections: which there are, and what stands in those that this page names.
   Both are fetched when they are first asked for; whoever drew something of them draws it again at "scriptorium:lists". */
(() => {
  if (window.scriptoriumShared) return;

  const get = async (address) => {
    const response = await fetch(address, { credentials: 'same-origin', headers: { Accept: 'application/json' } });
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  };

  const tell = () => {
    if (window.scriptoriumEditor && window.scriptoriumEditor.forget) window.scriptoriumEditor.forget();
    window.dispatchEvent(new CustomEvent('scriptorium:lists'));
  };

  const fill = (sentence, holes) => sentence.replace(/%\((\w+)\)s/g, (_, name) => holes[name]);

  /* One kind of what is shared. `nothing` stands for what was not fetched yet, or is gone. */
  class Shared {
    constructor(nothing) {
      Object.assign(this, { nothing, addresses: { all: '', one: '' }, strings: {}, fetched: new Map(), known: null });
    }

    /* [{code, title, editions, open}] */
    all() {
      if (this.known === null && this.addresses.all) {
        this.known = [];
        get(this.addresses.all).then(({ lists }) => { this.known = lists; tell(); }, () => { this.known = null; });
      }
      return this.known || [];
    }

    /* What stands under a reference, asked for with `query`. */
    of(reference, query = '') {
      const key = reference + query;
      if (!this.fetched.has(key) && this.addresses.one) {
        this.fetched.set(key, this.nothing);
        this.load(reference, query).then((found) => { this.fetched.set(key, found); tell(); }, () => {});
      }
      return this.fetched.get(key) || this.nothing;
    }

    /* The same as it is now. */
    load(reference, query = '') {
      return get(this.address(reference) + query);
    }

    address(reference) {
      const [code, number] = reference.split('@');
      return this.addresses.one.replace('__code__', encodeURIComponent(code)).replace(/0\/$/, `${Number(number) || 0}/`);
    }

    /* One was made, or is another now. */
    forget() {
      this.known = null;
      this.fetched.clear();
      tell();
    }

    options() {
      const { follows, pinned, closed } = this.strings;
      return this.all().flatMap(({ code, title, editions, open }) => {
        const label = open ? title : `${title} (${closed})`;
        const each = editions.map((number) => [`${code}@${number}`, fill(pinned, { list: label, number })]);
        return [[code, fill(follows, { list: label })], ...each];
      });
    }

    /* A reference in words. */
    label(reference) {
      const found = this.options().find(([value]) => value === reference);
      if (found) return found[1];
      return this.known && this.known.length ? fill(this.strings.gone, { list: reference }) : reference;
    }
  }

  const kinds = {
    lists: new Shared({ choices: [], attributes: {} }),
    sections: new Shared({ title: '', state: { items: [] } }),
  };

  class BoundShared {
    constructor(select, state, shared) {
      Object.assign(this, { select, shared, idForLabel: select.id });
      this.setState(state);
      window.addEventListener('scriptorium:lists', () => { if (select.isConnected) this.fill(select.value); });
      select.addEventListener('change', () => { // conditions offer the choices of the list that is picked now
        if (select.value && shared === kinds.lists) shared.of(select.value);
        tell();
      });
    }

    fill(value) {
      const options = [new Option(this.shared.strings.none, ''), ...this.shared.options().map(([each, label]) => new Option(label, each))];
      if (value && !options.some((option) => option.value === value)) options.push(new Option(this.shared.label(value), value));
      this.select.replaceChildren(...options);
      this.select.value = value;
    }

    getState() { return this.select.value; }

    setState(state) { this.fill(state || ''); }

    getValue() { return this.select.value; }

    getTextLabel() { return this.select.value ? this.select.selectedOptions[0].textContent : ''; }

    focus() { this.select.focus(); }
  }

  class SharedWidget {
    constructor({ kind, all, one, strings }) {
      this.shared = kinds[kind];
      Object.assign(this.shared, { addresses: { all, one }, strings });
    }

    render(placeholder, name, id, state) {
      const select = document.createElement('select');
      select.name = name;
      select.id = id;
      placeholder.replaceWith(select);
      return new BoundShared(select, state, this.shared);
    }
  }

  window.scriptoriumShared = kinds;
  window.telepath.register('builder.Shared', SharedWidget);
})();
