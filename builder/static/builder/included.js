/* Shared sections that a script includes: read like sections of the page, their blocks under the ids and names that they have in it. */
(() => {
  const editor = window.scriptoriumEditor;
  if (editor.included) return;
  const INCLUSION = 'shared_section';

  /* The section as it stands in place of an inclusion: {title, state}; null where the block is none, or names none. */
  const included = ({ id, type, state }) => {
    if (type !== INCLUSION || !state || !state.section) return null;
    const query = new URLSearchParams({ in: id, prefix: state.prefix || '' });
    return window.scriptoriumShared.sections.of(state.section, `?${query}`);
  };

  /* A block of the body with the items that it brings; its own condition counts, which is the one that is edited here. */
  const withItems = (block) => {
    const found = included(block);
    if (!found) return block;
    const state = { ...found.state, title: found.title, ...block.state };
    return { ...block, state, itemsOf: editor.definitionOf('body', 'section') };
  };

  Object.assign(editor, { included, withItems });
})();
