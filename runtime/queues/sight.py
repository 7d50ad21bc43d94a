"""Which queues and campaigns a person may see on the board, in lists, in bulk deeds and reports. Asked in one place, so that what
narrows it (a call centre sees its own) is put in here and nowhere else."""

from dataclasses import dataclass
from typing import Any

from runtime.people.roles import roles_of
from runtime.queues.models import Campaign, Queue


@dataclass(frozen=True, slots=True)
class Sight:
    """Ids of queues and campaigns. An item is seen where its queue is."""

    queues: frozenset[int] = frozenset()
    campaigns: frozenset[int] = frozenset()


def seen_by(user: Any) -> Sight:
    """What this person may see; nothing for whoever is no supervisor (any more)."""
    if "supervisor" not in roles_of(user):
        return Sight()
    queues = frozenset(Queue.objects.values_list("pk", flat=True))
    campaigns = Campaign.objects.filter(queue__in=queues).values_list("pk", flat=True)
    return Sight(queues, frozenset(campaigns))
