"""The keys of the screen: one table, from which the sheet of keys is drawn and by which the browser listens.

To add a key: a row here, and where it does something new, a deed in `screen/keys.mjs` (or where its `where` says). A row
whose deed nobody has, and a deed that no row names, stop the screen at its start; so no key can be missing from the sheet.

A key is spelled `Control+Shift+Name` by the browser's name of it, letters small. `Control` is the command key of a Mac, too.
Who speaks to their machine, or whose hand slips, may have keys of one letter do nothing without Alt (WCAG 2.1.4).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from django.utils.translation import gettext, gettext_noop

from runtime.workspace.screen_sheet import Sheet

DIGITS = "0123456789"
_SHOWN = {
    "Control": "Ctrl",
    "ArrowDown": "↓",
    "ArrowUp": "↑",
    "ArrowLeft": "←",
    "ArrowRight": "→",
    "Escape": "Esc",
    "Insert": "Ins",
}


@dataclass(frozen=True)
class Row:
    """What keys do. `where`: the whole page, or the fields that listen for themselves. `only`: what a script must have."""

    words: str
    deeds: Mapping[str, str]  # the key: the deed
    where: str = "page"
    only: str = ""


KEYS: tuple[Row, ...] = (
    Row(gettext_noop("next question, then next section"), {"Enter": "onwards"}),
    Row(gettext_noop("back"), {"Shift+Enter": "backwards"}),
    Row(gettext_noop("next, out of a long text"), {"Control+Enter": "out"}),
    Row(gettext_noop("choose"), dict.fromkeys(DIGITS, "choose")),
    Row(gettext_noop("yes, no"), dict.fromkeys("yn", "choose")),
    Row(gettext_noop("take a choice back"), {"Delete": "clear"}),
    Row(gettext_noop("undo the last answer"), {"Control+z": "undo"}),
    Row(gettext_noop("do it again"), {"Control+y": "redo", "Control+Shift+z": "redo"}),
    Row(gettext_noop("add an entry"), {"+": "add", "Insert": "add_typing"}, only="repeat"),
    Row(gettext_noop("go to any question, by typing"), {"/": "jump", "Control+k": "jump_typing"}),
    Row(
        gettext_noop("next or previous section"),
        {"Control+ArrowDown": "next", "Control+ArrowUp": "back"},
    ),
    Row(
        gettext_noop("to what is open at any time, and back"), {"Control+b": "aside"}, only="aside"
    ),
    Row(gettext_noop("end the call, or finish"), {"Control+e": "end"}),
    Row(gettext_noop("these keys"), {"?": "keys"}),
    Row(gettext_noop("in a list: down, up"), {"ArrowDown": "down", "ArrowUp": "up"}, where="list"),
    Row(gettext_noop("in a list: take it"), {"Enter": "take"}, where="list"),
    Row(gettext_noop("in a list: leave things as they were"), {"Escape": "leave"}, where="list"),
    Row(gettext_noop("in a date: open the calendar"), {"Alt+ArrowDown": "calendar"}, where="date"),
)
REPLAY: tuple[Row, ...] = (
    Row(
        gettext_noop("one step on, or back"),
        {"ArrowRight": "forth", "ArrowLeft": "back"},
        "replay",
    ),
    Row(gettext_noop("to the end, to the beginning"), {"End": "last", "Home": "first"}, "replay"),
    Row(gettext_noop("play, and stop"), {"p": "play"}, "replay"),
)
_CLOSING = gettext_noop("close what stands open, and back to where you were")


def table(rows: tuple[Row, ...] = KEYS, *, single: bool = True) -> list[dict[str, Any]]:
    """The table as the browser listens by it; not `single`: a key of one letter needs Alt."""
    return [{"where": row.where, "deeds": dict(_pressed(row, single).deeds)} for row in rows]


def _pressed(row: Row, single: bool) -> Row:
    if single or row.where != "page":
        return row
    deeds = {f"Alt+{key}" if len(key) == 1 else key: deed for key, deed in row.deeds.items()}
    return replace(row, deeds=deeds)


def render_rows(rows: tuple[Row, ...]) -> str:
    """Some keys on a page of their own."""
    return f'<dl class="keys">{"".join(_line(_combined(row), row.words) for row in rows)}</dl>'


def render_keys(sheet: Sheet) -> str:
    """The sheet of keys, for whoever asks with a question mark: those that this script has a use for."""
    has = _has(sheet)
    single = sheet.door.single_keys
    rows = "".join(
        _line(_combined(_pressed(row, single)), row.words)
        for row in KEYS
        if not row.only or row.only in has
    )
    rows += _line(_shown("Escape"), _CLOSING)  # the browser's own
    return (
        f'<dialog class="screen-dialog" id="keys" aria-labelledby="keys-title"><h1 id="keys-title">'
        f'{escape(gettext("Keys"))}</h1><dl class="keys">{rows}</dl><form method="dialog"><button class="button">'
        f"{escape(gettext('Close'))} <kbd aria-hidden='true'>Esc</kbd></button></form></dialog>"
    )


def _has(sheet: Sheet) -> set[str]:
    """What the rows of some keys ask for."""
    repeats = any(section.repeat for section in sheet.definition.sections)
    aside = any(section.side for section in sheet.steps)
    return {name for name, there in (("repeat", repeats), ("aside", aside)) if there}


def _line(keys: str, words: str) -> str:
    return f"<dt>{keys}</dt><dd>{escape(gettext(words))}</dd>"


def _combined(row: Row) -> str:
    keys = [*row.deeds]
    if len(keys) == len(DIGITS):
        return f"{_shown(keys[0])} … {_shown(keys[-1])}"
    return " · ".join(_shown(key) for key in keys)


def _shown(key: str) -> str:
    parts = [*key.removesuffix("++").split("+"), "+"] if key.endswith("+") else key.split("+")
    parts = [part for part in parts if part]
    return " + ".join(
        f"<kbd>{escape(_SHOWN.get(part, part.upper() if len(parts) > 1 and len(part) == 1 else part))}</kbd>"
        for part in parts
    )
