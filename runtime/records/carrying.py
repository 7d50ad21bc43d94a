"""Records follow to a newer version, and back: the deed on one record. The only writer of CarryOver and Carried, with `following`.

A record in somebody's hands is left alone: it follows when it is opened next. One that was closed before stays on its version: what
left the house (exports, documents) names that one. All that happens is one event at the record's end, whose number is taken before
the fold as for any event of the server's own: an append on its way is in the fold, or it is kept aside.
"""

import datetime as dt
import logging
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q

from builder.models import Version, load
from builder.releases import NEVER, renames_between
from runtime import engine
from runtime.audit.actions import log_access
from runtime.engine import CarriedOver
from runtime.records.hands import in_hands
from runtime.records.models import Carried, CarryOver, Record, Session
from runtime.records.settling import (
    held,
    held_at_once,
    reserve,
    retried,
    settle_held,
    stored_again,
    write_own,
)
from runtime.records.store.reading import Position, event_of, state_before
from runtime.vault.errors import say

logger = logging.getLogger("scriptorium.records")
PURPOSE = "carry over"
FOLLOWS = Q(closed_at=None, reopened=0)


@dataclass(frozen=True)
class Step:
    """What is due at a record: to follow to the carry over's version, or (`back`) to return from it."""

    carry: CarryOver
    back: Carried | None = None


def due(record: Record) -> Step | None:
    """What is due at an open record when it is opened; a way back comes first."""
    if record.closed_at is not None or record.reopened:
        return None
    back = back_of(record)
    if back is not None:
        return Step(back.carry, back)
    newer = CarryOver.objects.filter(
        version__app=record.version.app_id,
        version__number__gt=record.version.number,
        undone_at=None,
    ).exclude(when=NEVER)
    carry = _lightly(newer, "version").order_by("-version__number").first()
    return None if carry is None else Step(carry)


def back_of(record: Record) -> Carried | None:
    """The carry over that brought the record where it stands, if it was undone since and the record did not return yet."""
    rows = Carried.objects.filter(record=record, undone_at=None, problem="")
    undone = rows.filter(carry__version=record.version_id, carry__undone_at__isnull=False)
    return _lightly(undone, "carry__version", "former").first()


def at_opening(record: Record, *, by: Any, now: dt.datetime) -> None:
    """Before a new sitting: what is due at the record is done, unless somebody sits at it, or it cannot be done (then it is opened as it
    is). `record` is brought up to date. Does not wait for who holds the record: the opener may hold other rows."""
    if due(record) is None or in_hands(record, now, opener=by):
        return
    _log(record)
    try:
        with transaction.atomic():
            row = _known(held_at_once(record.pk))
            step = due(row) if row else None
            if row is not None and step is not None:
                _do(row, step, now)
    except Exception as error:
        logger.error("record %s was not carried over: %s", record.pk, say(error))
    stands = Record.objects.values_list("version", flat=True).get(pk=record.pk)
    if stands != record.version_id:
        record.version = _light(stands)


def carry(record_id: uuid.UUID, wanted: CarryOver, *, now: dt.datetime) -> bool:
    """For the worker: the record follows to this version, or returns from it where that was undone. False when there is nothing to do
    any more, or somebody sits at it."""
    _log(Record.objects.only("pk", "subject").get(pk=record_id))
    return retried(lambda: _carry(record_id, wanted, now))


def _carry(record_id: uuid.UUID, wanted: CarryOver, now: dt.datetime) -> bool:
    record = _known(held(record_id))
    carry = _lightly(CarryOver.objects, "version").get(pk=wanted.pk)
    step = _still(record, carry) if record else None
    if record is None or step is None or in_hands(record, now):
        return False
    _do(record, step, now)
    return True


def _still(record: Record, carry: CarryOver) -> Step | None:
    """What this carry over asks of a held record, as things stand now."""
    if record.closed_at is not None or record.reopened:
        return None
    if carry.undone_at is not None:
        back = back_of(record)
        return Step(carry, back) if back and back.carry_id == carry.pk else None
    stands, wanted = record.version, carry.version
    older = stands.app_id == wanted.app_id and stands.number < wanted.number
    return Step(carry) if older else None


def _known(record: Record | None) -> Record | None:
    """With its version, but not with all that the version says."""
    if record is not None:
        record.version = _light(record.version_id)
    return record


def _light(version_id: int) -> Version:
    return Version.objects.defer("definition", "bodies").get(pk=version_id)


def _lightly(rows: Any, *versions: str) -> Any:
    heavy = [f"{version}__{column}" for version in versions for column in ("definition", "bodies")]
    return rows.select_related(*versions).defer(*heavy)


def _log(record: Record) -> None:
    """The house opens it, nobody in person: who released a version sees nothing of it."""
    log_access(by=None, deed="settle", subject=record.subject, record=record.pk, purpose=PURPOSE)


def _do(record: Record, step: Step, now: dt.datetime) -> None:
    """One event, upon all that was appended; the record stands on the other version from then."""
    reserved = reserve(record)
    found = settle_held(record, None)
    former, target = record.version, step.back.former if step.back else step.carry.version
    renames = _renames(former, target)
    done = _back(record, found, step.back) if step.back else _over(found, target, renames)
    event = {
        "event": "carried_back" if step.back else "carried_over",
        "from": former.number,
        "to": target.number,
        "renames": renames,
        "state": done.state,
        "kept": list(done.kept),
        "dropped": [[one.place, one.value, one.code] for one in done.dropped],
        "asked": list(done.asked),
    }
    write_own(reserved, found, event)
    _pin(record, target, now)
    stored_again(record, found, load(target.pk))
    if step.back:
        Carried.objects.filter(pk=step.back.pk).update(undone_at=now)
    else:
        _note(record, step.carry, former, (reserved.number, done, now))


def _renames(former: Version, target: Version) -> dict[str, str]:
    if former.number < target.number:
        return renames_between(former.app_id, former.number, target.number)
    forth = renames_between(former.app_id, target.number, former.number)
    return {new: old for old, new in forth.items()}


def _over(found: Position, target: Version, renames: dict[str, str]) -> CarriedOver:
    return engine.carry_over(
        found.definition,
        load(target.pk),
        found.snapshot.state,
        found.today.isoformat(),
        renames,
    )


def _back(record: Record, found: Position, back: Carried) -> CarriedOver:
    older, event = load(back.former_id), event_of(record, back.number)
    before = state_before(record, back.number, older)
    return engine.carry_back(
        (older, found.definition),
        (before, event["state"], found.snapshot.state),
        found.today.isoformat(),
        event["renames"],
    )


def _pin(record: Record, target: Version, now: dt.datetime) -> None:
    """Sittings that nobody can save in any more end: their pages show the former version."""
    record.version = target
    record.save(update_fields=["version"])
    Session.objects.filter(record=record, ended_at=None).update(
        ended_at=now, end_reason="carried over"
    )


def _note(
    record: Record,
    carry: CarryOver,
    former: Version,
    what: tuple[int, CarriedOver, dt.datetime],
) -> None:
    number, done, now = what
    Carried.objects.update_or_create(
        carry=carry,
        record=record,
        defaults={
            "former": former,
            "number": number,
            "kept": len(done.kept),
            "dropped": len(done.dropped),
            "asked": len(done.asked),
            "problem": "",
            "at": now,
        },
    )
