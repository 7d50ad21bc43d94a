"""Making and withdrawing work items."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from runtime.parties.models import Party
from runtime.queues import numbers, policies, priority, retry, sealed
from runtime.queues.actions import ordering
from runtime.queues.actions.events import append
from runtime.queues.actions.holding import end_attempt, let_go
from runtime.queues.models import Campaign, WorkItem
from runtime.queues.pairing import decided_same
from runtime.queues.states import ACTIVE, READY, SCHEDULED, TERMINAL, WITHDRAWN


class CampaignClosed(Exception):
    """The campaign takes no new items."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a new item differs from the usual: who it comes from, what is known, when it is wanted, in which language."""

    parent: WorkItem | None = None
    prefill: Mapping[str, Any] | None = None
    lane: int = priority.NORMAL_LANE
    priority: int = 0
    not_before: datetime | None = None
    due: datetime | None = None
    language: str = ""
    kind: str = "call_order"


def create_item(
    *,
    campaign: Campaign,
    party: Party | None,
    by: AbstractBaseUser | None,
    dedupe_key: str | None = None,
    wanted: Wanted | None = None,
) -> tuple[WorkItem, bool]:
    """One item a person and campaign: `(item, True)`, or the item that was there and False.

    `wanted.prefill` maps questions' names to values; it lies sealed under the party's key until the
    record starts. Raises `CampaignClosed`.
    """
    if not campaign.open:
        raise CampaignClosed(campaign.code)
    there = _of_the_same(campaign, party) if dedupe_key is None else None
    if there is not None:
        return there, False
    wanted, now = wanted or Wanted(), timezone.now()
    key = dedupe_key or (f"party:{party.pk}" if party else None)
    item = _new(campaign, party, key, wanted, now)
    if wanted.prefill and party:
        item.prefill = sealed.seal_prefill(party.pk, item.pk, wanted.prefill)
    try:
        with transaction.atomic():
            item.save(force_insert=True)
            wish = wanted.not_before
            told = {"not_before": wish.isoformat()} if wish and item.state == SCHEDULED else {}
            append(item, "created", by=by, at=now, campaign=campaign.code, **told)
    except IntegrityError:
        found = WorkItem.objects.filter(campaign=campaign, dedupe_key=key).first()
        if key is None or found is None:
            raise
        return found, False
    return item, True


def _of_the_same(campaign: Campaign, party: Party | None) -> WorkItem | None:
    """The item of somebody of whom a person decided that they are the same (`actions.pairing`)."""
    if party is None:
        return None
    others = decided_same([party.pk]).get(party.pk)
    items = WorkItem.objects.filter(campaign=campaign, party__in=others or ())
    return items.exclude(state=WITHDRAWN).first() if others else None


def _new(
    campaign: Campaign, party: Party | None, key: str | None, wanted: Wanted, now: datetime
) -> WorkItem:
    start = wanted.not_before or now
    if start > now:  # what is ready at once waits for the hours of its queue where it is claimed
        rules = policies.of_policy(campaign.policy or campaign.queue.policy)
        start = retry.next_time(rules, [], start)
    item = WorkItem(
        kind=wanted.kind,
        queue_id=campaign.queue_id,
        campaign=campaign,
        party=party,
        household=numbers.household_of(party.pk) if party else None,
        parent=wanted.parent,
        dedupe_key=key,
        lane=wanted.lane,
        priority=wanted.priority,
        state=SCHEDULED if start > now else READY,
        not_before=start,
        due=wanted.due,
        created_at=now,
    )
    ordering.place(item)
    ordering.route(item, wanted.language)
    return item


@transaction.atomic
def withdraw(*, item: WorkItem, by: AbstractBaseUser | None, reason: str) -> bool:
    """Takes an item out, whoever holds it; False when it had already ended."""
    now = timezone.now()
    held = WorkItem.objects.select_for_update().get(pk=item.pk)
    if held.state in TERMINAL:
        return False
    if held.state == ACTIVE:
        end_attempt(held, at=now, disposition="")
    let_go(held, state=WITHDRAWN, reason="withdrawn")
    append(held, "withdrawn", by=by, at=now, reason=reason)
    return True
