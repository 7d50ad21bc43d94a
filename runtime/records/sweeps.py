"""Settles soon after appends what nobody else settled: cards, counters and facts follow within seconds."""

import datetime as dt
import logging
import uuid

from django.db.models import Exists, OuterRef

from runtime.records import actions
from runtime.records.models import Event, Record, Session
from runtime.vault.errors import say

logger = logging.getLogger("scriptorium.records")

QUIET = dt.timedelta(seconds=3)  # who is typing settles at the section's end
RECENT = dt.timedelta(hours=60)  # the life of a token, and the time late events are accepted
MOST = 200

_swept: dict[str, bool] = {}


def settle_unsettled(now: dt.datetime) -> int:
    """Settles records with events newer than their snapshot: those of recent sittings, and all of them once a process (after a
    worker was away). One record's failure does not stop the others. How many it settled."""
    sessions = Session.objects.filter(started_at__gt=now - RECENT)
    chosen = (
        Record.objects.all()
        if not _swept
        else Record.objects.filter(pk__in=sessions.values("record"))
    )
    newer = Event.objects.filter(
        record=OuterRef("pk"), number__gt=OuterRef("settled_number"), late=False
    )
    unsettled = chosen.filter(Exists(newer), ~Exists(newer.filter(at__gt=now - QUIET)))
    done = sum(_settle(record_id) for record_id in unsettled.values_list("pk", flat=True)[:MOST])
    _swept["once"] = True
    return done


def _settle(record_id: uuid.UUID) -> bool:
    try:
        actions.settle(record_id, by=None, purpose="sweep")
    except Exception as error:
        logger.error("record %s was not settled: %s", record_id, say(error))
        return False
    return True
