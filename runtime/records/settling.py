"""Settling, in one transaction with the record's row held; the writer behind `actions` (call it there).

Two who settle one record wait for each other. Who appends does not wait (the lock is one that inserts may pass); should an append
take the number of an event written here, the whole transaction is tried again with that append in it.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from runtime.parties.actions import update_facts
from runtime.records.declared import declared
from runtime.records.folding import Conflict, Written, fold_all
from runtime.records.models import Event, Record, Session
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
    rows = Record.objects.filter(pk=record_id)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(no_key=True)
    return rows.get()


def settle_held(record: Record, by: Any) -> Position:
    """Folds what is new; when there is something, stores snapshot and counters and announces it."""
    found = position(record, today_of(record))
    if found.fresh or record.snapshot is None:
        _tell_party(record, found, by)
        store(record, found)
        settled.send(
            sender=Record, record=record, state=found.snapshot.state, definition=found.definition
        )
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


def write_own(
    record: Record, found: Position, event: dict[str, Any], session: Session | None = None
) -> None:
    """Appends an event of the server's own to a held, settled record, and folds it."""
    client_id, seen = uuid.uuid4(), found.snapshot.number
    number = next_number(record)
    Event.objects.create(
        record=record,
        number=number,
        client_id=client_id,
        session=session,
        seen=seen,
        sealed=seal_event(found.keys.events, record.id, client_id, seen, event),
        at=timezone.now(),
    )
    hexed = session.id.hex if session else ""
    fold_all(found.definition, found.snapshot, [Written(number, hexed, seen, event)])


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
    return Settled(snapshot.state, found.view, snapshot.number, snapshot.found_conflicts())


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


def facts_of(record: Record, found: Position) -> dict[str, str]:
    """What the answers at the root tell of the person, as far as they hold."""
    facts = {}
    for fact, name in declared(record.version_id).facts.items():
        question = found.view["questions"].get(name)
        if (
            question
            and question["relevant"]
            and isinstance(question["value"], str)
            and not question["problems"]
        ):
            facts[fact] = question["value"]
    return facts
