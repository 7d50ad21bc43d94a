/* A StructBlock whose children exist only once its panel was opened; see builder/blocks/lazy.py. */
(() => {
  if (window.scriptoriumLazy) return;
  window.scriptoriumLazy = true;

  const { StructBlockDefinition } = window.wagtailStreamField.blocks;
  const editor = window.scriptoriumEditor;
  const SUFFIX = '-lazystate';

  /* One listener a form: opened blocks are folded back into their one entry, so that what is posted (and what autosave and
     preview compare) does not depend on which panels happen to be open. */
  const forms = new Map();
  const fold = (form, data) => {
    const opened = [];
    forms.get(form).forEach((block) => {
      if (!block.element.isConnected) forms.get(form).delete(block);
      else if (block.real && !block.element.parentElement.closest('[data-builder-lazy]')) opened.push(block);
    });
    const keys = new Set(opened.length ? data.keys() : []);
    opened.forEach((block) => {
      keys.forEach((key) => {
        if (key.startsWith(`${block.prefix}-`) && key !== block.prefix + SUFFIX) data.delete(key);
      });
      data.set(block.prefix + SUFFIX, JSON.stringify(block.getState()));
    });
  };
  const register = (block) => {
    const form = block.element.closest('form');
    if (!form) return;
    if (!forms.has(form)) {
      forms.set(form, new Set());
      form.addEventListener('formdata', (event) => fold(form, event.formData));
    }
    forms.get(form).add(block);
  };

  /* A label that changes is read in the rows of others, too. */
  let redrawing = null;
  const redraw = () => {
    redrawing = null;
    forms.forEach((blocks) => blocks.forEach((block) => { if (block.element.isConnected) editor.drawSoon(block); }));
  };
  const changed = () => {
    editor.forget();
    redrawing = redrawing || setTimeout(redraw, 200);
  };
  document.addEventListener('change', changed);
  window.addEventListener('scriptorium:lists', changed);
  editor.changed = changed;
  editor.whenReady(redraw);

  class LazyStruct {
    constructor(definition, placeholder, prefix, state, error, capabilities) {
      Object.assign(this, { blockDef: definition, type: definition.name, prefix, capabilities, state: state || {}, real: null });
      this.element = document.createElement('div');
      this.element.setAttribute('data-builder-lazy', '');
      this.input = document.createElement('input');
      this.input.type = 'hidden';
      this.input.name = prefix + SUFFIX;
      this.input.value = JSON.stringify(this.state);
      this.element.append(this.input);
      placeholder.replaceWith(this.element);
      const toggle = editor.toggleOf(this.element);
      if (toggle) editor.onOpen(toggle, () => this.open());
      register(this);
      editor.addActions(this);
      if (!toggle || editor.hasComment(this.element)) this.open();
      if (error) this.setError(error);
    }

    open() {
      if (this.real) return this.real;
      const placeholder = document.createElement('div');
      this.element.append(placeholder);
      this.blockDef.collapsible = false;
      this.real = this.blockDef.renderReal(placeholder, this.prefix, this.state, null, this.capabilities);
      this.baseline = JSON.stringify(this.real.getState());
      return this.real;
    }

    get childBlocks() { return this.open().childBlocks; }

    setState(state) {
      if (this.real) {
        this.real.setState(state);
        return;
      }
      this.state = { ...this.state, ...state };
      this.input.value = JSON.stringify(this.state);
    }

    setError(error) {
      if (error && (error.blockErrors || error.messages)) this.open().setError(error);
    }

    /* An opened block that was not edited keeps its state to the letter: opening is no change. */
    getState() {
      if (!this.real) return this.state;
      const state = this.real.getState();
      return JSON.stringify(state) === this.baseline ? this.state : state;
    }

    getValue() { return this.real ? this.real.getValue() : this.state; }

    getDuplicatedState() { return editor.copied(this.blockDef, this.getState()); }

    getTextLabel() {
      editor.drawSoon(this);
      return editor.summary(this.getState(), this.blockDef.meta, this.blockDef).map((part) => part.text).join(' · ');
    }

    setCapabilityOptions(name, options) {
      if (this.real && this.real.setCapabilityOptions) this.real.setCapabilityOptions(name, options);
    }

    focus(options) { this.open().focus(options); }
  }

  class LazyStructDefinition extends StructBlockDefinition {
    render(placeholder, prefix, state, error, capabilities) {
      return new LazyStruct(this, placeholder, prefix, state, error, capabilities);
    }

    renderReal(placeholder, prefix, state, error, capabilities) {
      const all = this.childBlockDefsByName;
      const folded = this.meta.folded.map((name) => [name, editor.waiting(all[name])]);
      this.childBlockDefsByName = { ...all, ...Object.fromEntries(folded) };
      try {
        return super.render(placeholder, prefix, state, error, capabilities);
      } finally {
        this.childBlockDefsByName = all;
      }
    }
  }

  /* Wagtail leaves out the label above a child of the class of its parent: a nested group has a heading of its own. */
  Object.defineProperty(LazyStructDefinition.prototype, 'constructor', { value: StructBlockDefinition });

  window.telepath.register('builder.LazyStruct', LazyStructDefinition);
})();
