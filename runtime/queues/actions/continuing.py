"""Taking up an open record outside a claim, as when the person calls back."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from runtime.queues.models import WorkItem
from runtime.queues.states import ACTIVE, TERMINAL
from runtime.records import actions as records
from runtime.records.models import Record


@transaction.atomic
def continue_record(*, record: Record, by: AbstractBaseUser) -> bool:
    """Opens a sitting at the record; False when it is closed, or another agent is working on its item.

    The item is locked for the question: a claim that comes between would not see the sitting, which it has to end."""
    open_items = WorkItem.objects.filter(record=record).exclude(state__in=TERMINAL)
    for item in open_items.select_for_update():
        if item.state == ACTIVE and item.assignee_id != by.pk:
            return False
    record.refresh_from_db(fields=["closed_at"])
    if record.closed_at is not None:
        return False
    records.open_session(record=record, by=by, kind="agent", purpose="call back")
    return True
