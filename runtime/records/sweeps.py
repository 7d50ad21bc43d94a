"""Settles soon after appends what nobody else settled: cards, counters and facts follow within seconds."""

import datetime as dt
import logging
import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from runtime.records import actions
from runtime.records.models import Event, Record, Session
from runtime.vault.errors import SubjectDestroyed, say

logger = logging.getLogger("scriptorium.records")

QUIET = dt.timedelta(seconds=3)  # who is typing settles at the section's end
RECENT = dt.timedelta(hours=60)  # the life of a token, and the time late events are accepted
MOST = 200
PAUSE, LONGEST_PAUSE = dt.timedelta(seconds=15), dt.timedelta(hours=1)
NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)


@dataclass
class Turn:
    """When a record is settled, and how often that failed."""

    due: dt.datetime
    failures: int = 0


_swept: dict[str, bool] = {}
_turns: dict[uuid.UUID, Turn] = {}  # what waits in this process; each try writes the access log


def settle_unsettled(now: dt.datetime) -> int:
    """Settles records with events newer than their snapshot: those of recent sittings, and all of them once a process (after a
    worker was away), the longest due first. One that fails waits ever longer, and stops no other. How many it settled."""
    for record_id in _unsettled(now).values_list("pk", flat=True):
        _turns.setdefault(record_id, Turn(now))
    _swept["once"] = True
    due = sorted(
        (record_id for record_id, turn in _turns.items() if turn.due <= now),
        key=lambda record_id: _turns[record_id].due,
    )
    return sum(_settle(record_id, now) for record_id in due[:MOST])


def _unsettled(now: dt.datetime) -> QuerySet[Record]:
    sessions = Session.objects.filter(started_at__gt=now - RECENT)
    chosen = (
        Record.objects.filter(pk__in=sessions.values("record")) if _swept else Record.objects.all()
    )
    newer = Event.objects.filter(
        record=OuterRef("pk"), number__gt=OuterRef("settled_number"), late=False
    )
    unsettled = chosen.filter(Exists(newer), ~Exists(newer.filter(at__gt=now - QUIET)))
    return unsettled.order_by("created_at", "pk")


def _settle(record_id: uuid.UUID, now: dt.datetime) -> bool:
    try:
        actions.settle(record_id, by=None, purpose="sweep")
    except Exception as error:
        logger.error("record %s was not settled: %s", record_id, say(error))
        _put_off(_turns[record_id], now, error)
        return False
    del _turns[record_id]
    return True


def _put_off(turn: Turn, now: dt.datetime, error: Exception) -> None:
    """Who was erased is not tried again; the others are, at the latest in an hour."""
    pause = min(PAUSE * 3**turn.failures, LONGEST_PAUSE)
    turn.due = NEVER if isinstance(error, SubjectDestroyed) else now + pause
    turn.failures += 1
