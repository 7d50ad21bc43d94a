"""Giving an item up, and what then is done for whom no call reached: a letter, a link, a visit, as the policy says.

It is ordered through the outbox, in the transaction that gives the item up, and carried out once: a letter of a document is the effect
`issue_document` at the item's record; an item in another campaign is made by `follow_exhausted`; a link is made where self-service lives.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser

from runtime.outbox.actions import enqueue
from runtime.outbox.handlers import Refused
from runtime.outbox.models import Effect
from runtime.queues import policies, retry
from runtime.queues.actions import ordering
from runtime.queues.actions.events import append
from runtime.queues.actions.holding import let_go
from runtime.queues.actions.items import CampaignClosed, Wanted, create_item
from runtime.queues.models import Campaign, WorkItem
from runtime.queues.states import EXHAUSTED, SCHEDULED

FOLLOW, LINK, LETTER = "follow_exhausted", "link_exhausted", "issue_document"


def put_off(
    row: WorkItem, decision: retry.Decision, *, by: AbstractBaseUser | None, now: datetime
) -> None:
    """A claimed item that may not be tried now waits again, or is given up."""
    if decision.not_before is None:
        give_up(row, reason=decision.reason, by=by, now=now)
        return
    row.not_before = decision.not_before
    ordering.place(row)
    let_go(row, state=SCHEDULED, reason="disposed")
    append(row, "postponed", by=by, at=now, not_before=row.not_before.isoformat())


def give_up(row: WorkItem, *, reason: str, by: AbstractBaseUser | None, now: datetime) -> None:
    """A locked item is exhausted without another attempt."""
    let_go(row, state=EXHAUSTED, reason="disposed")
    append(row, "exhausted", by=by, at=now, reason=reason)
    follow = policies.rules_of(row).exhausted
    if follow is not None:
        order(row, follow)


def order(row: WorkItem, follow: retry.Follow) -> None:
    """Orders what follows, once each time that the item was given up."""
    key = f"exhausted:{row.pk}:{row.fence}"
    told: dict[str, Any] = {"item": str(row.pk), "then": follow.then}
    if follow.then == "letter" and follow.document and row.record_id:
        enqueue(
            effect=LETTER,
            key=key,
            arguments={"document": follow.document},
            record=row.record_id,
        )
    elif follow.then == "sms_link":
        enqueue(effect=LINK, key=key, arguments={**told, "form": follow.form})
    else:
        enqueue(effect=FOLLOW, key=key, arguments={**told, "campaign": follow.campaign})


def follow_exhausted(arguments: dict[str, Any], effect: Effect) -> None:
    """An item about the same person in the campaign that goes on; once an item that was given up."""
    item = WorkItem.objects.filter(pk=UUID(arguments["item"])).select_related("party").first()
    campaign = Campaign.objects.filter(code=arguments.get("campaign", "")).first()
    if item is None or item.party is None:
        raise Refused("nobody", final=True)
    if campaign is None:
        raise Refused("no_campaign")
    wanted = Wanted(parent=item, language=item.language, kind=arguments["then"])
    key = f"exhausted:{item.pk}"
    try:
        create_item(campaign=campaign, party=item.party, by=None, dedupe_key=key, wanted=wanted)
    except CampaignClosed:
        raise Refused("campaign_closed") from None
