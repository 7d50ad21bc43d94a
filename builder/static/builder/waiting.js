/* A field of a folded group: it holds its state, and is made when the group is opened. */
(() => {
  const editor = window.scriptoriumEditor;
  if (editor.waiting) return;

  class Waiting {
    constructor(definition, placeholder, prefix, state, error, capabilities) {
      Object.assign(this, { definition, placeholder, prefix, state, capabilities, real: null });
      const toggle = editor.groupToggleOf(placeholder);
      if (toggle) editor.onOpen(toggle, () => this.build());
      if (!toggle || editor.hasComment(placeholder)) this.build();
      if (error) this.setError(error);
    }

    build() {
      if (this.real) return this.real;
      const label = this.placeholder.parentElement.querySelector(':scope > label');
      this.real = this.definition.render(this.placeholder, this.prefix, this.state, null, this.capabilities);
      if (label && this.real.idForLabel) label.setAttribute('for', this.real.idForLabel);
      this.baseline = JSON.stringify(this.real.getState());
      return this.real;
    }

    get element() { return this.real ? (this.real.container && this.real.container[0]) || this.real.element : this.placeholder; }

    /* Made and not edited, it says what it was given, to the letter. */
    getState() {
      if (!this.real) return this.state;
      const state = this.real.getState();
      return JSON.stringify(state) === this.baseline ? this.state : state;
    }

    setState(state) {
      if (this.real) this.real.setState(state);
      else this.state = state;
    }

    getValue() { return this.real ? this.real.getValue() : this.state; }

    getTextLabel(options) { return this.real && this.real.getTextLabel ? this.real.getTextLabel(options) : ''; }

    setError(error) { if (error) this.build().setError(error); }

    setCapabilityOptions(name, options) {
      if (this.real && this.real.setCapabilityOptions) this.real.setCapabilityOptions(name, options);
    }

    focus(options) { this.build().focus(options); }
  }

  const waiting = (definition) => Object.create(definition, {
    render: { value: (...given) => new Waiting(definition, ...given) },
  });

  Object.assign(editor, { waiting });
})();
