"""Who is at work now, and at what: read from the items in people's hands, their attempts, and what the facts know of today.

Nothing tells when somebody signs in (decision 77): who had an item within the last half hour is there, and idle since its end.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Max
from django.utils import timezone

from runtime.queues.board import Scope
from runtime.queues.facts import presence
from runtime.queues.kept import KeptDay
from runtime.queues.models import Attempt, WorkItem, WorkItemEvent
from runtime.queues.states import ACTIVE

TALKING: Final = "talking"  # the telephone says that both speak
CALLING: Final = "calling"  # dialled; no telephone told what became of it
WRAPPING: Final = "wrapping"  # hung up, and not ended yet
READING: Final = "reading"  # has the item and did not dial
IDLE: Final = "idle"
DOINGS: Final = (TALKING, CALLING, WRAPPING, READING, IDLE)
OWN = ("disposed", "released")  # by whoever had the item
BEHIND = timedelta(minutes=3)  # what the facts may not have counted yet


@dataclass(frozen=True, slots=True)
class AtWork:
    """One agent: what they do and since when (None: nobody knows)."""

    agent: int
    doing: str
    since: datetime | None
    queue: int | None = None
    campaign: int | None = None
    item: Any = None


def at_work(scope: Scope, now: datetime) -> list[AtWork]:
    """Everybody, by what they do, the longest first."""
    busy = _busy(scope)
    elsewhere = {one.agent for one in busy}
    idle = [
        AtWork(agent, IDLE, since)
        for agent, since in _free(scope, now).items()
        if agent not in elsewhere and now - since <= presence.AWAY
    ]
    idle = _without_others(idle)
    return sorted(
        [*busy, *idle], key=lambda one: (DOINGS.index(one.doing), one.since or now, one.agent)
    )


def _without_others(idle: list[AtWork]) -> list[AtWork]:
    """Who has an item of another queue in hand is not idle."""
    held = set(WorkItem.objects.filter(state=ACTIVE).values_list("assignee", flat=True))
    return [one for one in idle if one.agent not in held]


def _busy(scope: Scope) -> list[AtWork]:
    rows = WorkItem.objects.filter(scope.items, state=ACTIVE, assignee__isnull=False)
    items = list(rows.values_list("pk", "assignee", "queue", "campaign"))
    open_tries = Attempt.objects.filter(item__in=rows.values("pk"), ended_at=None)
    tries = {
        item: told
        for item, *told in open_tries.values_list(
            "item", "started_at", "connected_at", "hung_up_at"
        )
    }
    claims = _claimed([pk for pk, *_more in items if pk not in tries])
    found = []
    for pk, agent, queue, campaign in items:
        doing, since = _doing(*tries[pk]) if pk in tries else (READING, claims.get(pk))
        found.append(AtWork(agent, doing, since, queue, campaign, pk))
    return found


def _doing(
    started: datetime, connected: datetime | None, hung_up: datetime | None
) -> tuple[str, datetime]:
    if hung_up is not None:
        return WRAPPING, hung_up
    return (TALKING, connected) if connected is not None else (CALLING, started)


def _claimed(items: Iterable[Any]) -> dict[Any, datetime]:
    """Since when each is in somebody's hands."""
    events = WorkItemEvent.objects.filter(item__in=list(items), event="claimed").order_by()
    return dict(events.values_list("item").annotate(Max("at")))


def _free(scope: Scope, now: datetime) -> dict[int, datetime]:
    """When each agent's last item of this scope left their hands, today."""
    row = KeptDay.objects.filter(campaign=None, day=timezone.localdate(now)).first()
    agents = presence.load(row.facts) if row else {}
    wanted = set(scope.campaigns)
    found = {
        agent: one.stretches[-1][1]
        for agent, one in agents.items()
        if one.stretches and (wanted & one.busy.keys())
    }
    newer = WorkItemEvent.objects.filter(at__gte=now - BEHIND, event__in=OWN, by__isnull=False)
    mine = newer.filter(item__campaign__in=scope.campaigns).exclude(data__has_key="bulk")
    for agent, at in mine.order_by().values_list("by").annotate(Max("at")):
        found[agent] = max(at, found.get(agent, at))
    return found
