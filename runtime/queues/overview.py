"""The queues as one person sees them, and a campaign in figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.utils import timezone

from runtime.queues import scope
from runtime.queues.actions import skills
from runtime.queues.actions.claims import refused
from runtime.queues.claimed import Refused
from runtime.queues.dispositions import ALL
from runtime.queues.models import Attempt, Campaign, Queue, Skill, WorkItem
from runtime.queues.states import ACTIVE, READY, SCHEDULED, STATES

BEGINNABLE = 20
COUNTED_AT_MOST = 1000  # a person needs no exact number, and counting a million takes long


@dataclass(frozen=True, slots=True)
class QueueFace:
    """One queue: how many items could be claimed now (at most `COUNTED_AT_MOST`), how many of them
    are callbacks promised to this person, and why they may not claim (None: they may)."""

    code: str
    title: str
    claimable: int
    promised: int
    refused: Refused | None

    @property
    def many(self) -> bool:
        return self.claimable >= COUNTED_AT_MOST


@dataclass(frozen=True, slots=True)
class OwnItem:
    """The item a person is working on."""

    item: UUID
    record: UUID | None
    queue: str
    campaign: str


@dataclass(frozen=True, slots=True)
class Figures:
    """A campaign in numbers; `states` and `dispositions` in the order of their tables."""

    states: Mapping[str, int]
    dispositions: Mapping[str, int]
    attempts_today: int
    agents: int

    @property
    def total(self) -> int:
        return sum(self.states.values())


# Written out: it is asked whenever an agent comes home, and to compose it costs more than to run it. One row a queue, each count
# no longer than a person needs.
COUNTS = f"""
    SELECT q.id,
        (SELECT COUNT(*) FROM (SELECT 1 FROM queues_workitem i WHERE i.queue_id = q.id AND (i.state = '{READY}'
            OR (i.state = '{SCHEDULED}' AND i.not_before <= %(now)s)) AND (i.reserved_for_id IS NULL
            OR i.reserved_for_id = %(user)s OR i.reserved_until <= %(now)s) LIMIT {COUNTED_AT_MOST}) counted),
        (SELECT COUNT(*) FROM (SELECT 1 FROM queues_workitem i WHERE i.queue_id = q.id AND (i.state = '{READY}'
            OR (i.state = '{SCHEDULED}' AND i.not_before <= %(now)s)) AND i.reserved_for_id = %(user)s
            LIMIT {COUNTED_AT_MOST}) counted)
    FROM queues_queue q WHERE EXISTS (SELECT 1 FROM queues_campaign c WHERE c.queue_id = q.id AND c.open) AND {{seen}}
"""  # noqa: S608  nothing but the names of states


def queues_for(user: Any, now: datetime) -> list[QueueFace]:
    """Every queue with an open campaign that this person works in, by title; as many questions to the database, however many queues there are."""
    counts = _counts(user, now)
    if not counts:
        return []
    asked = Prefetch("skills", Skill.objects.select_related("lesson_app").order_by("title", "pk"))
    queues = Queue.objects.filter(pk__in=counts).select_related("policy").prefetch_related(asked)
    held = skills.standing_of(person=user)
    return [_face(row, counts[row.pk], held, now) for row in queues.order_by("title", "pk")]


def _counts(user: Any, now: datetime) -> dict[int, tuple[int, int]]:
    """Of each queue: how many items could be claimed, how many of them were promised by this person."""
    with connection.cursor() as cursor:
        told = connection.ops.adapt_datetimefield_value(now)
        statement = COUNTS.format(seen=scope.sql_of_queues(user))
        cursor.execute(statement, {"now": told, "user": user.pk})
        return {queue: (claimable, promised) for queue, claimable, promised in cursor.fetchall()}


def next_due(user: Any, queues: Iterable[str], now: datetime) -> datetime | None:
    """When the first item of these queues comes due that waits for its time and that this person might claim."""
    free = Q(reserved_for=None) | Q(reserved_for=user)
    items = WorkItem.objects.filter(
        free, queue=OuterRef("pk"), state=SCHEDULED, not_before__gt=now
    )
    first = Subquery(items.order_by("not_before").values("not_before")[:1])
    rows = Queue.objects.filter(code__in=list(queues)).annotate(next_at=first).order_by()
    times = [at for at in rows.values_list("next_at", flat=True) if at is not None]
    return min(times, default=None)


def own_item(user: Any) -> OwnItem | None:
    item = (
        WorkItem.objects.select_related("queue", "campaign")
        .filter(assignee=user, state=ACTIVE)
        .first()
    )
    if item is None:
        return None
    campaign = item.campaign.title if item.campaign else ""
    return OwnItem(item.pk, item.record_id, item.queue.title, campaign)


def _face(
    queue: Queue, counts: tuple[int, int], held: skills.Standing, now: datetime
) -> QueueFace:
    missing = [skill for skill in queue.skills.all() if skill.pk not in held.now]
    return QueueFace(queue.code, queue.title, *counts, refused(queue, missing, held, now))


def figures(campaign: Campaign, now: datetime) -> Figures:
    """What the supervisor's page of a campaign counts."""
    items = WorkItem.objects.filter(campaign=campaign)
    attempts = Attempt.objects.filter(item__campaign=campaign)
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return Figures(
        states=_counted(items, "state", STATES),
        dispositions=_counted(attempts, "disposition", [row.name for row in ALL]),
        attempts_today=attempts.filter(
            started_at__gte=midnight, started_at__lt=midnight + timedelta(days=1)
        ).count(),
        agents=items.filter(state=ACTIVE).values("assignee").distinct().count(),
    )


def _counted(rows: Any, field: str, names: Any) -> dict[str, int]:
    found = dict(rows.order_by().values_list(field).annotate(Count("pk")))
    return {name: found[name] for name in names if found.get(name)}


def beginnable(user: Any) -> list[Campaign]:
    """The open campaigns in which this person may make a new item for who calls."""
    rows = scope.campaigns(user).filter(open=True, app__open=True, app__versions__isnull=False)
    return list(rows.distinct().order_by("title")[:BEGINNABLE])
