"""The agent's screen: the HTML of a whole call from a definition, a state and its view.

`draw` returns three safe fragments that `workspace/screen.html` puts on the page: what stands above and beside the talk,
the talk itself, and what follows it (person, bar, dialogs and the data for the browser's engine). It works without
JavaScript and is the same page with it. What an editor sees of a draft is made in `screen_preview`.
"""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from builder.definition import Definition
from runtime.records.undoing import Steps
from runtime.workspace.screen_controls import kits_of
from runtime.workspace.screen_ends import Ends, render_ends
from runtime.workspace.screen_jump import render_jump
from runtime.workspace.screen_keys import render_keys, table
from runtime.workspace.screen_sections import render_sections
from runtime.workspace.screen_sheet import Door, Sheet
from runtime.workspace.screen_sides import (
    Call,
    Happening,
    render_bar,
    render_path,
    render_side,
    render_top,
)
from runtime.workspace.wording import browser_wording, say

# Inside a script element these would end it or start a comment; JSON may write them as escapes.
_HARMLESS = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


@dataclass(frozen=True)
class Surroundings:
    """What stands around the sheet."""

    call: Call = field(default_factory=Call)
    ends: Ends = field(default_factory=Ends)
    history: Sequence[Happening] = ()
    steps: Steps | None = None  # what can be taken back
    browser: Mapping[str, Any] = field(
        default_factory=dict
    )  # addresses, token, number: for the controller
    notice: str = ""  # escaped already
    bad: bool = False


@dataclass(frozen=True)
class Drawn:
    """Safe HTML for the blocks of the page."""

    top: SafeString
    path: SafeString
    talk: SafeString
    after: SafeString


def draw(sheet: Sheet, around: Surroundings) -> Drawn:
    """The fragments of the screen."""
    return Drawn(
        top=mark_safe(render_top(sheet, around.call)),  # noqa: S308 - every text was escaped where it was put in
        path=mark_safe(render_path(sheet)),  # noqa: S308
        talk=mark_safe(_notices(around) + render_sections(sheet)),  # noqa: S308
        after=mark_safe(_after(sheet, around)),  # noqa: S308
    )


def _notices(around: Surroundings) -> str:
    told = (
        f'<div class="notice{" bad" if around.bad else ""}" role="status">{around.notice}</div>'
        if around.notice
        else ""
    )
    again = escape(say("try_again"))
    return (
        f'{told}<p class="unseen" role="status" aria-live="polite" data-live></p>'
        f'<div class="notice bad" role="alert" data-save-notice hidden><p></p><div class="notice-actions">'
        f'<button type="button" class="button">{again}</button></div></div>'
        f'<div class="notice bad" role="status" data-conflicts hidden></div>'
    )


def _after(sheet: Sheet, around: Surroundings) -> str:
    side = "" if sheet.mode == "learner" else render_side(sheet, around.history)
    dialogs = render_ends(sheet, around.ends) + render_keys(sheet) + render_jump(sheet)
    return f"{side}{render_bar(sheet, around.steps)}{dialogs}{browser_data(sheet, around.browser)}"


def browser_data(sheet: Sheet, extra: Mapping[str, Any]) -> str:
    """The state and the sentences for the browser's engine, as data that no browser runs."""
    content = {
        "state": sheet.state,
        "mode": sheet.mode,
        "wording": browser_wording(),
        "keys": table(single=sheet.door.single_keys),
        "kits": kits_of(sheet.definition),
        **extra,
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).translate(_HARMLESS)
    return f'<script type="application/json" id="screen-data">{text}</script>'


def make_sheet(
    definition: Definition,
    state: Mapping[str, Any],
    view: Mapping[str, Any],
    *,
    mode: str,
    door: Door,
    wish: str = "",
) -> Sheet:
    """A sheet that shows the wished section if it is on the path or open at its side, else the state's own, else the first."""
    path, seen = view["path"], view["sections"]
    fallback = path[0] if path else definition.sections[0].name
    asides = [each.name for each in definition.sections if each.side]
    known = {*path, *(name for name in asides if seen.get(name, {}).get("relevant"))}
    shown = next((name for name in (wish, state["section"]) if name in known), fallback)
    return Sheet(definition, state, view, state["language"], shown, mode, door)


def new_nonce() -> str:
    """A word for one drawing of the page: a form sent twice makes the same events."""
    return uuid.uuid4().hex
