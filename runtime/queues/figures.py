"""A campaign's figures for a span of days, read from what is kept by day: as quick for a million items as for ten."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from runtime.queues.facts import counts, presence, readings
from runtime.queues.kept import KeptDay, KeptEnding
from runtime.queues.models import Campaign

DAYS_AT_MOST = 92


@dataclass(frozen=True, slots=True)
class Worked:
    """One agent on one day: in seconds; `here` of the time with items was for this campaign."""

    agent: int
    day: date
    items: int
    here: int
    on_items: int
    wrap_up: int
    idle: int

    @property
    def idle_share(self) -> float:
        return self.idle / max(1, self.on_items + self.wrap_up + self.idle)


@dataclass(frozen=True, slots=True)
class Ended:
    """How many records ended so, in a version and a language."""

    version: int
    language: str
    outcome: str
    many: int


@dataclass(frozen=True, slots=True)
class Span:
    """Everything a page shows of a span; `until` is up to when it was counted, None where nothing was yet."""

    counted: counts.Counts
    days: Mapping[date, counts.Counts]
    agents: tuple[Worked, ...]
    idle_share: float | None
    ended: tuple[Ended, ...]
    ageing: tuple[tuple[str, int], ...]
    until: datetime | None


def of_campaign(campaign: Campaign, first: date, last: date) -> Span:
    """From the first day to the last, both in it."""
    rows = KeptDay.objects.filter(day__gte=first, day__lte=last).order_by("day")
    days = {row.day: counts.load(row.facts) for row in rows.filter(campaign=campaign)}
    house = {row.day: presence.load(row.facts) for row in rows.filter(campaign=None)}
    agents = {day: _here(campaign.pk, found) for day, found in house.items()}
    newest = KeptDay.objects.filter(campaign=None).order_by("-day").first()
    return Span(
        counted=counts.plus(*days.values()),
        days=days,
        agents=tuple(
            _worked(campaign.pk, day, agent, one)
            for day, found in agents.items()
            for agent, one in sorted(found.items())
        ),
        idle_share=_idle_share(agents),
        ended=_ended(campaign, first, last),
        ageing=tuple(readings.ageing(open_by_day(campaign.pk, last), last)),
        until=newest.until if newest else None,
    )


def _here(campaign: int, agents: presence.Agents) -> presence.Agents:
    """Those who worked in this campaign; with their whole day, for who waits does not wait for one campaign."""
    return {agent: one for agent, one in agents.items() if campaign in one.busy}


def _worked(campaign: int, day: date, agent: int, one: presence.Worked) -> Worked:
    here, idle = one.busy.get(campaign, 0), one.idle_seconds
    return Worked(agent, day, one.items, here, one.item_seconds, one.wrap_up, idle)


def _idle_share(days: Mapping[date, presence.Agents]) -> float | None:
    every = [one for agents in days.values() for one in agents.values()]
    present = sum(one.present_seconds for one in every)
    return sum(one.idle_seconds for one in every) / present if present else None


def _ended(campaign: Campaign, first: date, last: date) -> tuple[Ended, ...]:
    """Counted by the database: to fold one after the other would be the same sum."""
    rows = KeptEnding.objects.filter(campaign=campaign, day__gte=first, day__lte=last)
    told = rows.values_list("version", "language", "outcome").annotate(many=Count("pk"))
    return tuple(Ended(*row) for row in told.order_by("-version", "language", "outcome"))


def open_by_day(campaign: int, last: date) -> counts.Counts:
    """How many items are open, by the day they were made, at the end of a day: of all days up to it."""
    found: Counter[counts.Key] = Counter()
    rows = KeptDay.objects.filter(campaign=campaign, day__lte=last)
    for facts in rows.values_list("facts", flat=True).iterator(chunk_size=50):
        for kind, *rest in facts:
            if kind == "open":
                found[kind, rest[0]] += rest[1]
    return found
