"""The agent's screen of a draft, for those who write it: no record, nothing saved; the browser's engine plays it.

Above the screen stand what is wrong with the draft and the controls of a run: another day, a step back, from the start, keep it as
a test. `screen/rehearsal.mjs` carries them out; what was answered so far it keeps with the editor's page.
"""

import json
from dataclasses import replace
from html import escape
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, gettext_noop, ngettext

from builder.definition import Definition, data, project, taken_apart
from builder.definition.nodes import Calculation, Question
from builder.definition.walk import nodes
from builder.preview import Beside
from runtime import engine
from runtime.workspace.screen import Surroundings, draw, make_sheet
from runtime.workspace.screen_sheet import Door
from runtime.workspace.screen_sides import Call

WORDS = {
    "unfit_one": gettext_noop("1 answer no longer fits."),
    "unfit": gettext_noop("%(n)s answers no longer fit."),
    "ended": gettext_noop("This run has ended with “%(outcome)s”."),
    "not_asked": gettext_noop("With these answers this is not asked."),
    "no_host": gettext_noop("The editor is not open beside this preview."),
    "begun": gettext_noop("From the start."),
    "taken_back": gettext_noop("The last step is taken back."),
    "kept": gettext_noop("Kept as the test “%(name)s”."),
    "not_kept": gettext_noop("The test could not be kept. Try again when the line is back."),
    "name_it": gettext_noop("Give the test a name."),
}
EXPECTED = (
    ("path", gettext_noop("the sections that it goes through"), True),
    ("outcome", gettext_noop("its outcome, and which outcomes are offered"), True),
    ("asked", gettext_noop("which questions are asked"), False),
    ("problems", gettext_noop("what is wrong with the answers"), False),
)
LONGEST_NAME = 200


NOTHING_BESIDE = Beside()


def preview(
    definition: Definition, language: str, today: str, beside: Beside = NOTHING_BESIDE
) -> str:
    """The whole page."""
    tongue = language if language in definition.languages else definition.source
    state = engine.start(definition, tongue)
    sheet = make_sheet(
        definition, state, engine.view(definition, state, today), mode="preview", door=Door()
    )
    title = sheet.plain(definition.title)
    around = Surroundings(
        call=Call(app_title=title, version=gettext("preview")),
        browser={
            "today": today,
            "number": 0,
            **_projections(definition),
            "block": beside.block,
            "keep": beside.keep,
            "csrf_cookie": settings.CSRF_COOKIE_NAME,
            "words": {key: gettext(words) for key, words in WORDS.items()},
        },
    )
    drawn = draw(sheet, around)
    bar = _problems(beside) + _bar(today, beside) + _keeping(definition, sheet)
    drawn = replace(drawn, talk=mark_safe(bar) + drawn.talk)  # noqa: S308 - every text was escaped where it was put in
    return render_to_string(
        "workspace/screen.html", {"drawn": drawn, "title": title, "rehearsed": True}
    )


def _projections(definition: Definition) -> dict[str, Any]:
    """The definition in each language, and its long lists: what is not published cannot be fetched."""
    apart = {
        code: taken_apart(data(project(definition, "agent", code)))
        for code in definition.languages
    }
    lists = {name: json.loads(text) for _told, own in apart.values() for name, text in own.items()}
    return {"definitions": {code: told for code, (told, _own) in apart.items()}, "lists": lists}


def _problems(beside: Beside) -> str:
    if not beside.problems:
        return ""
    count = len(beside.problems)
    title = ngettext(
        "%(n)s problem stands in the way of publishing",
        "%(n)s problems stand in the way of publishing",
        count,
    ) % {"n": count}
    rows = "".join(f"<li>{_line(beside, place, line)}</li>" for place, line in beside.problems)
    return (
        f'<details class="notice bad rehearsal-problems" open><summary>{escape(title)}</summary>'
        f"<ul>{rows}</ul></details>"
    )


def _line(beside: Beside, place: str, line: str) -> str:
    if not place or not beside.block:
        return escape(line)
    address = escape(beside.block.replace("__block__", place))
    return f'<a href="{address}" data-block="{escape(place)}">{escape(line)}</a>'


def _bar(today: str, beside: Beside) -> str:
    keep = ""
    if beside.keep:
        words = escape(gettext("Save this run as a test"))
        keep = f'<button type="button" class="button small" data-keep aria-haspopup="dialog">{words}</button>'
    return (
        f'<section class="rehearsal" data-rehearsal hidden aria-label="{escape(gettext("This run"))}">'
        f"<label>{escape(gettext('As if today were'))} "
        f'<input type="date" data-today value="{today}" min="1000-01-01" max="9999-12-31" required></label>'
        f"{_button('undo', gettext('Take a step back'))}{_button('restart', gettext('Start again'))}"
        f"{_button('edit-block', gettext('Edit the question I am at'))}{keep}"
        f'<p role="status" data-rehearsal-note></p></section>'
    )


def _button(deed: str, words: str) -> str:
    return f'<button type="button" class="button small" data-{deed}>{escape(words)}</button>'


def _keeping(definition: Definition, sheet: Any) -> str:
    """The dialog that asks what a test of this run expects."""
    boxes = "".join(
        _check(f'data-expect="{part}"', gettext(words), checked=checked)
        for part, words, checked in EXPECTED
    )
    values = "".join(
        _check(
            f'data-value="{node.name}"', sheet.plain(node.label), checked=isinstance(node, Calculation), hidden=True
        )
        for node in nodes(definition)
        if isinstance(node, Question | Calculation)
    )  # fmt: skip
    return (
        '<dialog class="screen-dialog" id="keep-test" aria-labelledby="keep-title"><form method="dialog" novalidate>'
        f'<h1 id="keep-title">{escape(gettext("Save this run as a test"))}</h1>'
        f'<p><label for="keep-name">{escape(gettext("Name of the test"))}</label> '
        f'<input type="text" id="keep-name" maxlength="{LONGEST_NAME}" autocomplete="off" aria-describedby="keep-note"></p>'
        f'<p id="keep-note" class="problem" role="alert" data-keep-note></p>'
        f"<fieldset><legend>{escape(gettext('What it expects from now on'))}</legend>{boxes}</fieldset>"
        f"<fieldset><legend>{escape(gettext('Values'))}</legend>{values}</fieldset>"
        f'<p class="notice-actions"><button type="button" class="button go" data-keep-now>{escape(gettext("Save the test"))}</button> '
        f'<button class="button" value="close">{escape(gettext("Back to the preview"))}</button></p></form></dialog>'
    )


def _check(flag: str, words: str, *, checked: bool, hidden: bool = False) -> str:
    return (
        f'<label class="rehearsal-check"{" hidden" if hidden else ""}><input type="checkbox" {flag}'
        f"{' checked' if checked else ''}> {escape(words)}</label>"
    )
