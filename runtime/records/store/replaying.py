"""A record as it was after each of its events: the version it stood on then, the state, the day, and who sat at it.

Opening is logged once, when a replay begins (`begin`); the row of the access log is what later steps show (`is_allowed`). Without
the row nothing is opened.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from builder.definition import Definition
from builder.models import Version, load
from runtime import engine
from runtime.audit.actions import log_access
from runtime.audit.models import AccessLog
from runtime.records.folding import CARRIES, WRITES, Snapshot, Written, fold_all
from runtime.records.models import Record, Session
from runtime.records.store.reading import ReadEvent, read_all

LASTS = dt.timedelta(minutes=60)
UNVEIL = "unveil"


@dataclass(frozen=True, repr=False)
class Moment:
    """A record after so many of its events."""

    number: int  # of the step
    event: ReadEvent | None
    definition: Definition
    version: int
    state: Any
    view: dict[str, Any]
    conflict: bool  # whether this very event stood against another one


@dataclass(frozen=True, repr=False)
class Replay:
    """All events of a record, opened, in the order of their numbers; its sittings by their id."""

    record: Record
    events: tuple[ReadEvent, ...]
    sittings: Mapping[uuid.UUID, Session]
    people: Mapping[Any, Any]  # who ended it, or opened it again

    def at(self, step: int) -> Moment:
        """How the record was after the first `step` events."""
        events = self.events[:step]
        version = self._version(step)
        definition = load(
            Version.objects.values_list("pk", flat=True).get(
                app=self.record.version.app_id, number=version
            )
        )
        counted = [_written(read) for read in events if not read.late]
        last = events[-1] if events else None
        before = counted if last is None or last.late else counted[:-1]
        snapshot = fold_all(definition, Snapshot.empty(definition), before)
        stood = dict(snapshot.conflicts)
        fold_all(definition, snapshot, counted[len(before) :])
        today = self._today(events).isoformat()
        view = engine.view(definition, snapshot.state, today)
        conflict = any(stood.get(place) != row for place, row in snapshot.conflicts.items())
        return Moment(step, last, definition, version, snapshot.state, view, conflict)

    def conflicts(self, first: int, last: int) -> frozenset[int]:
        """The steps among these whose answer stood against one that its writer had not seen."""
        writers: dict[str, tuple[int, Any, Any]] = {}
        found = set()
        for step, read in enumerate(self.events[:last], 1):
            if read.late or read.event["event"] not in WRITES:
                continue
            place, value = read.event["place"], read.event.get("value")
            number, session, before = writers.get(place, (0, read.session, None))
            if (
                number > read.seen
                and session != read.session
                and before != value
                and step >= first
            ):
                found.add(step)
            writers[place] = (read.number, read.session, value)
        return frozenset(found)

    def _version(self, step: int) -> int:
        """The number of the version: the last one it was brought to, else the one that the first carry over came from."""
        carries = [
            (at, r.event) for at, r in enumerate(self.events, 1) if r.event["event"] in CARRIES
        ]
        if not carries:
            return int(self.record.version.number)
        since = [event for at, event in carries if at <= step]
        return int(since[-1]["to"] if since else carries[0][1]["from"])

    def _today(self, events: Sequence[ReadEvent]) -> dt.date:
        """The day of the sitting that it was then; before any sitting the day the record was made."""
        for read in reversed(events):
            session = self.sittings.get(read.session) if read.session else None
            if session is not None:
                return session.today
        return timezone.localdate(self.record.created_at)


def begin(record: Record, *, by: Any, purpose: str, unveil: bool) -> int:
    """Writes to the access log that a replay begins, and gives the row's key. When it cannot be written, nothing can be replayed."""
    row = log_access(
        by=by,
        deed="replay",
        subject=record.subject,
        record=record.id,
        purpose=purpose,
        detail=UNVEIL if unveil else "",
    )
    return int(row.pk)


def allowed(record: Record, *, log: int, by: Any, now: dt.datetime) -> AccessLog | None:
    """The row under which this person is replaying this record; None when there is none, or it is too long ago."""
    rows = AccessLog.objects.filter(pk=log, by=by, record=record.id, deed="replay")
    return rows.filter(at__gt=now - LASTS, at__lte=now).first()


def open_replay(record: Record, row: AccessLog) -> Replay:
    """Opens all events of a record, under a row of the access log that speaks of it."""
    if row.record != record.id or row.deed != "replay":
        raise PermissionError("a replay needs its row in the access log")
    sittings = {
        each.id: each for each in Session.objects.filter(record=record).select_related("agent")
    }
    events = read_all(record)
    people = get_user_model().objects.in_bulk({read.event.get("by") for read in events} - {None})
    return Replay(record, events, sittings, people)


def _written(read: ReadEvent) -> Written:
    return Written(read.number, read.session.hex if read.session else "", read.seen, read.event)
