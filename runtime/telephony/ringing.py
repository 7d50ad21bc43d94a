"""Whose telephone rings: the calls that one person is shown."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from runtime.telephony.course import RINGS_AT_MOST, TALKS_AT_MOST
from runtime.telephony.models import Call, Provider

MISSED_SHOWN = 5
SHOWN_FOR = timedelta(days=1)


def listens() -> bool:
    """Whether any telephone system tells of calls here."""
    return Provider.objects.filter(open=True).exists()


def standing_calls(now: datetime) -> QuerySet[Call]:
    """Incoming calls of everybody that ring, or were answered and not taken up yet (the index `call_stands`)."""
    rings = Q(connected_at=None, rang_at__gt=now - RINGS_AT_MOST)
    answered = Q(connected_at__gt=now - TALKS_AT_MOST)
    recent = Call.objects.filter(hung_up_at=None, taken_at=None, rang_at__gt=now - SHOWN_FOR)
    return recent.filter(rings | answered, direction="in")


def calls_for(user: Any, now: datetime) -> QuerySet[Call]:
    """Incoming calls that ring at this person's telephone, or that they answered and did not take up yet."""
    mine = standing_calls(now).filter(Q(connected_at=None) | Q(agent=user), rings=user)
    return mine.order_by("-rang_at")[:5]


def missed_for(user: Any, now: datetime) -> QuerySet[Call]:
    """What rang at this person's telephone in vain and was not taken up since."""
    rows = Call.objects.filter(missed=True, taken_at=None, rings=user, rang_at__gt=now - SHOWN_FOR)
    return rows.order_by("-rang_at")[:MISSED_SHOWN]


def seen_by(user: Any) -> QuerySet[Call]:
    """The calls this person may open: theirs, or those that rang at their telephone and nobody else took."""
    return Call.objects.filter(Q(agent=user) | Q(agent=None, rings=user)).distinct()
