"""Keeping the facts: the only writer of `KeptDay` and `KeptEnding`.

A day that goes on grows by what came since, a minute behind the clock, so that what is still being committed is not missed; a day that is
over is counted once more from all of its events, and closed. Days from before facts were kept are closed one after the other. Counting
reads in bounded memory and holds no lock; only what it found is written in a transaction, unless another worker was faster.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from runtime.queues.fact_rows import steps_between
from runtime.queues.facts import counts, presence
from runtime.queues.kept import KeptDay, KeptEnding
from runtime.queues.models import WorkItem, WorkItemEvent
from runtime.records.models import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

BEHIND = timedelta(minutes=1)
CLOSES_AFTER = timedelta(minutes=10)  # after midnight
CLOSED_AT_ONCE = 3
CHUNK = 5000


@dataclass(slots=True)
class Counted:
    """What a span of time adds: counts by campaign, and the agents' time."""

    campaigns: dict[int, counts.Counts] = field(default_factory=dict)
    agents: presence.Agents = field(default_factory=dict)


def keep(*, now: datetime) -> int:
    """Keeps what happened up to a minute ago; how many days were closed. Harmless when two do it at once."""
    zone = timezone.get_default_timezone()
    today = now.astimezone(zone).date()
    closed = 0
    while closed < CLOSED_AT_ONCE:
        day = _next_to_close(zone)
        if day is None or day >= today or now < midnight(day, 1, zone) + CLOSES_AFTER:
            break
        _close(day, zone)
        closed += 1
    _grow(today, zone, now - BEHIND)
    return closed


def midnight(day: date, later: int, zone: tzinfo) -> datetime:
    """The beginning of a day, so many days later."""
    return datetime.combine(day + timedelta(days=later), time(0), zone)


def _next_to_close(zone: tzinfo) -> date | None:
    """The day after the last closed one; the first day anything happened, at the beginning."""
    last = KeptDay.objects.filter(campaign=None, closed=True).order_by("-day").first()
    if last is not None:
        return last.day + timedelta(days=1)
    first = WorkItemEvent.objects.order_by("at").values_list("at", flat=True).first()
    return first.astimezone(zone).date() if first is not None else None


def _close(day: date, zone: tzinfo) -> None:
    since, until = midnight(day, 0, zone), midnight(day, 1, zone)
    found = count(since, until, zone)
    with transaction.atomic():
        KeptDay.objects.filter(day=day).delete()
        _write(day, found, until, closed=True)


def _grow(day: date, zone: tzinfo, until: datetime) -> None:
    """The day that goes on, with what came since it was last looked at."""
    kept = KeptDay.objects.filter(campaign=None, day=day).first()
    since = kept.until if kept else midnight(day, 0, zone)
    if until <= since:
        return
    found = count(since, until, zone)
    with transaction.atomic():
        if kept is not None:
            rows = KeptDay.objects.filter(pk=kept.pk, until=since, closed=False)
            if not rows.update(until=until):
                return  # another worker was faster
            _add(day, found)
        _write(day, found, until, closed=False)


def count(since: datetime, until: datetime, zone: tzinfo) -> Counted:
    """What happened from `since` on and before `until`."""
    found, several = Counted(), defaultdict(list)
    for campaign, step in steps_between(since, until):
        several[campaign].append(step)
        if len(several[campaign]) >= CHUNK:
            _count(found, campaign, several.pop(campaign), zone)
    for campaign, steps in several.items():
        _count(found, campaign, steps, zone)
    return found


def _count(found: Counted, campaign: int, steps: list, zone: tzinfo) -> None:
    if campaign != presence.NO_CAMPAIGN:
        before = found.campaigns.get(campaign, {})
        found.campaigns[campaign] = counts.fold_all(before, steps, zone)
    held = (presence.held_of(step, campaign) for step in steps)
    found.agents = presence.fold_all(found.agents, (one for one in held if one is not None))


def _add(day: date, found: Counted) -> None:
    """What is kept of the day is added to what was found."""
    for row in KeptDay.objects.filter(day=day, campaign__in=found.campaigns):
        here = row.campaign_id
        found.campaigns[here] = counts.plus(counts.load(row.facts), found.campaigns[here])
    house = KeptDay.objects.get(day=day, campaign=None)
    found.agents = presence.plus(presence.load(house.facts), found.agents)


def _write(day: date, found: Counted, until: datetime, *, closed: bool) -> None:
    for campaign, counted in found.campaigns.items():
        told = {"facts": counts.dump(counted), "until": until, "closed": closed}
        KeptDay.objects.update_or_create(campaign_id=campaign, day=day, defaults=told)
    told = {"facts": presence.dump(found.agents), "until": until, "closed": closed}
    KeptDay.objects.update_or_create(campaign=None, day=day, defaults=told)


def keep_ending(*, record: Record, language: str, outcome: str, day: date) -> bool:
    """Notes the end of a campaign's record, so that it leads back to nobody; False where it is of no campaign."""
    items: Iterable[int | None] = WorkItem.objects.filter(record=record).values_list(
        "campaign", flat=True
    )
    campaign = next((one for one in items if one is not None), None)
    if campaign is None:
        return False
    KeptEnding.objects.create(
        campaign_id=campaign,
        version=record.version.number,
        language=language,
        outcome=outcome,
        day=day,
    )
    return True
