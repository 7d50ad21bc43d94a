"""What telephone calls do to items: an attempt knows its call, and who calls is taken up where the item stands."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction

from runtime.parties.models import Party
from runtime.queues import policies, priority
from runtime.queues.actions import beginning, ordering, skills
from runtime.queues.actions.events import append
from runtime.queues.actions.holding import held
from runtime.queues.actions.items import create_item
from runtime.queues.claimed import Claimed, Refused
from runtime.queues.models import Attempt, Campaign, WorkItem
from runtime.queues.states import ACTIVE, READY, SCHEDULED, TERMINAL


@dataclass(frozen=True, slots=True)
class CallTimes:
    """A call as the telephone system told it: its id with the provider's code, `in` or `out`, and its moments."""

    provider_call: str
    direction: str
    rang_at: datetime
    connected_at: datetime | None = None
    hung_up_at: datetime | None = None


def mark_call(*, attempt: Attempt, times: CallTimes) -> bool:
    """The attempt was made by this call. The first call of an attempt stays; False when it has another one."""
    row = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if row.provider_call not in ("", times.provider_call):
        return False
    row.provider_call, row.direction = times.provider_call, times.direction
    row.rang_at, row.connected_at = times.rang_at, times.connected_at
    row.hung_up_at = times.hung_up_at
    row.save(update_fields=["provider_call", "direction", "rang_at", "connected_at", "hung_up_at"])
    return True


@transaction.atomic
def item_for_caller(*, campaign: Campaign, party: Party, by: AbstractBaseUser) -> WorkItem:
    """The open item of who calls in the campaign's queue, whichever campaign it is of; a new one only where there is none.

    The party is held for the question, so that two agents at once make one. Raises `CampaignClosed`."""
    Party.objects.select_for_update(no_key=True).get(pk=party.pk)
    items = WorkItem.objects.filter(party=party)
    in_queue = items.filter(queue=campaign.queue_id).exclude(state__in=TERMINAL)
    found = in_queue.order_by("not_before", "pk").first()
    if found is not None:
        return found
    before = items.filter(campaign=campaign).count()
    key = (
        f"called:{party.pk}:{before}" if before else None
    )  # the first one is the one a list would make
    made, _new = create_item(campaign=campaign, party=party, by=by, dedupe_key=key)
    return made


def take_up(*, item: WorkItem, by: AbstractBaseUser, now: datetime) -> Claimed | Refused:
    """This very item, because its person is on the line: the same item and record go on, whatever hour its queue keeps.

    Refused while the agent holds another one, while another agent works for this person, or without the queue's skill."""
    try:
        with transaction.atomic():
            row = _taken(item, by, now)
            if isinstance(row, Refused):
                return row
            return beginning.begin(row, by=by, resumed=row.assignee_id == item.assignee_id)
    except IntegrityError:  # another item of this person, or of this agent, is active
        return Refused("elsewhere")
    except (beginning.NoVersion, beginning.Erased):
        return Refused("no_version")


def _taken(item: WorkItem, by: AbstractBaseUser, now: datetime) -> WorkItem | Refused:
    row = held(item.pk)
    if row.state in TERMINAL:
        return Refused("empty")
    if row.state == ACTIVE and row.assignee_id != by.pk:
        return Refused("elsewhere")
    missing = skills.missing_skills(person=by, queue=row.queue)
    if missing:
        return Refused("skill", skill=missing[0].title)
    row.lease_until = now + policies.rules_of(row).lease
    if row.state != ACTIVE:
        row.state, row.assignee_id, row.fence = ACTIVE, by.pk, row.fence + 1
        row.reserved_for = row.reserved_until = None
        row.save()
        append(row, "claimed", by=by, at=now, fence=row.fence, called=True)
    else:
        row.save(update_fields=["lease_until"])
    return row


@transaction.atomic
def call_was_missed(*, item: WorkItem, now: datetime, provider_call: str) -> bool:
    """The item's person called and reached nobody: it is called back as soon as somebody is free, before what is new.

    The same item; False when it has ended, and when somebody works on it, who is told by its history alone."""
    row = WorkItem.objects.select_for_update().get(pk=item.pk)
    if row.state in TERMINAL:
        return False
    append(row, "called", by=None, at=now, call=provider_call)
    if row.state not in {READY, SCHEDULED}:
        return False
    row.lane, row.not_before = priority.PRIORITY_LANE, min(row.not_before, now)
    row.state = READY
    ordering.place(row)
    row.reserved_for = row.reserved_until = None
    row.save()
    return True
