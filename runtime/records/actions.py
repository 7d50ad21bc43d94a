"""The only door for writing records and sessions (answers come through `append`)."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from builder.models import Version
from runtime import engine
from runtime.audit.actions import log_access
from runtime.outbox.actions import Cause, enqueue, overtake
from runtime.parties.models import Party
from runtime.records import signals
from runtime.records.adopting import NAMES, adopt
from runtime.records.declared import Declared, declared
from runtime.records.merging import RecordClosed, decide
from runtime.records.models import Event, Record
from runtime.records.sessions import (
    end_session,
    end_sessions_of,
    open_session,
    resume_session,
)
from runtime.records.settling import (
    Settled,
    as_settled,
    facts_of,
    held,
    reserve,
    retried,
    settle_held,
    stored_again,
    write_own,
)
from runtime.records.store.reading import Position
from runtime.records.store.sealing import RecordKeys, new_subject, seal_event

__all__ = [
    "AppClosed",
    "BadReason",
    "Problems",
    "RecordClosed",
    "Settled",
    "end_session",
    "end_sessions_of",
    "finish",
    "merge_late",
    "open_session",
    "reopen",
    "resume_session",
    "settle",
    "start",
]


class AppClosed(Exception):
    """The app takes no new records."""


class BadReason(ValueError):
    """An amendment needs a person, and a reason of at most 1000 letters."""


@dataclass(frozen=True, repr=False)
class Problems:
    """Why a record cannot be finished: the code of the engine, and the view with every missing answer and problem."""

    code: str
    view: dict[str, Any]


def start(
    *,
    version: Version,
    by: Any,
    party: Party | None = None,
    subject: uuid.UUID | None = None,
    kind: str = "agent",
    prefill: Mapping[str, Any] | None = None,
    language: str | None = None,
    unit: int | None = None,
) -> Record:
    """A new record of a version, about a party, a subject that has a key, or nobody known yet. `unit` is whose it is.

    `prefill`: name of a question at the root -> canonical value or text as it came (a cell); what cannot be read is kept as
    unreadable text, what is not declared is left out. Kept as events with source `prefilled`.
    """
    if not version.app.open and kind != "practice":
        raise AppClosed(version.app.code)
    about = party.id if party else subject or new_subject()
    record_id = uuid.uuid4()
    wrapped, keys = RecordKeys.new(record_id, about)
    told = declared(version.pk)
    now = timezone.now()
    with transaction.atomic():
        record = Record.objects.create(
            id=record_id,
            version=version,
            party=party,
            unit_id=unit,
            subject=about,
            wrapped_key=wrapped,
            created_at=now,
            created_by=by,
        )
        events = _first_events(told, prefill or {}, language)
        Event.objects.bulk_create(
            _own_event(keys, record, number, event) for number, event in enumerate(events, 1)
        )
    return record


def settle(record_id: uuid.UUID, *, by: Any, purpose: str) -> Settled:
    """Folds what was appended and asks the engine; `by` is None for the worker. The access log is written first."""
    _log(record_id, by, purpose)
    return retried(lambda: as_settled(settle_held(held(record_id), by)))


def finish(
    record_id: uuid.UUID,
    outcome: str,
    *,
    by: Any,
    purpose: str = "finish",
    party: Party | None = None,
) -> Settled | Problems:
    """Ends a record with an outcome that is ready: stored, closed, sessions ended, effects in the outbox, announced, all or nothing.
    `party`: whom a record about nobody known is about, where somebody chose."""
    _log(record_id, by, purpose)
    return retried(lambda: _finish(record_id, outcome, by, party))


def told_of(record: Record, outcome: str, *, by: Any, purpose: str) -> dict[str, str]:
    """Whom a record about nobody known names, when it is about to end with an outcome that is ready; else nothing."""
    settled = settle(record.id, by=by, purpose=purpose)
    ready = settled.view["outcomes"].get(outcome, {}).get("ready")
    facts = facts_of(record, settled) if ready else {}
    return facts if NAMES & facts.keys() else {}


def reopen(record: Record, reason: str, *, by: Any) -> None:
    """Opens a closed record again for an amendment; who and why stay in its log."""
    if not reason.strip() or by is None:
        raise BadReason("an amendment needs a person and a reason")
    _log(record.id, by, "reopen")
    retried(lambda: _reopen(record.id, reason.strip(), by))
    record.refresh_from_db()


def merge_late(record: Record, keep: bool, *, by: Any) -> int:
    """Decides upon the late events of a record: accepted ones are written again at its end (a conflict shows as any other), the
    others are dismissed; both stay in the log. How many there were."""
    _log(record.id, by, "merge late")
    return retried(lambda: decide(record.id, keep))


def _log(record_id: uuid.UUID, by: Any, purpose: str) -> None:
    subject = Record.objects.values_list("subject", flat=True).get(pk=record_id)
    log_access(by=by, deed="settle", subject=subject, record=record_id, purpose=purpose)


def _finish(
    record_id: uuid.UUID, outcome: str, by: Any, party: Party | None
) -> Settled | Problems:
    record = held(record_id)
    if record.closed_at is not None:
        return Problems("closed", settle_held(record, by).view)
    reserved = reserve(record)
    found = settle_held(record, by)
    command = {"command": "finish", "outcome": outcome}
    _state, (event,) = engine.advance(
        found.definition, found.snapshot.state, command, found.today.isoformat()
    )
    if event["event"] == "refused":
        reserved.delete()
        return Problems(event["code"], found.view)
    write_own(reserved, found, event if by is None else {**event, "by": by.pk})
    if found.definition.kind != "lesson":
        adopt(record, facts_of(record, found), by, party)
    _close(record, outcome, by)
    found = stored_again(record, found, found.definition)
    _enqueue_effects(record, found, outcome)
    signals.finished.send(
        sender=Record,
        record=record,
        state=found.snapshot.state,
        definition=found.definition,
        outcome=outcome,
        by=by,
    )
    # Last: who takes a work item back locks the item first and the sessions second, and so does this.
    end_sessions_of(record=record, reason="finished")
    return as_settled(found)


def _close(record: Record, outcome: str, by: Any) -> None:
    record.outcome, record.closed_at, record.closed_by = outcome, timezone.now(), by
    record.save(update_fields=["outcome", "closed_at", "closed_by"])


def _enqueue_effects(record: Record, found: Position, outcome: str) -> None:
    """Each effect of the outcome whose condition holds, once per revision of the record. What an earlier end had caused and was not carried out yet is not
    carried out any more: it would act on answers that led elsewhere."""
    if record.reopened:
        overtake(record=record.id, keys=f"{record.id}:")
    state, today = found.snapshot.state, found.today.isoformat()
    for index, effect in engine.effects_due(found.definition, outcome, state, today):
        enqueue(
            effect=effect.effect,
            key=f"{record.id}:{outcome}:{index}:{record.reopened}",
            arguments=dict(effect.arguments),
            record=record.id,
            cause=Cause(version=record.version_id, outcome=outcome, rule=index),
        )


def _reopen(record_id: uuid.UUID, reason: str, by: Any) -> None:
    record = held(record_id)
    if record.closed_at is None:
        raise RecordClosed("the record is open")
    reserved = reserve(record)
    found = settle_held(record, by)
    command = {"command": "reopen", "reason": reason}
    _state, (event,) = engine.advance(
        found.definition, found.snapshot.state, command, found.today.isoformat()
    )
    if event["event"] == "refused":
        raise BadReason("a reason is a text of at most 1000 characters")
    write_own(reserved, found, {**event, "by": by.pk})
    record.outcome, record.closed_at, record.closed_by = "", None, None
    record.reopened += 1
    record.save(update_fields=["outcome", "closed_at", "closed_by", "reopened"])
    stored_again(record, found, found.definition)
    signals.reopened.send(sender=Record, record=record, by=by)


def _own_event(keys: RecordKeys, record: Record, number: int, event: dict[str, Any]) -> Event:
    client_id = uuid.uuid4()
    sealed = seal_event(keys.events, record.id, client_id, number - 1, event)
    return Event(
        record=record,
        number=number,
        client_id=client_id,
        seen=number - 1,
        sealed=sealed,
        at=record.created_at,
    )


def _first_events(
    told: Declared, prefill: Mapping[str, Any], language: str | None
) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    if language in told.languages and language != told.languages[0]:
        events.append({"event": "language_set", "language": language})
    for name, value in prefill.items():
        if told.problem(name, ()) in (None, "read_only") and name not in told.stored:
            events += _prefilled(told, name, value, language or told.languages[0])
    return events


def _prefilled(told: Declared, name: str, value: Any, language: str) -> list[dict[str, Any]]:
    admitted = told.admit(name, value)
    if admitted.code is not None and isinstance(value, str):  # a cell as it was typed
        admitted = told.read(name, value, timezone.localdate().isoformat(), language)
    if admitted.code is not None or admitted.value is None:
        return []
    event = {"event": "answered", "place": name, "value": admitted.value, "source": "prefilled"}
    return [event | {"unreadable": True} if admitted.unreadable else event]
