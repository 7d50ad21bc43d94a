"""Whether somebody is sitting at a record, so that it is left alone."""

import datetime as dt
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from runtime.records.models import Record, Session
from runtime.records.store.tokens import LIFE

# A sitting is taken up on its own day only, so that its last token expires before this.
SAVES_AT_MOST = dt.timedelta(days=1) + LIFE


def sittings(now: dt.datetime) -> QuerySet[Session]:
    """The sittings that can still save something."""
    rights = Q(agent=None) | Q(agent__person__epoch=F("epoch"))
    return Session.objects.filter(
        rights, ended_at=None, started_at__gt=now - SAVES_AT_MOST
    ).order_by()


def in_hands(record: Record, now: dt.datetime, *, opener: Any = None) -> bool:
    """Whether somebody is sitting at the record. `opener`, who is about to, does not go on in a sitting of an earlier day."""
    at = sittings(now).filter(record=record)
    if opener is not None:
        at = at.exclude(agent=opener, today__lt=today_at(now))
    return at.exists()


def today_at(now: dt.datetime) -> dt.date:
    """The day in the app's time zone, whatever zone the person prefers."""
    return timezone.localdate(now, timezone.get_default_timezone())
