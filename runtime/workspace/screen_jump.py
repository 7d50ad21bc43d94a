"""The dialog that goes to any question by typing a part of what it is about. What it finds, the browser knows (`screen/jump.mjs`)."""

from html import escape

from django.utils.translation import gettext

from runtime.workspace.screen_sheet import Sheet
from runtime.workspace.veils import VEILED_FACTS


def render_jump(_sheet: Sheet) -> str:
    """Closed until its key is pressed; the facts that are veiled beside the talk are told by it neither."""
    title, close = escape(gettext("Go to a question")), escape(gettext("Close"))
    what = escape(gettext("A part of a question, of a section or of an answer"))
    nothing = escape(gettext("Nothing here is called so, and no answer reads so."))
    return (
        f'<dialog class="screen-dialog jump" id="jump" aria-labelledby="jump-title" data-veiled="{" ".join(sorted(VEILED_FACTS))}">'
        f'<h1 id="jump-title">{title}</h1><label for="jump-text">{what}</label>'
        f'<input type="text" id="jump-text" autocomplete="off" spellcheck="false">'
        f'<ul aria-label="{title}"></ul><p class="hint" role="status" data-nothing hidden>{nothing}</p>'
        f'<form method="dialog"><button class="button">{close} <kbd aria-hidden="true">Esc</kbd></button></form></dialog>'
    )
