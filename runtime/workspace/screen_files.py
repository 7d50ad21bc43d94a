"""Questions answered by a file: a box that takes one, what is there already, a sheet to sign on.

Without JavaScript the section is posted with the file in it (`screen_uploads`), and a signature is a typed name. With it, the
file goes ahead by itself (`screen/files.mjs`), and the page shows how far it is.
"""

import json
import uuid
from html import escape
from typing import Any

from django.utils.translation import get_language, gettext_noop

from builder.question_types import TYPES, Stored
from builder.question_types.base.stored import MEGABYTE
from builder.values.showing import show_number
from runtime.records.uploads.drawing import HEIGHT, WIDTH
from runtime.workspace.screen_asked import Asked, fieldset, input_flags, typed

REMOVE = gettext_noop("Remove")
SENDING = gettext_noop("Being sent")
SIGN_HERE = gettext_noop("Sign here with the pen, the finger or the mouse")
DONE = gettext_noop("Use this signature")
AGAIN = gettext_noop("Start again")
TYPE_NAME = gettext_noop("Full name, in place of a drawing")
LONGEST_NAME = 200
FILE = "__file__"  # stands for the id of a file in an address
WITH_PICTURE = frozenset({"photo", "signature"})
KILOBYTE = 1024


def held_file(raw: Any) -> dict[str, str] | None:
    """The answer that names a file; None for a typed name, for what could not be read, for nothing."""
    return raw if isinstance(raw, dict) and "id" in raw else None


def shown_size(size: str) -> str:
    """A size for people, as the browser's twin says it: `12 kB`, `1.5 MB`."""
    count = int(size)
    if count < MEGABYTE:
        return f"{max(1, (count + KILOBYTE // 2) // KILOBYTE)} kB"
    tenths = (count * 10 + MEGABYTE // 2) // MEGABYTE
    return f"{show_number(f'{tenths // 10}.{tenths % 10}', get_language() or 'en')} MB"


def _file(asked: Asked, own: str) -> str:
    question, kind = asked.question, TYPES[asked.question.type]
    accepted = ",".join(kind.media_types(question.settings)) if isinstance(kind, Stored) else ""
    camera = ' capture="environment"' if question.type == "photo" else ""
    disabled = " disabled" if asked.locked else ""
    own = own.replace('name="a:', 'name="f:', 1)
    return (
        f'<div class="file"><input type="file" accept="{accepted}"{camera}{disabled} {own}>'
        f"{_progress(asked)}{_kept(asked)}</div>"
    )


render_file = typed(_file)


def render_signature(asked: Asked) -> str:
    """A sheet that the browser shows, and a box for the name, which suffices."""
    drawn, ui = held_file(asked.raw), asked.sheet.ui
    name = "" if drawn or asked.raw is None else _typed_name(asked.raw)
    gone = " hidden" if drawn else ""
    shut = " hidden" if drawn or asked.locked else ""
    off = " disabled" if drawn or asked.locked else ""
    sheet = (
        f'<canvas class="with-script" width="{WIDTH}" height="{HEIGHT}" role="img" aria-label="{ui(SIGN_HERE)}"{shut}></canvas>'
        f'<p class="sign with-script"{shut}><button type="button" class="button small" data-sign="done" disabled>{ui(DONE)}</button> '
        f'<button type="button" class="button small" data-sign="again" disabled>{ui(AGAIN)}</button></p>'
    )
    box = (
        f'<div class="by-name"{gone}><label for="q:{asked.place}">{ui(TYPE_NAME)}</label><input type="text" id="q:{asked.place}" '
        f'name="a:{asked.place}" value="{escape(name)}" maxlength="{LONGEST_NAME}" autocomplete="off" {input_flags(asked)}{off}></div>'
        f"{_progress(asked)}"
    )
    inner = f"{'' if asked.question.read_only is True else sheet}{box}{_kept(asked)}"
    return fieldset(asked, f'<div class="file">{inner}</div>')


def _progress(asked: Asked) -> str:
    return f'<progress max="1" value="0" aria-label="{asked.sheet.ui(SENDING)}" hidden></progress>'


def _typed_name(raw: Any) -> str:
    return str(raw.get("typed", "") if isinstance(raw, dict) else raw)


def _kept(asked: Asked) -> str:
    """What is there: its small picture, name and size; a button that takes it back. Filled again by the browser."""
    held, address = held_file(asked.raw), asked.sheet.door.file_url
    address = address.replace(FILE, str(uuid.UUID(hex=held["id"]))) if held else ""
    pictured = asked.question.type in WITH_PICTURE
    picture = f'<img alt=""{_src(address)}>' if pictured else ""
    href = f' href="{address}"' if address else ""
    name, size = (escape(held["name"]), shown_size(held["size"])) if held else ("", "")
    value = escape(json.dumps(held, ensure_ascii=False)) if held else ""
    return (
        f'<span class="kept"{"" if held else " hidden"}>{picture}<a{href} download>{name}</a> <small>{size}</small> '
        f'{_remove(asked)}</span><input type="hidden" name="a:{asked.place}" value="{value}">'
    )


def _src(address: str) -> str:
    return f' src="{address}small/"' if address else " hidden"


def _remove(asked: Asked) -> str:
    if asked.question.read_only is True:
        return ""
    words, what = asked.sheet.ui(REMOVE), escape(asked.sheet.plain(asked.question.label))
    return (
        f'<button class="button small" name="go" value="clear:{asked.place}" aria-label="{words}: {what}"{" disabled" if asked.locked else ""}>'
        f"{words}</button>"
    )
