"""Reading a record that is not in one's hands: a purpose first, which is logged, then the answers section by section."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from builder.definition import Calculation, Question, Section
from builder.question_types import TYPES
from runtime.audit.actions import log_access
from runtime.people.clearance import BREAK_GLASS, NOTHING, Sight, may_break
from runtime.people.roles import roles_of
from runtime.records.folding import CARRIES
from runtime.records.models import Record
from runtime.records.store import Opened, open_record
from runtime.workspace import amend_views, screen_amended, screen_carried
from runtime.workspace.purposes import choices, purpose_for, sight_of, words
from runtime.workspace.screen import make_sheet
from runtime.workspace.screen_files import held_file
from runtime.workspace.screen_holding import someone_elses_item
from runtime.workspace.screen_marks import blocking
from runtime.workspace.screen_nesting import ROOT, Spot
from runtime.workspace.screen_page import late_count, when_text
from runtime.workspace.screen_sheet import Door, Sheet, shown_value
from runtime.workspace.screen_veiled import veil
from runtime.workspace.wording import event_word

HISTORY_AT_MOST = 200


@dataclass(frozen=True)
class Line:
    """One answer as it is read; a veiled one is shown only after it was asked for. `reason`: why a warning was set aside."""

    label: str
    value: Any  # escaped
    veiled: str  # as `Sight.veil` says it
    problem: bool
    reason: str = ""
    file: str = ""  # the id of the file that the answer names


@dataclass(frozen=True)
class Group:
    """A section, or one entry of a repeat, with its lines."""

    title: str
    lines: tuple[Line, ...]


def show_reading(request: HttpRequest, row: Record, now: datetime) -> HttpResponse:
    """Asks for the purpose, one of a set: the access log is in clear and never changed. With one, opens the record and shows it."""
    purpose = request.POST.get("purpose", "")
    context = _context(request, row, now)
    if request.method != "POST":
        return _no_store(render(request, "workspace/record_purpose.html", context))
    sight = sight_of(request, purpose, now, row.party_id)
    if sight == NOTHING:
        context["asked_in_vain"] = True
        return _no_store(render(request, "workspace/record_purpose.html", context, status=400))
    unveil = request.POST.get("unveil") == "1"
    if unveil:
        sight = sight.lifted()
        log_access(
            by=request.user,
            deed="open",
            subject=row.subject,
            record=row.id,
            purpose=purpose,
            detail="unveil",
        )
    opened = open_record(row, by=request.user, purpose=purpose)
    return _no_store(
        render(
            request,
            "workspace/record_reading.html",
            {
                **context,
                **_read(opened, row.version.app_id, sight),
                "code": purpose,
                "purpose": words(purpose),
                "unveil": unveil,
            },
        )
    )


def _context(request: HttpRequest, row: Record, now: datetime) -> dict[str, Any]:
    roles = roles_of(request.user)
    agent = "agent" in roles
    return {
        "record": row,
        "app": row.version.app,
        "purposes": _purposes(request, row, now),
        "party": row.party,
        "may_break": may_break(roles),
        **amend_views.context_of(request, row),
        "may_go_on": agent and row.closed_at is None and not someone_elses_item(row, request.user),
        "may_replay": "supervisor" in roles,
        "late": late_count(row) if "supervisor" in roles else 0,
    }


def _purposes(request: HttpRequest, row: Record, now: datetime) -> list[tuple[str, Any]]:
    """What may be stated; while the glass is broken over its person that stands first."""
    offered = choices(request.user)
    if row.party_id and purpose_for(request, row.party_id, now) == BREAK_GLASS:
        return [(BREAK_GLASS, words(BREAK_GLASS)), *offered]
    return offered


def _read(opened: Opened, app_id: int, sight: Sight) -> dict[str, Any]:
    seen = veil(opened.definition, opened.state, opened.view, sight.hidden)
    sheet = make_sheet(opened.definition, seen.state, seen.view, mode="reading", door=Door())
    veiled = {place: sight.veil(seen.levels[place.rpartition("/")[2]]) for place in seen.places}
    groups = [
        group for section in sheet.steps for group in _groups(sheet, section, (ROOT, ""), veiled)
    ]
    shown = [event for event in opened.events if event.event["event"] not in {"section_opened"}][
        -HISTORY_AT_MOST:
    ]
    lost = screen_carried.lost_answers(opened, app_id, sight)
    former = screen_carried.former_labels(opened, app_id)
    amended = screen_amended.amendments(sheet, opened, sight)
    veils = {
        *veiled.values(),
        *(one.veiled for one in lost),
        *(change.veiled for one in amended for change in one.changes),
    }
    return {
        "groups": groups,
        "lost": lost,
        "amended": amended,
        "any_veiled": "asked" in veils,
        "any_closed": "closed" in veils,
        "events": [_event(sheet, event, former) for event in reversed(shown)],
    }


def _groups(
    sheet: Sheet, section: Section, where: tuple[Spot, str], veiled: Mapping[str, str]
) -> Iterator[Group]:
    """A section, or each of its entries, with the sections in these; `where`: the spot, and the title of what is around."""
    spot, around = where
    title = f"{around}{sheet.plain(section.title)}"
    label = sheet.plain(section.repeat.entry_label) if section.repeat else ""
    entries = sheet.entries(section, spot)
    named = [
        (spot.entry(section.name, entry), f"{title} · {label or gettext('Entry')} {number}")
        for number, entry in enumerate(entries, start=1)
    ]
    for inside, told in named if section.repeat else [(spot, title)]:
        lines = _lines(sheet, section, inside, veiled)
        if lines or section.repeat:
            yield Group(told, lines)
        for inner in sheet.inner.get(section.name, ()):
            yield from _groups(sheet, inner, (inside, f"{told} › "), veiled)


def _lines(
    sheet: Sheet, section: Section, spot: Spot, veiled: Mapping[str, str]
) -> tuple[Line, ...]:
    return tuple(
        _line(sheet, item, spot.place(item.name), veiled.get(spot.place(item.name), ""))
        for item in section.items
        if isinstance(item, Question | Calculation)
        and _is_read(sheet, item, spot.place(item.name))
    )


def _is_read(sheet: Sheet, item: Question | Calculation, place: str) -> bool:
    if isinstance(item, Calculation):
        return item.shown
    return bool(sheet.answer(place)["relevant"])


def _line(sheet: Sheet, item: Question | Calculation, place: str, veiled: str) -> Line:
    seen = sheet.answer(place)
    return Line(
        sheet.plain(item.label),
        "" if veiled else shown_value(sheet, item, seen["value"]),
        veiled,
        bool(blocking(seen)),
        next((p["overridden"] for p in seen["problems"] if "overridden" in p), ""),
        "" if veiled else _file_of(item, seen["value"]),
    )


def _file_of(item: Question | Calculation, value: Any) -> str:
    held = held_file(value)
    stored = isinstance(item, Question) and TYPES[item.type].stored
    return str(uuid.UUID(hex=held["id"])) if held and stored else ""


def _event(sheet: Sheet, event: Any, former: Mapping[str, str]) -> dict[str, Any]:
    """A line of the history: when, what, at which question; never the answer itself."""
    place, kind = event.event.get("place", ""), event.event["event"]
    return {
        "at": when_text(event.at),
        "what": event_word(event.event),
        "where": screen_carried.carried_words(event.event)
        if kind in CARRIES
        else _label(sheet, place) or former.get(place.rpartition("/")[2], ""),
        "late": event.late,
        "reason": event.event.get("reason", ""),
    }


def _label(sheet: Sheet, place: str) -> str:
    name = place.rpartition("/")[2]
    for section in sheet.definition.sections:
        for item in section.items:
            if isinstance(item, Question | Calculation) and item.name == name:
                return sheet.plain(item.label)
    return ""


def _no_store(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
