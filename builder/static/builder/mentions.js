/* Who speaks of whom: by id in conditions and references, by name in formulas and {placeholders}; and the same said of others. */
(() => {
  const editor = window.scriptoriumEditor;
  if (editor.mentions) return;
  const { StructBlockDefinition, ListBlockDefinition, StreamBlockDefinition } = window.wagtailStreamField.blocks;

  const WORD = /"(?:[^"\\]|\\.)*"|“[^”]*”|[a-z][a-z0-9_]*/g;
  const HOLE = /\{([a-z][a-z0-9_]*)((?:\.[a-z0-9_]+)?)\}/g;

  const isFormula = (definition) => Boolean(definition.meta && definition.meta.attrs && 'data-builder-formula' in definition.meta.attrs);

  const renamed = (formula, names) => formula.replace(WORD, (word) => names.get(word) || word);

  const conditionOf = (leaf) => {
    if (!leaf.startsWith('{"')) return null;
    const found = editor.parsed(leaf);
    return found && (Array.isArray(found.rows) || typeof found.formula === 'string') ? found : null;
  };

  const ofPart = (asked, ids) => {
    const [id, part] = String(asked).split('.');
    return (ids.get(id) || id) + (part === undefined ? '' : `.${part}`);
  };

  const inRows = (condition, ids) => ({
    ...condition,
    rows: (condition.rows || []).map((row) => {
      if (row.rows) return inRows(row, ids);
      const other = row.value && typeof row.value === 'object' && typeof row.value.answer === 'string';
      return { ...row, question: ofPart(row.question, ids), ...(other ? { value: { answer: ofPart(row.value.answer, ids) } } : {}) };
    }),
  });

  const inCondition = (condition, ids, names) => JSON.stringify(
    typeof condition.formula === 'string' ? { formula: renamed(condition.formula, names) } : inRows(condition, ids),
  );

  /* A field's state, saying of the new ids and names what it said of the old ones. */
  const rewritten = (leaf, definition, ids, names) => {
    if (typeof leaf !== 'string' || !leaf) return leaf;
    if (ids.has(leaf)) return ids.get(leaf);
    const condition = conditionOf(leaf);
    if (condition) return inCondition(condition, ids, names);
    if (isFormula(definition)) return renamed(leaf, names);
    return leaf.replace(HOLE, (whole, name, part) => `{${names.get(name) || name}${part}}`);
  };

  const idsInRows = (condition) => condition.rows.flatMap((row) => {
    if (row.rows) return idsInRows(row);
    const other = row.value && typeof row.value === 'object' ? [row.value.answer] : [];
    return [row.question, ...other].filter((each) => typeof each === 'string').map((each) => each.split('.')[0]);
  });

  /* What a field speaks of: {ids, names}. */
  const mentioned = (leaf, definition) => {
    if (typeof leaf !== 'string' || !leaf) return { ids: [], names: [] };
    const condition = conditionOf(leaf);
    if (condition && condition.rows) return { ids: idsInRows(condition), names: [] };
    if (condition || isFormula(definition)) {
      const words = (condition ? condition.formula : leaf).match(WORD) || [];
      return { ids: [], names: words.filter((word) => /^[a-z]/.test(word)) };
    }
    return { ids: [leaf], names: [...leaf.matchAll(HOLE)].map((match) => match[1]) };
  };

  /* Each field of a state, deep down: `visit(state, definition, name, item)`, `item` being the nearest block of a stream. */
  const walk = (definition, state, visit, item = null) => {
    if (!definition) return;
    if (definition instanceof StructBlockDefinition) {
      definition.childBlockDefs.forEach((child) => walk(child, state && state[child.name], visit, item));
    } else if (definition instanceof ListBlockDefinition) {
      (state || []).forEach((each) => walk(definition.childBlockDef, each.value, visit, item));
    } else if (definition instanceof StreamBlockDefinition) {
      (state || []).forEach((each) => walk(definition.childBlockDefsByName[each.type], each.value, visit, each));
    } else visit(state, definition, definition.name, item);
  };

  /* The same state made anew: `field(state, definition, name)` gives each field, `id(old)` each id. */
  const made = (definition, state, field, id) => {
    if (definition instanceof StructBlockDefinition) {
      const known = state && typeof state === 'object' ? state : {};
      return Object.fromEntries(definition.childBlockDefs.map((child) => [child.name, made(child, known[child.name], field, id)]));
    }
    if (definition instanceof ListBlockDefinition) {
      return (Array.isArray(state) ? state : []).map((each) => ({
        ...each, id: id(each.id), value: made(definition.childBlockDef, each.value, field, id),
      }));
    }
    if (definition instanceof StreamBlockDefinition) {
      return (Array.isArray(state) ? state : []).filter((each) => each && definition.childBlockDefsByName[each.type]).map((each) => ({
        ...each, id: id(each.id), value: made(definition.childBlockDefsByName[each.type], each.value, field, id),
      }));
    }
    return field(state, definition, definition.name);
  };

  Object.assign(editor, { mentions: { rewritten, mentioned, walk, made } });
})();
