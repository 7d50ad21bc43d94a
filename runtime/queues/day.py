"""One day of a queue or a campaign, for the report: from what is kept by day alone, as quick for a million items as for ten."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from runtime.queues import figures
from runtime.queues.board import Scope
from runtime.queues.facts import counts, presence, readings
from runtime.queues.facts.counts import Counts
from runtime.queues.kept import KeptDay
from runtime.queues.states import EXHAUSTED, RESOLVED, WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Agent:
    """One agent's day: in seconds; `here` of the time with items was for this scope."""

    agent: int
    items: int
    here: int
    wrap_up: int
    idle: int
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Day:
    """Everything the report says; `until` is up to when it was counted, None where nothing was."""

    counted: Counts
    agents: tuple[Agent, ...]
    ageing: tuple[tuple[str, int], ...]
    until: datetime | None
    closed: bool

    @property
    def came(self) -> list[tuple[str, int]]:
        """(code, how many) of what came in."""
        return [
            ("made", readings.total(self.counted, "made")),
            ("taken_up", readings.total(self.counted, "taken_up")),
        ]

    @property
    def went(self) -> list[tuple[str, int]]:
        """(state, how many) of what ended."""
        ended = readings.by_part(self.counted, "ended", 1)
        return [(state, ended[state]) for state in (RESOLVED, EXHAUSTED, WITHDRAWN)]

    @property
    def results(self) -> list[tuple[str, int]]:
        """(disposition, attempts), the most first."""
        found = readings.by_part(self.counted, "tries", 3)
        return [(str(name), many) for name, many in found.most_common() if many]

    @property
    def hours(self) -> list[tuple[int, int, int]]:
        return readings.attempts_by_hour(self.counted)


def of(scope: Scope, day: date) -> Day:
    rows = KeptDay.objects.filter(day=day)
    own = [counts.load(facts) for facts in _facts(rows.filter(campaign__in=scope.campaigns))]
    house = rows.filter(campaign=None).first()
    agents = presence.load(house.facts) if house else {}
    return Day(
        counted=counts.plus(*own),
        agents=tuple(_agents(scope, agents)),
        ageing=_ageing(scope, day),
        until=house.until if house else None,
        closed=bool(house and house.closed),
    )


def _facts(rows: object) -> list[list]:
    return list(rows.values_list("facts", flat=True))  # type: ignore[attr-defined]


def _agents(scope: Scope, agents: presence.Agents) -> list[Agent]:
    found = []
    for agent, one in sorted(agents.items()):
        here = sum(one.busy.get(campaign, 0) for campaign in scope.campaigns)
        if one.stretches and one.busy.keys() & set(scope.campaigns):
            since, until = one.stretches[0][0], one.stretches[-1][1]
            found.append(
                Agent(agent, one.items, here, one.wrap_up, one.idle_seconds, since, until)
            )
    return found


def _ageing(scope: Scope, day: date) -> tuple[tuple[str, int], ...]:
    """Open items at the end of the day by their age."""
    standing: Mapping = counts.plus(*[figures.open_by_day(one, day) for one in scope.campaigns])
    return tuple(readings.ageing(standing, day))
