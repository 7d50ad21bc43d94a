"""Taking an item back from its holder: used by release, dispose, expiry and withdrawal."""

from datetime import datetime

from runtime.queues.models import Attempt, WorkItem
from runtime.records import actions as records


def let_go(item: WorkItem, *, state: str, reason: str) -> None:
    """The item leaves its holder for `state`, and the sessions at its record end."""
    item.state = state
    item.assignee = None
    item.calling = None
    item.lease_until = None
    item.save()
    if item.record is not None:
        records.end_sessions_of(record=item.record, reason=reason)


def end_attempt(item: WorkItem, *, at: datetime, disposition: str) -> bool:
    """Ends the attempt under way; False when there is none."""
    ended = Attempt.objects.filter(item=item, ended_at=None).update(
        ended_at=at, disposition=disposition
    )
    return ended > 0
