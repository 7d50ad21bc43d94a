/* What the editor page says of saving: that others wrote meanwhile, what both changed, that the connection is lost and back. */
(() => {
  if (window.scriptoriumAuthors) return;
  window.scriptoriumAuthors = true;
  const AGAIN = 5000;

  const start = (panel, editor) => {
    const { element } = editor;
    const words = panel.dataset;
    const said = element('p', { role: 'status' });
    const show = element('button', { type: 'button', class: 'button button-small button-secondary' }, [words.show]);
    const close = element('button', { type: 'button', class: 'button button-small button-secondary' }, [words.close]);
    const notice = element('div', { class: 'authors__notice' }, [said, show, close]);
    notice.hidden = true;
    document.body.append(notice);
    show.addEventListener('click', () => window.location.reload());
    close.addEventListener('click', () => { notice.hidden = true; });

    const tell = (text, { lost = false, shows = false } = {}) => {
      said.textContent = text;
      show.hidden = !shows;
      notice.classList.toggle('authors__notice--lost', lost);
      notice.hidden = false;
    };

    /* Without a connection it is tried again until there is one, however long that takes. */
    let away = false;
    let trying = null;
    const tryAgain = () => {
      clearTimeout(trying);
      trying = setTimeout(() => { if (away) editor.saveAgain(); }, AGAIN);
    };
    const failed = ({ type }) => {
      if (type === 'network_error') {
        away = true;
        tell(words.lost, { lost: true });
        tryAgain();
      } else if (type === 'validation_error') tell(words.settle, { lost: true });
      else if (type === 'server_error') tell(words.refused, { lost: true });
    };

    const saved = ({ response }) => {
      const { joined } = (response && response.field_updates) || {};
      if (joined) tell(joined, { shows: true });
      else if (away || notice.classList.contains('authors__notice--lost')) tell(words.back);
      away = false;
    };

    editor.onSaving('success', saved);
    editor.onSaving('error', failed);
    window.addEventListener('online', () => { if (away) editor.saveAgain(); });
    editor.joinOnServer();

    const draw = () => {
      panel.querySelectorAll('[data-authors-condition]').forEach((each) => {
        const sentence = editor.sentence(each.dataset.authorsCondition);
        if (sentence) each.textContent = sentence.text;
      });
    };
    panel.addEventListener('click', (event) => {
      const place = event.target.closest('[data-authors-place]');
      if (place) editor.reveal(place.dataset.authorsPlace);
    });
    editor.whenReady(draw);
  };

  document.addEventListener('DOMContentLoaded', () => {
    const panel = document.querySelector('[data-authors]');
    if (panel && window.scriptoriumEditor) start(panel, window.scriptoriumEditor);
  });
})();
