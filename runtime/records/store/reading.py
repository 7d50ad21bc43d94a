"""Opens a record for somebody: the access log first, then the fold of its events."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from builder.definition import Definition
from runtime import engine
from runtime.audit.actions import log_access
from runtime.records.declared import declared_of
from runtime.records.folding import Conflict, Snapshot, Written, fold_all
from runtime.records.models import Event, Record, Session
from runtime.records.store.sealing import RecordKeys, open_event, open_snapshot


@dataclass(frozen=True, repr=False)
class ReadEvent:
    """One event of the history, opened. `by`: the user behind its session."""

    number: int
    at: dt.datetime
    session: uuid.UUID | None
    by: int | None
    seen: int
    event: dict[str, Any]
    late: bool = False
    merged_at: dt.datetime | None = None
    dismissed: bool = False


@dataclass(frozen=True, repr=False)
class Opened:
    """A record as it stands with all its events: nothing is written but the access log."""

    state: Any
    view: dict[str, Any]
    events: tuple[ReadEvent, ...]
    definition: Definition
    number: int
    conflicts: tuple[Conflict, ...]
    late: tuple[ReadEvent, ...]  # late events that wait for a decision
    today: dt.date


def open_record(record: Record, *, by: Any, purpose: str, deed: str = "open") -> Opened:
    """Opens a record. When the access log cannot be written, this raises and nothing was opened."""
    log_access(by=by, deed=deed, subject=record.subject, record=record.id, purpose=purpose)
    keys = RecordKeys.of(record)
    definition = declared_of(record).definition
    events = tuple(_read_event(keys, row) for row in _rows(record))
    ordinary = [event for event in events if not event.late]
    folded = fold_all(definition, Snapshot.empty(definition), _written(ordinary))
    today = today_of(record)
    return Opened(
        state=folded.state,
        view=engine.view(definition, folded.state, today.isoformat()),
        events=events,
        definition=definition,
        number=folded.number,
        conflicts=folded.found_conflicts(),
        late=tuple(event for event in events if event.late and event.merged_at is None),
        today=today,
    )


def hold(record: Record) -> None:
    """Holds whose a record is until the transaction ends, for who seals something of it: it is given to nobody meanwhile."""
    record.refresh_from_db(
        fields=["party", "subject", "wrapped_key"],
        from_queryset=Record.objects.select_for_update(no_key=True),
    )


@dataclass(frozen=True, repr=False)
class Position:
    """Where a record stands for its writer: keys, snapshot and the engine's view, for `actions`."""

    keys: RecordKeys
    definition: Definition
    snapshot: Snapshot
    view: dict[str, Any]
    today: dt.date
    fresh: int  # events that were folded since the stored snapshot
    version: int  # the key of the version it stands on


def position(record: Record, today: dt.date) -> Position:
    """Folds what came after the stored snapshot. The caller wrote the access log and holds the record's row."""
    keys = RecordKeys.of(record)
    definition = declared_of(record).definition
    stored = open_snapshot(keys, record)
    snapshot = (
        Snapshot.load(stored, record.snapshot_number) if stored else Snapshot.empty(definition)
    )
    rows = _rows(record).filter(number__gt=snapshot.number, late=False)
    written = list(_written(_read_event(keys, row) for row in rows))
    fold_all(definition, snapshot, written)
    view = engine.view(definition, snapshot.state, today.isoformat())
    return Position(keys, definition, snapshot, view, today, len(written), record.version_id)


def state_before(record: Record, number: int, definition: Definition) -> Any:
    """The state that a record had before an event of that number, under the version it stood on. The caller wrote the access log."""
    keys = RecordKeys.of(record)
    rows = _rows(record).filter(number__lt=number, late=False)
    written = _written(_read_event(keys, row) for row in rows)
    return fold_all(definition, Snapshot.empty(definition), written).state


def written_of(record: Record, *, before: int) -> tuple[Definition, Snapshot, list[Written]]:
    """The record folded up to an event of its log, and the events from there on. The caller wrote the access log."""
    keys, definition = RecordKeys.of(record), declared_of(record).definition
    written = list(_written(_read_event(keys, row) for row in _rows(record).filter(late=False)))
    earlier = [one for one in written if one.number < before]
    snapshot = fold_all(definition, Snapshot.empty(definition), earlier)
    return definition, snapshot, written[len(earlier) :]


def read_all(record: Record) -> tuple[ReadEvent, ...]:
    """All events of a record, opened; thousands of them are read without a model each. The caller wrote the access log."""
    keys = RecordKeys.of(record)
    agents = dict(Session.objects.filter(record=record).values_list("id", "agent"))
    rows = (
        Event.objects.filter(record=record).order_by("number").values_list(*_COLUMNS, named=True)
    )
    return tuple(
        ReadEvent(
            row.number,
            row.at,
            row.session_id,
            agents.get(row.session_id),
            row.seen,
            open_event(keys, row),
            row.late,
            row.merged_at,
            row.dismissed,
        )
        for row in rows.iterator(chunk_size=1000)
    )


def event_of(record: Record, number: int) -> dict[str, Any]:
    """One event of the log, opened. The caller wrote the access log."""
    return open_event(RecordKeys.of(record), _rows(record).get(number=number))


def late_events(record: Record) -> list[tuple[Event, dict[str, Any]]]:
    """The late events that wait for a decision, opened, in the order they came."""
    keys = RecordKeys.of(record)
    rows = _rows(record).filter(late=True, merged_at__isnull=True)
    return [(row, open_event(keys, row)) for row in rows]


_COLUMNS = (
    "number", "at", "session_id", "seen", "record_id", "client_id", "sealed", "late", "merged_at", "dismissed",
)  # fmt: skip


def today_of(record: Record) -> dt.date:
    """The day of the latest sitting, in the app's time zone; the present day for a record nobody has sat at."""
    session = Session.objects.filter(record=record).order_by("-started_at").only("today").first()
    return session.today if session else timezone.localdate()


def _rows(record: Record) -> Any:
    return Event.objects.filter(record=record).select_related("session").order_by("number")


def _read_event(keys: RecordKeys, row: Event) -> ReadEvent:
    return ReadEvent(
        number=row.number,
        at=row.at,
        session=row.session_id,
        by=row.session.agent_id if row.session else None,
        seen=row.seen,
        event=open_event(keys, row),
        late=row.late,
        merged_at=row.merged_at,
        dismissed=row.dismissed,
    )


def _written(events: Iterable[ReadEvent]) -> Iterable[Written]:
    for read in events:
        yield Written(read.number, read.session.hex if read.session else "", read.seen, read.event)
