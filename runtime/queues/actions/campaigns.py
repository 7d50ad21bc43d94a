"""Opening and closing campaigns."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from runtime.queues.models import Campaign, WorkItem, WorkItemEvent
from runtime.queues.states import READY, SCHEDULED, WAITING, WITHDRAWN

CHUNK = 1000


def close_campaign(*, campaign: Campaign, by: AbstractBaseUser) -> int:
    """Closes a campaign and withdraws what nobody is working on; how many items.

    Claims look at `open`, so from the first statement on no item is handed out. Items being worked
    on are finished by their agents and not tried again.
    """
    campaign._history_user = by  # noqa: SLF001
    campaign.open = False
    campaign.save(update_fields=["open"])
    withdrawn = 0
    while count := _withdraw_some(campaign, by):
        withdrawn += count
    return withdrawn


def open_campaign(*, campaign: Campaign, by: AbstractBaseUser) -> None:
    """Takes new items again; what was withdrawn stays withdrawn. `by` is kept in the history."""
    campaign._history_user = by  # noqa: SLF001  (simple_history's documented way to name the actor)
    campaign.open = True
    campaign.save(update_fields=["open"])


@transaction.atomic
def _withdraw_some(campaign: Campaign, by: AbstractBaseUser) -> int:
    now = timezone.now()
    idle = WorkItem.objects.select_for_update(skip_locked=True).filter(
        campaign=campaign, state__in=(READY, SCHEDULED, WAITING)
    )
    ids = list(idle.values_list("pk", flat=True)[:CHUNK])
    WorkItem.objects.filter(pk__in=ids).update(state=WITHDRAWN, prefill=None)
    WorkItemEvent.objects.bulk_create(
        WorkItemEvent(
            item_id=pk, event="withdrawn", by=by, at=now, data={"reason": "campaign_closed"}
        )
        for pk in ids
    )
    return len(ids)
