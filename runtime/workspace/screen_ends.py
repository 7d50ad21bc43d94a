"""How a call ends: the outcomes that fit now, what is missing for the others, and the ends of an attempt.

One dialog. Without JavaScript it is asked for with `?end=1` and stands open in the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext, gettext_noop

from builder.definition.nodes import Outcome
from runtime.workspace.screen_marks import blocking
from runtime.workspace.screen_sections import places_of
from runtime.workspace.screen_sheet import Sheet

# What is asked at the end, and the way back from there.
ASKED = {
    "call": (gettext_noop("How does this call end?"), gettext_noop("Back to the call")),
    "form": (gettext_noop("How does this end?"), gettext_noop("Back to the form")),
    "lesson": (gettext_noop("How does this end?"), gettext_noop("Back to the lesson")),
}


@dataclass(frozen=True)
class AttemptEnd:
    """A way an attempt may end without an outcome: no answer, busy, a callback at a time."""

    code: str
    label: str
    asks_time: bool = False


@dataclass(frozen=True)
class Ends:
    """What the dialog offers beside the outcomes of the definition."""

    dispose_url: str = ""
    release_url: str = ""
    attempt_ends: Sequence[AttemptEnd] = ()
    open: bool = False


def missing_questions(sheet: Sheet) -> list[tuple[str, str, str]]:
    """(section, place, label) of each question that is still to be answered or checked."""
    return [
        (section.name, place, sheet.plain(question.label))
        for section in sheet.steps
        for question, place in places_of(sheet, section)
        if sheet.answer(place)["missing"] or blocking(sheet.answer(place))
    ]


def render_ends(sheet: Sheet, ends: Ends) -> str:
    """The dialog, open when it was asked for without JavaScript."""
    title, back = (gettext(words) for words in ASKED[sheet.occasion])
    outcomes = (
        _finish(sheet)
        if sheet.mode == "learner"
        else "".join(_outcome(sheet, row) for row in sheet.definition.outcomes)
    )
    return (
        f'<dialog class="screen-dialog" id="ends" aria-labelledby="ends-title"{" open" if ends.open else ""}>'
        f'<h1 id="ends-title">{escape(title)}</h1><p class="problem" role="alert" data-dialog-note></p><ul class="ends">{outcomes}</ul>{_none(sheet)}{_missing(sheet)}'
        f"{_attempt(sheet, ends)}"
        f'<p class="notice-actions"><a class="button" href="?section={sheet.shown}" data-close>{escape(back)} '
        f"<kbd aria-hidden='true'>Esc</kbd></a></p></dialog>"
    )


def _none(sheet: Sheet) -> str:
    """Said while no outcome fits what was answered so far."""
    fits = sheet.mode == "learner" or any(
        seen["relevant"] for seen in sheet.view["outcomes"].values()
    )
    words = escape(gettext("No outcome fits what was answered so far."))
    return f"<p data-none{' hidden' if fits else ''}>{words}</p>"


def _finish(sheet: Sheet) -> str:
    """A learner finishes; which outcome that is, the server knows from the right answers."""
    return (
        f'<li><form method="post" action="{sheet.door.finish_url}" class="row">{sheet.door.csrf}'
        f"<strong>{escape(gettext('Hand the lesson in'))}</strong>"
        f'<button class="button go" data-finish>{escape(gettext("Finish and see the result"))}</button></form></li>'
    )


def _outcome(sheet: Sheet, outcome: Outcome) -> str:
    seen = sheet.view["outcomes"][outcome.name]
    needs = escape(gettext("Needs all required answers first."))
    hidden = "" if seen["relevant"] else " hidden"
    ready = seen["ready"]
    why = f"<p data-not-ready{' hidden' if ready else ''}>{needs}</p>" if outcome.complete else ""
    return (
        f'<li data-outcome="{outcome.name}"{hidden}><form method="post" action="{sheet.door.finish_url}" class="row">'
        f'{sheet.door.csrf}<input type="hidden" name="outcome" value="{outcome.name}">'
        f"<strong>{sheet.marked(outcome.id, 'label', outcome.label)}</strong>"
        f'<button class="button go"{"" if ready else " disabled"}>{escape(gettext("End with this"))}</button></form>'
        f"{why}</li>"
    )


def _missing(sheet: Sheet) -> str:
    links = "".join(
        f'<li><a href="?section={section}#q:{place}" data-goto="{place}">{escape(label)}</a></li>'
        for section, place, label in missing_questions(sheet)
    )
    hidden = "" if links else " hidden"
    return (
        f"<div data-missing{hidden}><h2>{escape(gettext('Still to be answered or checked'))}</h2>"
        f"<ul data-missing-list>{links}</ul></div>"
    )


def _attempt(sheet: Sheet, ends: Ends) -> str:
    if not ends.dispose_url or not ends.attempt_ends:
        return ""
    plain = "".join(_attempt_button(end) for end in ends.attempt_ends if not end.asks_time)
    timed = "".join(_attempt_time(sheet, ends, end) for end in ends.attempt_ends if end.asks_time)
    release = ""
    if ends.release_url:
        release = (
            f'<form method="post" action="{escape(ends.release_url)}">{sheet.door.csrf}'
            f'<button class="button small">{escape(gettext("Give this call back"))}</button></form>'
        )
    return (
        f"<h2>{escape(gettext('The call did not get that far'))}</h2>"
        f'<form method="post" action="{escape(ends.dispose_url)}" class="attempt-ends">{sheet.door.csrf}{plain}</form>{timed}{release}'
    )


def _attempt_button(end: AttemptEnd) -> str:
    return f'<button class="button" name="disposition" value="{escape(end.code)}">{escape(end.label)}</button>'


def _attempt_time(sheet: Sheet, ends: Ends, end: AttemptEnd) -> str:
    when = escape(gettext("Call back at"))
    return (
        f'<form method="post" action="{escape(ends.dispose_url)}" class="attempt-ends">{sheet.door.csrf}'
        f'<label>{when}<input type="datetime-local" name="callback_at" required></label>{_attempt_button(end)}</form>'
    )
