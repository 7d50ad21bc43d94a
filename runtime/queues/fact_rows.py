"""Reading events and attempts for the facts, in bounded memory: the items of a span in batches, each with its whole life.

The ids of the items come from the database one after the other (a server-side cursor on PostgreSQL); what is read of them lies in memory
for one batch. No count is made in SQL: one fold says it.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from runtime.queues.facts.lives import Step, steps
from runtime.queues.facts.presence import NO_CAMPAIGN
from runtime.queues.facts.told import Event, Try, read_event, read_try
from runtime.queues.models import Attempt, WorkItem, WorkItemEvent

BATCH = 400  # items; an `IN` of SQLite takes some hundreds
EVENT = ("item_id", "event", "at", "by_id", "data")
TRY = (
    *("item_id", "agent_id", "started_at", "ended_at", "disposition"),
    *("provider_call", "rang_at", "connected_at", "hung_up_at"),
)


def steps_between(
    since: datetime, until: datetime, campaign: int | None = None
) -> Iterator[tuple[int, Step]]:
    """(campaign, step) of every event from `since` on and before `until`; of one campaign, or of all. Item by item."""
    events = WorkItemEvent.objects.filter(at__gte=since, at__lt=until)
    if campaign is not None:
        events = events.filter(item__campaign=campaign)
    touched = events.order_by().values_list("item_id", flat=True).distinct()
    ids = touched.iterator(chunk_size=BATCH)
    while batch := list(islice(ids, BATCH)):
        for where, step in _steps_of(batch, until):
            if step.event.at >= since:
                yield where, step


def steps_of(item: UUID, until: datetime) -> list[Step]:
    """The whole life of one item so far."""
    return [step for _campaign, step in _steps_of([item], until)]


def _steps_of(ids: list[UUID], until: datetime) -> Iterator[tuple[int, Step]]:
    campaigns = dict(WorkItem.objects.filter(pk__in=ids).values_list("pk", "campaign_id"))
    events: dict[UUID, list[Event]] = defaultdict(list)
    rows = WorkItemEvent.objects.filter(item__in=ids, at__lt=until).order_by("item_id", "pk")
    for row in rows.values(*EVENT):
        events[row["item_id"]].append(read_event(row))
    tries = _tries(Attempt.objects.filter(item__in=ids, ended_at__lt=until))
    for item, told in events.items():
        where = campaigns.get(item) or NO_CAMPAIGN
        yield from ((where, step) for step in steps(told, tries[item]))


def _tries(rows: QuerySet[Attempt]) -> dict[UUID, list[Try]]:
    found: dict[UUID, list[Try]] = defaultdict(list)
    row: dict[str, Any]
    for row in rows.order_by("item_id", "pk").values(*TRY):
        found[row["item_id"]].append(read_try(row))
    return found
