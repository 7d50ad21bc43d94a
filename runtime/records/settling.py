"""Settling, in one transaction with the record's row held; the writer behind `actions` (call it there).

Two who settle one record wait for each other. Who appends does not wait (the lock is one that inserts may pass), unless the server
is about to write an event of its own upon what it folds: it takes that event's number first (`reserve`). Then nothing comes between,
and no snapshot names a number whose predecessors it does not hold. Who appends meanwhile waits for that number until the transaction
ends, and is numbered after it, or kept aside where it was the record's end. Late events that are written again are not folded
here: should an append take one of their numbers, the whole transaction is tried again.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.db import IntegrityError, connection, transaction
from django.db.models import Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from builder.definition import Definition
from builder.models import Version
from runtime import engine
from runtime.parties.actions import update_facts
from runtime.records.declared import declared_of
from runtime.records.folding import Conflict, Written, fold_all
from runtime.records.models import Event, Record
from runtime.records.signals import settled
from runtime.records.store.reading import Position, position, today_of
from runtime.records.store.sealing import seal_event, seal_snapshot

T = TypeVar("T")
_TRIES = 20


@dataclass(frozen=True, repr=False)
class Settled:
    """A record as it stands: state, the engine's view, the number of the last event, and what two writers did unseen."""

    state: Any
    view: dict[str, Any]
    number: int
    conflicts: tuple[Conflict, ...]
    version: int  # the key of the version it stands on
    carried: dict[str, Any] | None = None  # what its last carry over left to be said


def retried(work: Callable[[], T]) -> T:
    """Runs `work` in a transaction, again when an append took its number."""
    for again in range(_TRIES):
        try:
            with transaction.atomic():
                return work()
        except IntegrityError:
            if again == _TRIES - 1:
                raise
    raise AssertionError("unreachable")


def held(record_id: uuid.UUID) -> Record:
    """The record's row, held until the transaction ends."""
    rows = _with_version(record_id)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(no_key=True)
    return rows.get()


def held_at_once(record_id: uuid.UUID) -> Record | None:
    """The record's row, held; None while another holds it: who has locked something else already does not wait here."""
    rows = _with_version(record_id)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(no_key=True, skip_locked=True)
    return rows.first()


def _with_version(record_id: uuid.UUID) -> QuerySet[Record]:
    """The row together with which version it stands on, not with what that says: the definition is parsed already.

    The version is asked for once the row is held. PostgreSQL joins what it read before it waited: a record that followed to a newer
    version meanwhile would not be found."""
    which = Prefetch("version", Version.objects.defer("definition", "bodies"))
    return Record.objects.filter(pk=record_id).prefetch_related(which)


def settle_held(record: Record, by: Any) -> Position:
    """Folds what is new; when there is something, stores snapshot and counters and announces it."""
    found = position(record, today_of(record))
    if found.fresh or record.snapshot is None:
        _tell_party(record, found, by)
        store(record, found)
        _announce(record, found)
    return found


def store(record: Record, found: Position) -> None:
    """The new snapshot and counters of a held record."""
    number = found.snapshot.number
    record.snapshot = seal_snapshot(found.keys, number, found.snapshot.dump())
    record.snapshot_number = record.settled_number = number
    record.missing, record.problems = found.view["missing"], found.view["problems"]
    record.save(
        update_fields=["snapshot", "snapshot_number", "settled_number", "missing", "problems"]
    )


def reserve(record: Record) -> Event:
    """The number of the next event of a held record, taken before the fold: a row that no fold reads (it is marked as late and
    dismissed), for `write_own`, or to be deleted where nothing is written after all."""
    newest = Event.objects.filter(record=record).order_by("-number").values("number")[:1]
    now = timezone.now()
    row = Event(
        record=record,
        number=Coalesce(Subquery(newest), 0) + 1,
        client_id=uuid.uuid4(),
        seen=0,
        sealed=b"",
        at=now,
        late=True,
        dismissed=True,
        merged_at=now,
    )
    for _again in range(_TRIES):  # an append on its way took the number: at once again
        Event.objects.bulk_create([row], ignore_conflicts=True)
        reserved = Event.objects.filter(record=record, client_id=row.client_id).first()
        if reserved is not None:
            return reserved
    raise IntegrityError("the next number is taken all the time")


def write_own(reserved: Event, found: Position, event: dict[str, Any]) -> None:
    """Writes an event of the server's own at the place reserved for it, upon what was folded since, and folds it."""
    seen = found.snapshot.number
    reserved.seen, reserved.at = seen, timezone.now()
    reserved.sealed = seal_event(
        found.keys.events, reserved.record_id, reserved.client_id, seen, event
    )
    reserved.late, reserved.dismissed, reserved.merged_at = False, False, None
    reserved.save()
    fold_all(found.definition, found.snapshot, [Written(reserved.number, "", seen, event)])


def stored_again(record: Record, found: Position, definition: Definition) -> Position:
    """After events of the server's own: the view of the new state, stored and announced."""
    view = engine.view(definition, found.snapshot.state, found.today.isoformat())
    found = replace(found, definition=definition, view=view, version=record.version_id)
    store(record, found)
    _announce(record, found)
    return found


def _announce(record: Record, found: Position) -> None:
    settled.send(
        sender=Record,
        record=record,
        state=found.snapshot.state,
        view=found.view,
        definition=found.definition,
    )


def next_number(record: Record) -> int:
    last = (
        Event.objects.filter(record=record)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    return (last or 0) + 1


def as_settled(found: Position) -> Settled:
    snapshot = found.snapshot
    return Settled(
        snapshot.state,
        found.view,
        snapshot.number,
        snapshot.found_conflicts(),
        found.version,
        snapshot.carried,
    )


def _tell_party(record: Record, found: Position, by: Any) -> None:
    """Facts answered at the root become the party's facts, when they changed since the last time."""
    if record.party_id is None:
        return
    facts = facts_of(record, found)
    newer = {
        fact: value for fact, value in facts.items() if found.snapshot.facts.get(fact) != value
    }
    if newer:
        update_facts(party=record.party, facts=newer, by=by, purpose="settle")
        found.snapshot.facts.update(newer)


def facts_of(record: Record, found: Position | Settled) -> dict[str, str]:
    """What the answers at the root tell of the person, as far as they hold."""
    facts = {}
    for fact, name in declared_of(record).facts.items():
        question = found.view["questions"].get(name)
        if (
            question
            and question["relevant"]
            and isinstance(question["value"], str)
            and not question["problems"]
        ):
            facts[fact] = question["value"]
    return facts
