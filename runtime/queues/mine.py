"""What one agent has before them: the callbacks they promised, and their own day in figures. Nobody else's."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, Sum

from runtime.queues import scope
from runtime.queues.dispositions import ALL
from runtime.queues.models import Attempt
from runtime.queues.states import READY, SCHEDULED

SHOWN = 8
ENDING = [row.name for row in ALL if row.terminal]


@dataclass(frozen=True, slots=True)
class Callback:
    """A callback this person promised: when, in what, and whether its time is past."""

    item: Any
    title: str
    at: datetime
    overdue: bool
    attempts: int


@dataclass(frozen=True, slots=True)
class Day:
    """A person's own day: tries made, how many reached who was meant, how many cases ended; `talk` as the telephone system told it,
    `busy` from dialling to the end of each try."""

    made: int
    reached: int
    ended: int
    talk: timedelta
    busy: timedelta


def callbacks_of(user: Any, now: datetime) -> list[Callback]:
    """The soonest first, one more than is shown: so that it can be said that there are more."""
    rows = scope.items(user).filter(reserved_for=user, state__in=(READY, SCHEDULED))
    rows = rows.select_related("campaign", "queue").order_by("not_before", "pk")[: SHOWN + 1]
    return [
        Callback(
            item=row.pk,
            title=row.campaign.title if row.campaign else row.queue.title,
            at=row.not_before,
            overdue=row.not_before < now,
            attempts=row.attempts,
        )
        for row in rows
    ]


def day_of(user: Any, since: datetime) -> Day:
    """Since midnight, or whenever their day began."""
    talked = ExpressionWrapper(F("hung_up_at") - F("connected_at"), DurationField())
    lasted = ExpressionWrapper(F("ended_at") - F("started_at"), DurationField())
    told = Attempt.objects.filter(agent=user, started_at__gte=since).aggregate(
        made=Count("pk"),
        reached=Count("pk", Q(disposition="reached")),
        ended=Count("pk", Q(disposition__in=ENDING)),
        talk=Sum(talked),
        busy=Sum(lasted),
    )
    none = timedelta()
    return Day(**{**told, "talk": told["talk"] or none, "busy": told["busy"] or none})
