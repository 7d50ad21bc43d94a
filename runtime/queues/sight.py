"""Which queues and campaigns a supervisor has on the board, in lists, in bulk deeds and reports: as ids, for statements that are written out.

Who sees what is said in `scope`. The board is for those who run a queue, as its campaigns and their figures are.
"""

from dataclasses import dataclass
from typing import Any

from runtime.people.roles import roles_of
from runtime.queues import scope


@dataclass(frozen=True, slots=True)
class Sight:
    """Ids of queues and campaigns. An item is seen where its queue is."""

    queues: frozenset[int] = frozenset()
    campaigns: frozenset[int] = frozenset()


def seen_by(user: Any) -> Sight:
    """What this person may see; nothing for whoever is no supervisor (any more)."""
    if "supervisor" not in roles_of(user):
        return Sight()
    queues = scope.queues(user, to_run=True).values_list("pk", flat=True)
    campaigns = scope.campaigns(user, to_run=True).values_list("pk", flat=True)
    return Sight(frozenset(queues), frozenset(campaigns))
