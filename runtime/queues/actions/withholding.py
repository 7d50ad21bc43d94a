"""Who is not to be contacted is not called, nor who lives with somebody that was reached where one call serves them all: asked at the
very moment of a claim, so that an item that was made before finds out; and, where somebody is barred, of what waits for them, so that no
board counts on it."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from runtime.outbox.models import Effect
from runtime.parties import barring
from runtime.parties.models import ContactPoint
from runtime.queues import policies
from runtime.queues.actions import ordering
from runtime.queues.actions.events import append
from runtime.queues.actions.holding import held, let_go
from runtime.queues.deeds import IDLE
from runtime.queues.models import WorkItem
from runtime.queues.states import RESOLVED, SCHEDULED, WITHDRAWN

REASON, HOUSEHOLD = "do_not_contact", "household"
BY_TELEPHONE = "call_order"
SOON = timedelta(minutes=1)
EFFECT, AT_ONCE = "withhold_barred", 200


def withhold(row: WorkItem, *, by: AbstractBaseUser | None, now: datetime) -> bool:
    """A claimed item whose person may not be contacted, or at no number, waits until they may, or is withdrawn; False where they may."""
    party = row.party
    if party is None:
        return False
    if party.do_not_contact:
        _put_aside(row, barring.until(party), by, now)
        return True
    points = _closed_numbers(row) if row.kind == BY_TELEPHONE else []
    if points:
        _put_aside(row, barring.until(party, points), by, now)
    elif _is_served(row):
        let_go(row, state=WITHDRAWN, reason="withdrawn")
        append(row, "withdrawn", by=by, at=now, reason=HOUSEHOLD)
    else:
        return False
    return True


def withhold_barred(arguments: dict[str, Any], _effect: Effect) -> None:
    """What waits for people who were barred."""
    waiting = WorkItem.objects.filter(party__in=arguments["parties"], state__in=IDLE)
    for pk in waiting.order_by("pk").values_list("pk", flat=True):
        row = held(pk)
        if row.state in IDLE:
            withhold(row, by=None, now=timezone.now())


def _is_served(row: WorkItem) -> bool:
    """Whether somebody of the household was reached, and that is enough."""
    if row.household is None or not policies.rules_of(row).household_once:
        return False
    others = WorkItem.objects.filter(campaign=row.campaign_id, household=row.household)
    return others.exclude(pk=row.pk).filter(state=RESOLVED, outcome="reached").exists()


def _closed_numbers(row: WorkItem) -> list[ContactPoint]:
    """The numbers that would do but for a bar, where no other would."""
    phones = ContactPoint.objects.filter(party=row.party_id, kind="phone")
    points = list(phones.exclude(status="wrong").exclude(sealed=b""))
    return points if all(point.do_not_contact for point in points) else []


def _put_aside(
    row: WorkItem, until: datetime | None, by: AbstractBaseUser | None, now: datetime
) -> None:
    if until is None:
        let_go(row, state=WITHDRAWN, reason="withdrawn")
        append(row, "withdrawn", by=by, at=now, reason=REASON)
        return
    row.not_before = until = max(until, now + SOON)  # the worker lifts it within a minute
    ordering.place(row)
    let_go(row, state=SCHEDULED, reason="disposed")
    append(row, "postponed", by=by, at=now, not_before=until.isoformat(), reason=REASON)
