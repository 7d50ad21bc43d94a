"""What the policy says of an item after an attempt: everything that the pure rules want to know of it, read here."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max

from runtime.queues import numbers, policies, retry
from runtime.queues.dispositions import DISPOSITIONS, Disposition
from runtime.queues.models import Attempt, WorkItem
from runtime.queues.rules import rotation


def decide(
    row: WorkItem, kind: Disposition, at: datetime, callback_at: datetime | None = None
) -> retry.Decision:
    """The decision about an item whose attempt ended so, at `at`: every ended attempt is written by then."""
    rules = policies.rules_of(row)
    return retry.decide(rules, _ending(row, rules, kind, callback_at), past_of(row), at)


def _ending(
    row: WorkItem, rules: retry.Rules, kind: Disposition, callback_at: datetime | None
) -> retry.Ending:
    points = numbers.points_of(row) if row.party_id else []
    return retry.Ending(
        kind,
        callback_at,
        other_number=bool(rotation.next_points(points, rules.turns, rules.number_cap)),
        capped=rotation.is_capped(points, rules.number_cap),
        lifetime=0 if rules.lifetime_cap is None else lifetime_of(row),
    )


def standing(row: WorkItem, now: datetime) -> retry.Decision | None:
    """What stands in the way of trying an item that is being claimed; None where nothing does. One that was never tried, under a policy
    without caps over several items, is not looked at. A promise is kept and a person who called is called back all the same."""
    rules = policies.rules_of(row)
    with_others = _household(row, rules, now)
    if not row.attempts and rules.lifetime_cap is None:
        return with_others if with_others is None or not is_expected(row) else None
    past = past_of(row)
    found = retry.standing(rules, _ending(row, rules, DISPOSITIONS["busy"], None), past, now)
    found = found or with_others
    return None if found is None or is_expected(row) else found


def _household(row: WorkItem, rules: retry.Rules, now: datetime) -> retry.Decision | None:
    """Somebody else at the same telephone was called a moment ago: the family is left in peace for as long as the policy says."""
    if rules.household_gap is None or row.household is None:
        return None
    others = Attempt.objects.filter(item__household=row.household, ended_at__isnull=False)
    others = others.exclude(item=row).exclude(disposition="")
    last = others.aggregate(last=Max("ended_at"))["last"]
    if last is None or last + rules.household_gap <= now:
        return None
    soonest = retry.next_time(rules, past_of(row), last + rules.household_gap)
    return retry.Decision("scheduled", "household", soonest)


def is_expected(row: WorkItem) -> bool:
    """Whether somebody expects this call: it was promised, or they called and reached nobody."""
    last = row.events.filter(event__in=("called", "disposed")).order_by("-pk").first()
    return last is not None and (last.event == "called" or last.data.get("reason") == "callback")


def past_of(row: WorkItem) -> Sequence[retry.Past]:
    """The attempts of an item that ended with a word on how, oldest first."""
    ended = Attempt.objects.filter(item=row, ended_at__isnull=False).exclude(disposition="")
    rows = ended.order_by("started_at", "pk")
    told = rows.values_list("started_at", "disposition", "contact_point")
    return [retry.Past(at, disposition, point) for at, disposition, point in told]


def lifetime_of(row: WorkItem) -> int:
    """How often the item's party was tried, in all campaigns together."""
    if row.party_id is None:
        return len(past_of(row))
    ended = Attempt.objects.filter(item__party=row.party_id, ended_at__isnull=False)
    return ended.exclude(disposition="").count()
