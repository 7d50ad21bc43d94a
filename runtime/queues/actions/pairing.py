"""People who are probably one: found by the worker after they came, decided by a person.

Two who are one stay two. What was said to one is sealed for one, under a key of their own; a link between them loses nothing and can be
taken off again. Of two items in one campaign the one that is further stays, and the other is withdrawn while nobody has begun with it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from runtime.audit.actions import log_access
from runtime.outbox.actions import enqueue
from runtime.outbox.models import Effect
from runtime.parties import store
from runtime.parties.models import Party
from runtime.queues.actions import ordering
from runtime.queues.actions.deeds import locked
from runtime.queues.actions.events import append
from runtime.queues.models import Campaign, WorkItem
from runtime.queues.pairing import Pair, PairItem
from runtime.queues.states import ACTIVE, READY, RESOLVED, SCHEDULED, WAITING, WITHDRAWN
from runtime.search.doubles import doubles_of_many
from runtime.search.entries import card_of
from runtime.vault.errors import SubjectDestroyed

EFFECT: Final = "find_doubles"
PURPOSE: Final = "doubles"
REASON: Final = "duplicate"
UNDECIDED: Final = ("open", "later")
DECISIONS: Final = ("same", "other", "later")
A_STEP: Final = 50
IDLE: Final = frozenset({READY, SCHEDULED, WAITING})
Found = list[tuple[UUID, UUID]]


def order_look(*, key: str, parties: Sequence[UUID], campaign: Campaign) -> None:
    """Lets the worker look for doubles of people who are new."""
    for start in range(0, len(parties), A_STEP):
        some = [str(pk) for pk in parties[start : start + A_STEP]]
        enqueue(
            effect=EFFECT,
            key=f"doubles:{key}:{start}",
            arguments={"parties": some, "campaign": campaign.code},
        )


def look(arguments: dict[str, Any], _effect: Effect) -> Found:
    """Who may be the same as the new ones: (new, found). One row of the log for all, for nobody sees them now."""
    ids = [UUID(one) for one in arguments["parties"]]
    log_access(by=None, deed="search", purpose=PURPOSE, detail=f"people {len(ids)}")
    today = localdate().isoformat()
    found: Found = []
    for party in Party.objects.filter(pk__in=ids):
        try:
            card = card_of(store.open_facts(party, store.facts_key(party.pk)))
        except SubjectDestroyed:
            continue
        hits = doubles_of_many(card, today=today)
        found += [(party.pk, hit.party_id) for hit in hits if hit.party_id != party.pk]
    return found


def looked(arguments: dict[str, Any], effect: Effect) -> None:
    """Keeps the pairs that are new; one that is there stands as it was decided."""
    campaign = Campaign.objects.filter(code=arguments["campaign"]).first()
    ids = {pk for pair in effect.prepared for pk in pair}
    since = dict(Party.objects.filter(pk__in=ids).values_list("pk", "created_at"))
    for pair in effect.prepared:
        if set(pair) <= set(since):
            older, newer = sorted(pair, key=lambda pk: (since[pk], str(pk)))
            Pair.objects.get_or_create(
                older_id=older,
                newer_id=newer,
                defaults={"campaign": campaign, "found_at": effect.created_at},
            )


def decide(*, pair: Pair, decision: str, by: AbstractBaseUser, now: datetime) -> bool:
    """What a person decided; False where it was decided already. `same` withdraws one of two items in each campaign."""
    if decision not in DECISIONS:
        raise ValueError("unknown decision")
    with transaction.atomic():
        row = Pair.objects.select_for_update().get(pk=pair.pk)
        if row.state not in UNDECIDED:
            return False
        row.state, row.by, row.decided_at = decision, by, now
        row.save()
        if decision == "same":
            _join_work(row, by, now)
    return True


def _join_work(pair: Pair, by: AbstractBaseUser, now: datetime) -> None:
    items = WorkItem.objects.filter(party__in=(pair.older_id, pair.newer_id))
    held = locked(list(items.exclude(campaign=None).values_list("pk", flat=True)))
    for campaign in {row.campaign_id for row in held}:
        rows = [row for row in held if row.campaign_id == campaign and row.state != WITHDRAWN]
        if len({row.party_id for row in rows}) > 1:
            rows.sort(key=lambda row: _how_far(row, pair), reverse=True)
            for row in rows[1:]:
                if row.state in IDLE and row.record_id is None:
                    _withdraw(pair, row, by, now)


def _how_far(row: WorkItem, pair: Pair) -> tuple[bool, ...]:
    """What is done, in hands, begun or tried goes before what is not; then the older one's."""
    return (
        row.state == RESOLVED,
        row.state == ACTIVE,
        row.record_id is not None,
        bool(row.attempts),
        row.party_id == pair.older_id,
    )


def _withdraw(pair: Pair, row: WorkItem, by: AbstractBaseUser, now: datetime) -> None:
    before, row.state = row.state, WITHDRAWN
    ordering.place(row)
    row.save(update_fields=["state", "aged"])
    event = append(row, "withdrawn", by=by, at=now, reason=REASON, pair=pair.pk)
    PairItem.objects.create(pair=pair, item=row, event=event, state=before)


@transaction.atomic
def undo(*, pair: Pair, by: AbstractBaseUser, now: datetime) -> int | None:
    """Takes a decision back: the pair is open again, and what it withdrew comes back unless it has gone on, or its campaign is closed.
    How many could not; None where nothing was decided."""
    row = Pair.objects.select_for_update().get(pk=pair.pk)
    if row.state == "open":
        return None
    row.state, row.by, row.decided_at = "open", by, now
    row.save()
    steps = {one.item_id: one for one in row.withdrawn.all()}
    kept = sum(not _back(item, steps[item.pk], by, now) for item in locked(list(steps)))
    row.withdrawn.all().delete()
    return kept


def _back(item: WorkItem, step: PairItem, by: AbstractBaseUser, now: datetime) -> bool:
    gone_on = item.events.filter(pk__gt=step.event_id).exists() or item.state != WITHDRAWN
    if gone_on or item.campaign is None or not item.campaign.open:
        return False
    item.state = step.state
    ordering.place(item)
    item.save(update_fields=["state", "aged"])
    append(item, "undone", by=by, at=now, undid=step.event_id, state=item.state)
    return True


def same_as(party: UUID) -> list[UUID]:
    """Those of whom somebody decided that they are this person."""
    rows = Pair.objects.filter(Q(older=party) | Q(newer=party), state="same")
    return [one for pair in rows.values_list("older", "newer") for one in pair if one != party]


def among(parties: QuerySet[Party], states: Iterable[str]) -> QuerySet[Pair]:
    """The pairs of whom both are among these people."""
    rows = Pair.objects.filter(state__in=states, older__in=parties, newer__in=parties)
    return rows.select_related("older", "newer", "campaign", "by")
