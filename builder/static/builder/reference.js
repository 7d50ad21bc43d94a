/* A select of the page's own questions, or of its earlier sections; what is stored is the block's id. */
(() => {
  if (window.scriptoriumReference) return;
  window.scriptoriumReference = true;
  const editor = window.scriptoriumEditor;

  class BoundReference {
    constructor(select, state, { strings, sections }) {
      Object.assign(this, { select, strings, sections });
      this.idForLabel = select.id;
      this.setState(state);
      if (!editor.things().length) editor.whenReady(() => this.fill(select.value));
      select.addEventListener('focus', () => this.fill(select.value));
      select.addEventListener('mousedown', () => this.fill(select.value));
    }

    fill(value) {
      const things = this.things();
      const options = [new Option(this.strings.none, '')];
      things.forEach((thing) => {
        const label = thing.entries ? `${thing.label}: ${this.strings.entries}` : thing.label;
        options.push(new Option(label, thing.id));
      });
      if (value && !things.some((thing) => thing.id === value)) options.push(new Option(this.strings.gone, value));
      this.select.replaceChildren(...options);
      this.select.value = value;
    }

    things() {
      if (this.sections) return editor.sectionsBefore(this.select);
      const own = this.select.closest('[data-streamfield-child]'); // a calculation is not made of itself
      return editor.things().filter((thing) => !own || thing.id !== own.getAttribute('data-contentpath'));
    }

    getState() { return this.select.value; }

    setState(state) { this.fill(state || ''); }

    getValue() { return this.select.value; }

    getTextLabel() { return this.select.value ? this.select.selectedOptions[0].textContent : ''; }

    focus() { this.select.focus(); }
  }

  class Reference {
    constructor(options) { this.options = options; }

    render(placeholder, name, id, state) {
      const select = document.createElement('select');
      select.name = name;
      select.id = id;
      placeholder.replaceWith(select);
      return new BoundReference(select, state, this.options);
    }
  }

  window.telepath.register('builder.Reference', Reference);
})();
