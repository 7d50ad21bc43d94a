"""An agent's day, from what they did with items.

Nothing tells when somebody signs in or goes for lunch: a login is no presence, and heartbeats only lengthen the lease. So presence is derived:
who had items with no more than `AWAY` between them was there all the while (idle between them); a longer gap was away. A stretch is
such a while. Stretches are joined in any order to the same result, so that they can be kept and added to.

An item that was taken back (its holder fell silent) counts until the last sign: its claim, or the dialling.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from runtime.queues.facts.lives import LETS_GO, Step

AWAY = timedelta(minutes=30)
NO_CAMPAIGN = 0

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Held:
    """An item in an agent's hands: since when, until when, and how much of it after hanging up."""

    agent: int
    since: datetime
    until: datetime
    wrap_up: int = 0
    campaign: int = NO_CAMPAIGN


@dataclass(frozen=True, slots=True)
class Worked:
    """What one agent did: stretches of presence, seconds with items by campaign, wrap-up among them, how many items."""

    stretches: tuple[Span, ...] = ()
    busy: Mapping[int, int] = field(default_factory=dict)
    wrap_up: int = 0
    items: int = 0

    @property
    def busy_seconds(self) -> int:
        return sum(self.busy.values())

    @property
    def present_seconds(self) -> int:
        return sum(_length(span) for span in self.stretches)

    @property
    def idle_seconds(self) -> int:
        return max(0, self.present_seconds - self.busy_seconds)

    @property
    def item_seconds(self) -> int:
        return max(0, self.busy_seconds - self.wrap_up)


Agents = Mapping[int, Worked]


def held_of(step: Step, campaign: int = NO_CAMPAIGN) -> Held | None:
    """What was in somebody's hands until this step; None where it was in nobody's."""
    before, event = step.before, step.event
    if before.holder is None or before.claimed is None or event.event not in LETS_GO:
        return None
    until = before.sign if event.event == "expired" else event.at
    until = max(before.claimed, until or before.claimed)
    told = step.attempt.wrap_up_seconds if step.attempt else None
    wrap_up = min(told or 0, _length((before.claimed, until)))
    return Held(before.holder, before.claimed, until, wrap_up, campaign)


def fold(agents: Agents, held: Held) -> Agents:
    return fold_all(agents, [held])


def fold_all(agents: Agents, several: Iterable[Held]) -> Agents:
    """The agents' time with what they had in hands besides; what was given stays as it is."""
    found = dict(agents)
    for held in several:
        found[held.agent] = _with(found.get(held.agent, Worked()), held)
    return found


def _with(worked: Worked, held: Held) -> Worked:
    span = (held.since, held.until)
    busy = Counter(dict(worked.busy))
    busy[held.campaign] += _length(span)
    wrap_up = worked.wrap_up + held.wrap_up
    return Worked(joined([*worked.stretches, span]), busy, wrap_up, worked.items + 1)


def plus(one: Agents, other: Agents) -> Agents:
    """The agents' time of two spans together."""
    found = dict(one)
    for agent, worked in other.items():
        known = found.get(agent, Worked())
        busy = Counter(dict(known.busy))
        busy.update(worked.busy)
        found[agent] = Worked(
            joined([*known.stretches, *worked.stretches]),
            busy,
            known.wrap_up + worked.wrap_up,
            known.items + worked.items,
        )
    return found


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same presence as few stretches, in order."""
    found: list[Span] = []
    for since, until in sorted(spans):
        if found and since - found[-1][1] <= AWAY:
            found[-1] = (found[-1][0], max(found[-1][1], until))
        else:
            found.append((since, until))
    return tuple(found)


def idle_share(agents: Agents) -> float | None:
    """How much of their presence the agents had no item; None where nobody was there."""
    present = sum(one.present_seconds for one in agents.values())
    return sum(one.idle_seconds for one in agents.values()) / present if present else None


def pause_seconds(days: Iterable[Agents]) -> float | None:
    """The usual pause between two items, of several days: the middle one of the agents' own; None where nobody had two."""
    pauses = [
        one.idle_seconds / (one.items - len(one.stretches))
        for agents in days
        for one in agents.values()
        if one.items > len(one.stretches)
    ]
    return median(pauses) if pauses else None


def away_minutes(days: Iterable[Agents]) -> float | None:
    """The usual time an agent is away between the first and the last item of a day."""
    away = [
        _length((one.stretches[0][0], one.stretches[-1][1])) - one.present_seconds
        for agents in days
        for one in agents.values()
        if one.stretches
    ]
    return median(away) / 60 if away else None


def dump(agents: Agents) -> list[dict[str, Any]]:
    return [
        {
            "agent": agent,
            "stretches": [
                [since.isoformat(), until.isoformat()] for since, until in one.stretches
            ],
            "busy": sorted(one.busy.items()),
            "wrap_up": one.wrap_up,
            "items": one.items,
        }
        for agent, one in sorted(agents.items())
    ]


def load(kept: Iterable[Mapping[str, Any]]) -> Agents:
    return {
        row["agent"]: Worked(
            tuple(
                (datetime.fromisoformat(since), datetime.fromisoformat(until))
                for since, until in row["stretches"]
            ),
            dict(row["busy"]),
            row["wrap_up"],
            row["items"],
        )
        for row in kept
    }


def _length(span: Span) -> int:
    return max(0, round((span[1] - span[0]).total_seconds()))
