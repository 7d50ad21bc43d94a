/* The shared lists of choices: which there are, and the choices of those that the page's questions take theirs from. Both are
   fetched when they are first asked for; whoever drew something of them draws it again at "scriptorium:lists". */
(() => {
  if (window.scriptoriumLists) return;

  const addresses = { lists: '', choices: '' };
  const fetched = new Map(); // reference -> {choices, attributes}
  const NOTHING = { choices: [], attributes: {} };
  let known = null; // [{code, title, editions, open}]

  const get = async (address) => {
    const response = await fetch(address, { credentials: 'same-origin', headers: { Accept: 'application/json' } });
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  };

  const tell = () => window.dispatchEvent(new CustomEvent('scriptorium:lists'));

  const all = () => {
    if (known === null && addresses.lists) {
      known = [];
      get(addresses.lists).then(({ lists }) => { known = lists; tell(); }, () => { known = null; });
    }
    return known || [];
  };

  /* What stands in a list: nothing until it has been fetched, or where it is gone. */
  const of = (reference) => {
    if (!fetched.has(reference) && addresses.choices) {
      fetched.set(reference, NOTHING);
      const [code, number] = reference.split('@');
      const address = addresses.choices.replace('__code__', encodeURIComponent(code)).replace(/0\/$/, `${Number(number) || 0}/`);
      get(address).then((list) => { fetched.set(reference, list); tell(); }, () => {});
    }
    return fetched.get(reference) || NOTHING;
  };

  const fill = (sentence, holes) => sentence.replace(/%\((\w+)\)s/g, (_, name) => holes[name]);

  class BoundSharedList {
    constructor(select, state, strings) {
      Object.assign(this, { select, strings, idForLabel: select.id });
      this.setState(state);
      window.addEventListener('scriptorium:lists', () => { if (select.isConnected) this.fill(select.value); });
      select.addEventListener('change', () => { // conditions offer the choices of the list that is picked now
        if (select.value) of(select.value);
        tell();
      });
    }

    fill(value) {
      const { none, follows, pinned, closed, gone } = this.strings;
      const options = [new Option(none, '')];
      all().forEach(({ code, title, editions, open }) => {
        const label = open ? title : `${title} (${closed})`;
        options.push(new Option(fill(follows, { list: label }), code));
        editions.forEach((number) => options.push(new Option(fill(pinned, { list: label, number }), `${code}@${number}`)));
      });
      if (value && !options.some((option) => option.value === value)) {
        options.push(new Option(known && known.length ? fill(gone, { list: value }) : value, value));
      }
      this.select.replaceChildren(...options);
      this.select.value = value;
    }

    getState() { return this.select.value; }

    setState(state) { this.fill(state || ''); }

    getValue() { return this.select.value; }

    getTextLabel() { return this.select.value ? this.select.selectedOptions[0].textContent : ''; }

    focus() { this.select.focus(); }
  }

  class SharedList {
    constructor(options) {
      this.strings = options.strings;
      Object.assign(addresses, { lists: options.lists, choices: options.choices });
    }

    render(placeholder, name, id, state) {
      const select = document.createElement('select');
      select.name = name;
      select.id = id;
      placeholder.replaceWith(select);
      return new BoundSharedList(select, state, this.strings);
    }
  }

  window.scriptoriumLists = { of };
  window.telepath.register('builder.SharedList', SharedList);
})();
