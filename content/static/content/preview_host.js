/* Keeps the run of a preview while its page is edited, in memory alone: Wagtail draws the preview anew after each edit, and the
   editor's page is what outlives it. Both tell each other where the author is. */
(() => {
  if (window.scriptoriumPreviewHost) return;
  window.scriptoriumPreviewHost = true;

  const MARK = 'scriptorium-preview';
  const previews = new Set();
  let run = null;
  let at = '';

  const send = (preview, message) => preview.postMessage(message, window.location.origin);

  const heard = {
    hello: (event) => {
      previews.forEach((preview) => { if (preview.closed) previews.delete(preview); });
      previews.add(event.source);
      send(event.source, { [MARK]: 'kept', run });
    },
    /* Another preview may stand beside it: in a tab of its own, or the next drawing of the panel, not shown yet. */
    run: (event) => {
      run = event.data.run;
      previews.forEach((preview) => {
        if (!preview.closed && preview !== event.source) send(preview, { [MARK]: 'kept', run });
      });
    },
    open: (event) => {
      const { id, focus } = event.data;
      if (focus) window.focus();
      at = id;
      window.scriptoriumEditor.reveal(id, { focus });
    },
  };

  /* A run from elsewhere, the check for one, in the place of what was played so far. */
  window.scriptoriumPreview = {
    play: (other) => {
      run = other;
      previews.forEach((preview) => { if (!preview.closed) send(preview, { [MARK]: 'kept', run }); });
    },
  };

  window.addEventListener('message', (event) => {
    if (event.origin !== window.location.origin || !event.data || !window.scriptoriumEditor) return;
    const act = Object.hasOwn(heard, event.data[MARK]) && heard[event.data[MARK]];
    if (act) act(event);
  });

  document.addEventListener('focusin', (event) => {
    const ids = window.scriptoriumEditor ? window.scriptoriumEditor.blocksAt(event.target) : [];
    if (!ids.length || ids[0] === at) return;
    [at] = ids;
    previews.forEach((preview) => { if (!preview.closed) send(preview, { [MARK]: 'show', ids }); });
  });
})();
