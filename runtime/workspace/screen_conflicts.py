"""Answers that stand against each other, side by side: of two people who had not seen each other's, and those that came late."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from builder.definition import Calculation, Question, index
from runtime.records.folding import WRITES, Conflict
from runtime.records.models import Event, Record
from runtime.records.store.reading import late_events
from runtime.workspace.screen_sheet import Sheet, shown_value

MOST_LATE = 20


def told(record: UUID, conflicts: Sequence[Conflict]) -> list[dict[str, Any]]:
    """For the browser: both answers of each conflict, and who gave them."""
    who = _writers(record, [n for each in conflicts for n in (each.number, each.other_number)])
    return [
        {
            "place": each.place,
            "number": each.number,
            "value": each.value,
            "by": who.get(each.number, ""),
            "other": each.other,
            "other_by": who.get(each.other_number, ""),
        }
        for each in conflicts
    ]


def notice(sheet: Sheet, conflicts: Iterable[Mapping[str, Any]]) -> str:
    """The same in words, for the page without its script; with it, buttons take its place."""
    lines = [
        _line(sheet, each["place"], *_said(sheet, each))
        for each in conflicts
        if _item(sheet, each["place"])
    ]
    if not lines:
        return ""
    head = escape(gettext("Answered by two people; please check:"))
    return f"<div data-conflicts-told><p>{head}</p><ul>{''.join(lines)}</ul></div>"


def late_lines(sheet: Sheet, record: Record) -> str:
    """What came late beside what stands there now, question by question. For the holder, whose opening was logged."""
    last = {
        event["place"]: event.get("value")
        for _row, event in late_events(record)
        if event["event"] in WRITES
    }
    now = sheet.state["answers"]
    lines = [
        _line(
            sheet,
            place,
            f"{escape(gettext('now:'))} {_value(sheet, place, now.get(place))}",
            f"{escape(gettext('came late:'))} {_value(sheet, place, value)}",
        )
        for place, value in last.items()
        if _item(sheet, place) and value != now.get(place)
    ]
    return f"<ul>{''.join(lines[:MOST_LATE])}</ul>" if lines else ""


def _writers(record: UUID, numbers: Sequence[int]) -> dict[int, str]:
    rows = Event.objects.filter(record=record, number__in=numbers).select_related("session__agent")
    return {
        row.number: row.session.agent.get_full_name() or row.session.agent.get_username()
        for row in rows
        if row.session and row.session.agent
    }


def _said(sheet: Sheet, each: Mapping[str, Any]) -> tuple[str, str]:
    pairs = ((each["value"], each["by"]), (each["other"], each["other_by"]))
    first, second = (
        _value(sheet, each["place"], value) + (f" ({escape(by)})" if by else "")
        for value, by in pairs
    )
    return first, second


def _line(sheet: Sheet, place: str, first: str, second: str) -> str:
    item = _item(sheet, place)
    label = escape(sheet.plain(item.label)) if item else ""
    return f"<li>{label} <b>{first}</b> · <b>{second}</b></li>"


def _value(sheet: Sheet, place: str, value: Any) -> str:
    item = _item(sheet, place)
    shown = shown_value(sheet, item, value) if item else ""
    return shown or escape(gettext("nothing"))


def _item(sheet: Sheet, place: str) -> Question | Calculation | None:
    return index(sheet.definition).questions.get(place.rpartition("/")[2])
