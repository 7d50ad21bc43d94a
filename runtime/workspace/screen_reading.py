"""Reading a record that is not in one's hands: a purpose first, which is logged, then the answers section by section."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from builder.definition import Calculation, Question, Section
from builder.question_types import TYPES
from runtime.audit.actions import log_access
from runtime.people.roles import roles_of
from runtime.records.folding import CARRIES
from runtime.records.models import Record
from runtime.records.store import Opened, open_record
from runtime.workspace import amend_views, screen_amended, screen_carried
from runtime.workspace.purposes import LABELS, PURPOSES
from runtime.workspace.screen import make_sheet
from runtime.workspace.screen_files import held_file
from runtime.workspace.screen_holding import someone_elses_item
from runtime.workspace.screen_marks import blocking
from runtime.workspace.screen_nesting import ROOT, Spot
from runtime.workspace.screen_page import late_count, when_text
from runtime.workspace.screen_sheet import Door, Sheet, shown_value
from runtime.workspace.veils import VEILED
from runtime.workspace.wording import event_word

HISTORY_AT_MOST = 200


@dataclass(frozen=True)
class Line:
    """One answer as it is read; a veiled one is shown only after it was asked for. `reason`: why a warning was set aside."""

    label: str
    value: Any  # escaped
    veiled: bool
    problem: bool
    reason: str = ""
    file: str = ""  # the id of the file that the answer names


@dataclass(frozen=True)
class Group:
    """A section, or one entry of a repeat, with its lines."""

    title: str
    lines: tuple[Line, ...]


def show_reading(request: HttpRequest, row: Record) -> HttpResponse:
    """Asks for the purpose, one of a set: the access log is in clear and never changed. With one, opens the record and shows it."""
    purpose = request.POST.get("purpose", "")
    context = _context(request, row)
    if request.method != "POST":
        return _no_store(render(request, "workspace/record_purpose.html", context))
    if purpose not in LABELS:
        context["asked_in_vain"] = True
        return _no_store(render(request, "workspace/record_purpose.html", context, status=400))
    unveil = request.POST.get("unveil") == "1"
    if unveil:
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
                **_read(opened, row.version.app_id, unveil=unveil),
                "code": purpose,
                "purpose": LABELS[purpose],
            },
        )
    )


def _context(request: HttpRequest, row: Record) -> dict[str, Any]:
    roles = roles_of(request.user)
    agent = "agent" in roles
    return {
        "record": row,
        "app": row.version.app,
        "purposes": PURPOSES,
        **amend_views.context_of(request, row),
        "may_go_on": agent and row.closed_at is None and not someone_elses_item(row, request.user),
        "may_replay": "supervisor" in roles,
        "late": late_count(row) if "supervisor" in roles else 0,
    }


def _read(opened: Opened, app_id: int, *, unveil: bool) -> dict[str, Any]:
    sheet = make_sheet(opened.definition, opened.state, opened.view, mode="reading", door=Door())
    groups = [
        group for section in sheet.steps for group in _groups(sheet, section, (ROOT, ""), unveil)
    ]
    shown = [event for event in opened.events if event.event["event"] not in {"section_opened"}][
        -HISTORY_AT_MOST:
    ]
    lost = screen_carried.lost_answers(opened, app_id, unveil=unveil)
    former = screen_carried.former_labels(opened, app_id)
    amended = screen_amended.amendments(sheet, opened, unveil=unveil)
    veils = (any(change.veiled for change in one.changes) for one in amended)
    lines = [line for group in groups for line in group.lines]
    return {
        "groups": groups,
        "lost": lost,
        "unveil": unveil,
        "amended": amended,
        "any_veiled": any(line.veiled for line in lines)
        or any(one.veiled for one in lost)
        or any(veils),
        "events": [_event(sheet, event, former) for event in reversed(shown)],
    }


def _groups(
    sheet: Sheet, section: Section, where: tuple[Spot, str], unveil: bool
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
    for inside, words in named if section.repeat else [(spot, title)]:
        lines = _lines(sheet, section, inside, unveil)
        if lines or section.repeat:
            yield Group(words, lines)
        for inner in sheet.inner.get(section.name, ()):
            yield from _groups(sheet, inner, (inside, f"{words} › "), unveil)


def _lines(sheet: Sheet, section: Section, spot: Spot, unveil: bool) -> tuple[Line, ...]:
    return tuple(
        _line(sheet, item, spot.place(item.name), unveil)
        for item in section.items
        if isinstance(item, Question | Calculation)
        and _is_read(sheet, item, spot.place(item.name))
    )


def _is_read(sheet: Sheet, item: Question | Calculation, place: str) -> bool:
    if isinstance(item, Calculation):
        return item.shown
    return bool(sheet.answer(place)["relevant"])


def _line(sheet: Sheet, item: Question | Calculation, place: str, unveil: bool) -> Line:
    seen = sheet.answer(place)
    veiled = (
        not unveil and getattr(item, "clearance", "open") in VEILED and seen["value"] is not None
    )
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
