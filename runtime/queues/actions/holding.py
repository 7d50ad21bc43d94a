"""Holding an item's row; and taking an item back from its holder: used by release, dispose, expiry and withdrawal."""

from datetime import datetime
from uuid import UUID

from runtime.queues.models import Attempt, WorkItem
from runtime.records import actions as records


def held(pk: UUID) -> WorkItem:
    """The row of an item, held until the transaction ends, and what it hangs on, read once it is held: PostgreSQL joins what it read
    before it waited, and a record that was begun meanwhile would be missed."""
    rows = WorkItem.objects.select_for_update()
    return rows.prefetch_related("campaign__app", "party", "record", "queue").get(pk=pk)


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
