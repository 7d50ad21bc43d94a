"""Late answers: what an earlier sitting sent after it had ended is written again, or dismissed. Actions call it, with the log written.

What was sent before the record came to another version goes by the names of that time, and is taken over as far as the version it stands
on now admits it; what does not fit is dismissed, and stays in the log as all of it does.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from builder.definition import Definition
from builder.models import load
from builder.releases import renames_between
from runtime import engine
from runtime.records.models import Carried, Event, Record
from runtime.records.settling import held, next_number
from runtime.records.store.reading import late_events
from runtime.records.store.sealing import RecordKeys, seal_event

Waiting = tuple[Event, dict[str, Any]]


class RecordClosed(Exception):
    """The record is closed; reopen it with a reason first. (Or: it is open, and there is nothing to reopen.)"""


def decide(record_id: uuid.UUID, keep: bool) -> int:
    """Keeps or dismisses what waits; how many there were."""
    record = held(record_id)
    waiting = late_events(record)
    if not waiting:
        return 0
    kept: list[Waiting] = []
    if keep:
        if record.closed_at is not None:
            raise RecordClosed("reopen the record first")
        kept = _fitting(record, waiting)
        _write_again(record, kept)
    _mark(kept, dismissed=False)
    taken = {row.pk for row, _event in kept}
    _mark([one for one in waiting if one[0].pk not in taken], dismissed=True)
    return len(waiting)


def _mark(waiting: list[Waiting], *, dismissed: bool) -> None:
    ids = [row.pk for row, _event in waiting]
    Event.objects.filter(pk__in=ids).update(merged_at=timezone.now(), dismissed=dismissed)


def _fitting(record: Record, waiting: list[Waiting]) -> list[Waiting]:
    """The events in today's names, without those that have no place now."""
    moves = _moves(record)
    if not moves:
        return waiting
    definition, found = load(record.version_id), []
    for row, event in waiting:
        began = row.session.started_at if row.session else row.at
        since = [renames for at, renames in moves if at > began]
        told = _renamed(event, since) if since else event
        if not since or _fits(definition, told):
            found.append((row, told))
    return found


def _moves(record: Record) -> list[tuple[dt.datetime, dict[str, str]]]:
    """When the record came to another version, and which names changed then."""
    moves = []
    rows = Carried.objects.filter(record=record, problem="").select_related(
        "former", "carry__version"
    )
    for row in rows:
        former, version = row.former, row.carry.version
        forth = renames_between(version.app_id, former.number, version.number)
        moves.append((row.at, forth))
        if row.undone_at is not None:
            moves.append((row.undone_at, {new: old for old, new in forth.items()}))
    return sorted(moves, key=lambda move: move[0])


def _renamed(event: dict[str, Any], since: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    told = dict(event)
    for renames in since:
        for member in ("place", "repeat"):
            if isinstance(told.get(member), str):
                told[member] = engine.place_now(told[member], renames)
        if "section" in told:
            told["section"] = renames.get(told["section"], told["section"])
    return told


def _fits(definition: Definition, event: dict[str, Any]) -> bool:
    """Whether its answer may stand where it belongs; what answers nothing finds its place, or changes nothing, at the fold."""
    if event["event"] != "answered" or event.get("unreadable"):
        return True
    return engine.admit(definition, event["place"], event["value"]).code is None


def _write_again(record: Record, waiting: list[Waiting]) -> None:
    """Late events as ordinary ones, with what their writer had seen, under an id that follows from the first (so once)."""
    keys, first = RecordKeys.of(record), next_number(record)
    rows = []
    for number, (row, event) in enumerate(waiting, first):
        client_id = uuid.uuid5(row.client_id, "merged")
        sealed = seal_event(keys.events, record.id, client_id, row.seen, event)
        rows.append(
            Event(
                record=record,
                number=number,
                client_id=client_id,
                session=row.session,
                seen=row.seen,
                sealed=sealed,
                at=row.at,
            )
        )
    Event.objects.bulk_create(rows)
