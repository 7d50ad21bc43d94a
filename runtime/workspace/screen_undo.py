"""Taking back the last answers, and giving them back: the two buttons, and what they do without JavaScript.

With it the browser does the same at once (`screen/undo.mjs`), beginning with the steps that the page was drawn with.
"""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from html import escape, unescape
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext, gettext_noop

from builder.definition import Question, index
from runtime.records import undoing
from runtime.records.append import append
from runtime.records.models import Session
from runtime.records.settling import Settled
from runtime.records.undoing import Step, Steps
from runtime.workspace.screen_sheet import Sheet, shown_value
from runtime.workspace.wording import say

UNDO, REDO = gettext_noop("Undo"), gettext_noop("Redo")
DEEDS: Mapping[str, tuple[Callable[..., list[dict[str, Any]]], str]] = {
    "undo": (undoing.taking_back, "nothing_to_undo"),
    "redo": (undoing.giving_back, "nothing_to_redo"),
}


def render_undo(sheet: Sheet, steps: Steps | None, form: str) -> str:
    """The buttons of the bar; none where nothing is kept."""
    if steps is None:
        return ""
    return _button(form, "undo", UNDO, "Ctrl Z", bool(steps.done)) + _button(
        form, "redo", REDO, "Ctrl Y", bool(steps.undone)
    )


def _button(form: str, deed: str, words: str, key: str, may: bool) -> str:
    off = "" if may else " disabled"
    return (
        f'<button class="button quiet" {form} name="go" value="{deed}" data-step-{deed}{off}>{escape(gettext(words))} '
        f"<kbd aria-hidden='true'>{key}</kbd></button>"
    )


def for_browser(steps: Steps) -> dict[str, Any]:
    """The steps of this sitting so far, for a page that was loaded again."""
    return {
        name: [{"id": step.id, "event": step.event, "back": step.back} for step in rows]
        for name, rows in (("done", steps.done), ("undone", steps.undone))
    }


def press(
    request: HttpRequest, session: Session, settled: Settled, sheet: Sheet, now: datetime
) -> tuple[str, str]:
    """The button, without JavaScript: does it, and gives what is said of it and the section where it was. What somebody changed
    since is passed over, and said."""
    deed = request.POST["go"]
    events_of, none = DEEDS[deed]
    steps = undoing.steps_of(session)
    passed: list[str] = []
    for step in reversed(steps.done if deed == "undo" else steps.undone):
        events = events_of(sheet.definition, settled.state, step)
        if events and not _is_locked(sheet, step.event):
            batch = undoing.batch_of(events, _root(request), settled.number)
            token = request.POST.get("token", "")
            saved = append(token, batch, now, record=session.record_id)
            refused = saved.message or next((row["message"] for row in saved.refused), "")
            said = refused or words(sheet, deed, step)
            return " ".join([*passed, said]), section_of(sheet, step.event)
        passed.append(say("undo_changed", label=_label(sheet, step.event)))
    return " ".join([*passed, say(none)]), ""


def _root(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("nonce", ""))
    except ValueError:
        return uuid.uuid4()


def _is_locked(sheet: Sheet, event: Mapping[str, Any]) -> bool:
    return bool("place" in event and sheet.answer(event["place"]).get("read_only"))


def words(sheet: Sheet, deed: str, step: Step) -> str:
    """What was undone, or done again: “Undone: Given name, was Ann”."""
    label, event = _label(sheet, step.event), step.event
    if deed == "redo":
        return say("redone", label=label)
    if event["event"] == "answered":
        return say("undone_answered", label=label, value=_value(sheet, event))
    if event["event"] == "cleared":
        return say("undone_cleared", label=label, value=_value(sheet, step.back[0]))
    return say(f"undone_{event['event']}", label=label)


def _value(sheet: Sheet, event: Mapping[str, Any]) -> str:
    question = _question(sheet, event)
    value = event.get("value")
    return unescape(shown_value(sheet, question, value)) if question else ""


def _question(sheet: Sheet, event: Mapping[str, Any]) -> Question | None:
    return index(sheet.definition).questions.get(str(event.get("place", "")).rpartition("/")[2])


def _label(sheet: Sheet, event: Mapping[str, Any]) -> str:
    question = _question(sheet, event)
    if question is not None:
        return sheet.plain(question.label)
    name = str(event.get("repeat", "")).rpartition("/")[2]
    section = index(sheet.definition).sections.get(name)
    if section is None:
        return name
    entry = sheet.plain(section.repeat.entry_label) if section.repeat else ""
    return entry or sheet.plain(section.title)


def section_of(sheet: Sheet, event: Mapping[str, Any]) -> str:
    """The section on the path where something was done."""
    place = str(event.get("place") or event.get("repeat") or "")
    first, _, rest = place.partition("/")
    if rest or "repeat" in event:
        return first
    section = index(sheet.definition).section_of.get(first)
    return section.name if section else ""


def told(text: str) -> str:
    """A sentence as the page shows it."""
    return f"<p>{escape(text)}</p>"
