"""The queues as one person sees them, and a campaign in figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone

from runtime.queues.actions.claims import refusal
from runtime.queues.claimed import Refused
from runtime.queues.dispositions import ALL
from runtime.queues.models import Attempt, Campaign, Queue, WorkItem
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


def queues_for(user: Any, now: datetime) -> list[QueueFace]:
    """Every queue with an open campaign, by title."""
    queues = Queue.objects.filter(campaigns__open=True).distinct().order_by("title", "pk")
    return [_face(queue, user, now) for queue in queues.select_related("policy")]


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


def _face(queue: Queue, user: Any, now: datetime) -> QueueFace:
    due = Q(state=READY) | Q(state=SCHEDULED, not_before__lte=now)
    items = WorkItem.objects.filter(due, queue=queue)
    promised = items.filter(reserved_for=user)
    free = Q(reserved_for=None) | Q(reserved_for=user) | Q(reserved_until__lte=now)
    return QueueFace(
        code=queue.code,
        title=queue.title,
        claimable=items.filter(free)[:COUNTED_AT_MOST].count(),
        promised=promised[:COUNTED_AT_MOST].count(),
        refused=refusal(queue=queue, by=user, now=now),
    )


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


def beginnable() -> list[Campaign]:
    """The open campaigns in which a new item may be made for who calls."""
    rows = Campaign.objects.filter(open=True, app__open=True, app__versions__isnull=False)
    return list(rows.distinct().order_by("title")[:BEGINNABLE])
