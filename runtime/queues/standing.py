"""What is still to do about people: for a list of parties at once. No names."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from runtime.queues.models import WorkItem
from runtime.queues.states import TERMINAL

MOST = 2000


@dataclass(frozen=True)
class ToDo:
    """An open work item: in which queue, under which title, in which state."""

    queue: str
    title: str
    state: str


def open_items_about(
    parties: Collection[UUID], among: QuerySet[WorkItem] | None = None
) -> dict[UUID, list[ToDo]]:
    """The open work items about each of these, among those one may see, the soonest first."""
    every = WorkItem.objects.all() if among is None else among
    rows = every.filter(party__in=parties).exclude(state__in=TERMINAL)
    rows = rows.select_related("queue", "campaign").order_by("not_before", "pk")
    found: dict[UUID, list[ToDo]] = defaultdict(list)
    for row in rows.only("party", "state", "queue", "campaign", "not_before")[:MOST]:
        title = row.campaign.title if row.campaign else row.queue.title
        found[row.party_id].append(ToDo(row.queue.code, title, row.state))
    return found
