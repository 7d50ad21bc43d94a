"""Replaying a record as it went, for supervisors and auditors: a purpose first, which is logged; then step by step, as the server decides.

The address of a step names the row of the access log under which it is shown. Each step asks anew whether that row is this person's,
speaks of this record and is not too old; so a right that is lost, a foreign row and a guessed step show nothing.
"""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from runtime.people.clearance import NOTHING, Sight
from runtime.records.models import Record
from runtime.records.store import replaying
from runtime.workspace import screen_replay
from runtime.workspace.purposes import LABELS, choices, sight_of
from runtime.workspace.screen_holding import find_record

REASONS = frozenset({"document", "correction", "data_subject", "quality"})


def replay(request: HttpRequest, record: uuid.UUID) -> HttpResponse:
    """Asks for the purpose; with one, writes the access log and leads to the beginning. Where it cannot be written, nothing is shown."""
    row = _replayable(record, request.user)
    context = {"record": row, "app": row.version.app, "purposes": _purposes(request)}
    if request.method != "POST":
        return _no_store(render(request, "workspace/replay_purpose.html", context))
    purpose = request.POST.get("purpose", "")
    sight = _sight(request, purpose, row)
    if sight == NOTHING:
        context["asked_in_vain"] = True
        return _no_store(render(request, "workspace/replay_purpose.html", context, status=400))
    unveil = request.POST.get("unveil") == "1" and bool(sight.asked)
    log = replaying.begin(row, by=request.user, purpose=purpose, unveil=unveil)
    return redirect("replay-step", row.id, log, _wanted(request.POST.get("step", "")))


@require_GET
def step(request: HttpRequest, record: uuid.UUID, log: int, step: int) -> HttpResponse:
    """The screen after so many events. A number beyond the end shows the end."""
    row = _replayable(record, request.user)
    allowed = replaying.allowed(row, log=log, by=request.user, now=timezone.now())
    sight = _sight(request, allowed.purpose, row) if allowed is not None else NOTHING
    if allowed is None or sight == NOTHING:  # a right may be lost between two steps
        return redirect("replay", row.id)
    if allowed.detail == replaying.UNVEIL:
        sight = sight.lifted()
    opened = replaying.open_replay(row, allowed)
    number = min(
        _wanted(request.GET.get("to", "")) if "to" in request.GET else step, len(opened.events)
    )
    moment = opened.at(number)
    sheet, veiled = screen_replay.sheet_of(
        moment, hidden=sight.hidden, wish=request.GET.get("section", "")
    )
    context = {
        **_around(opened, sheet, log, number),
        "record": row,
        "app": row.version.app,
        "moment": moment,
        "purpose": LABELS[allowed.purpose],
        "code": allowed.purpose,
        "language": moment.state["language"],
        "frame": screen_replay.draw_frame(sheet),
        "veiled": screen_replay.veiled_words(sheet, veiled),
        "may_unveil": bool(veiled) and bool(sight.asked),
        "keys": screen_replay.keys(),
    }
    return _no_store(render(request, "workspace/replay.html", context))


def _around(opened: replaying.Replay, sheet: Any, log: int, number: int) -> dict[str, Any]:
    """Where one is in the replay, and the ways on."""
    last = len(opened.events)
    read = opened.events[number - 1] if number else None
    rows = screen_replay.lines(opened, sheet, log, number)
    return {
        "number": number,
        "last": last,
        "first_at": screen_replay.address_of(opened, log, 0),
        "previous_at": screen_replay.address_of(opened, log, number - 1) if number else "",
        "next_at": screen_replay.address_of(opened, log, number + 1) if number < last else "",
        "last_at": screen_replay.address_of(opened, log, last),
        "gap": screen_replay.gap(opened, number),
        "rows": rows,
        "now": next((row for row in rows if row.now), None),
        "before": read is None,
        "sittings": screen_replay.sittings(opened, log, number),
        "start_words": gettext("Before anything happened"),
    }


def _replayable(record_id: uuid.UUID, user: Any) -> Record:
    """Lessons are between a learner and the engine."""
    row = find_record(record_id, user)
    if row.version.app.kind == "lesson":
        raise Http404
    return row


def _purposes(request: HttpRequest) -> list[tuple[str, Any]]:
    return [(code, label) for code, label in choices(request.user) if code in REASONS]


def _sight(request: HttpRequest, purpose: str, row: Record) -> Sight:
    """What of a record may be seen in a replay for this purpose."""
    if purpose not in REASONS:
        return NOTHING
    return sight_of(request, purpose, timezone.now(), row.party_id)


def _wanted(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def _no_store(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
