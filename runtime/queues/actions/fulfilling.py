"""An item that its person fulfils: they fill its script by themselves, as a public form."""

from django.db import transaction

from runtime.queues.actions import beginning
from runtime.queues.actions.holding import held
from runtime.queues.models import WorkItem
from runtime.queues.states import ACTIVE, RESOLVED, WITHDRAWN
from runtime.records.models import Record


def in_agents_hands(record: Record) -> bool:
    """Whether somebody is calling about this record now: what its person sends then waits until the call has ended."""
    return WorkItem.objects.filter(record=record, state=ACTIVE).exists()


@transaction.atomic
def record_to_fill(*, item: WorkItem) -> Record | None:
    """The record of the item, for its person: begun now where nobody called yet. None where nothing is wanted of them any more.

    The item stays where it is; it may still be claimed. Raises `NoVersion` and `Erased` as a claim does."""
    row = held(item.pk)
    if row.state == WITHDRAWN:
        return None
    if row.state == RESOLVED:
        return row.record
    try:
        return beginning.record_of(row, None)
    except beginning.sealed.SubjectDestroyed:
        raise beginning.Erased(row.pk) from None
