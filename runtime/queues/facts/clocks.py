"""The clocks of an item: derived from its events each time, never kept.

`first_response` runs until somebody dials for the first time, `resolve` until the item has ended. Both run while the item is ready or being
worked on, and wherever it waits for us; they pause while it waits for its time, for the person, or for somebody outside. A transfer, a
lost lease, an end that is taken back keep what has passed. Time counts within `Hours` alone: what a policy changes there, or in a
target, is computed anew from the same events.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal, Protocol

from builder.problems import gettext_noop
from runtime.queues.facts.lives import Life, Step
from runtime.queues.states import SCHEDULED, TERMINAL, WAITING

Name = Literal["first_response", "resolve"]
NAMES: tuple[Name, ...] = ("first_response", "resolve")
US = "us"
NONE = timedelta()
UNITS = (gettext_noop("d"), gettext_noop("h"), gettext_noop("min"))

# Why a clock pauses, by a code of the fold.
WAITS: Mapping[str, str] = {
    "callback": gettext_noop("the time that was promised"),
    "retry": gettext_noop("the next attempt"),
    "next_number": gettext_noop("the next attempt"),
    "party": gettext_noop("the person"),
    "partner": gettext_noop("a partner"),
    "time": gettext_noop("its time"),
}


class Hours(Protocol):
    """When time counts."""

    def between(self, since: datetime, until: datetime) -> timedelta: ...

    def after(self, since: datetime, spent: timedelta) -> datetime: ...


class Always:
    """Every hour of every day."""

    def between(self, since: datetime, until: datetime) -> timedelta:
        return max(NONE, until - since)

    def after(self, since: datetime, spent: timedelta) -> datetime:
        return since + spent


@dataclass(frozen=True, slots=True)
class Clock:
    """What a clock shows. `since` is when it began to run or to pause last; `waits` is for what it pauses, empty while it runs;
    `paused` is real time by that reason, `elapsed` time within the hours."""

    name: Name
    since: datetime | None = None
    waits: str = ""
    stopped: datetime | None = None
    elapsed: timedelta = NONE
    paused: Mapping[str, timedelta] = field(default_factory=dict)

    @property
    def paused_total(self) -> timedelta:
        return sum(self.paused.values(), NONE)


def fold(clock: Clock, step: Step, hours: Hours) -> Clock:
    """The clock after one more step."""
    after, at = step.after, step.event.at
    if after.created is None:
        return clock
    if clock.since is None and clock.stopped is None:
        clock = replace(clock, since=at)
    elif clock.stopped is None:
        clock = until(clock, at, hours)
    if _over(clock.name, after):
        return replace(clock, since=None, waits="", stopped=clock.stopped or at)
    return replace(clock, since=at, waits=_waits(clock, step, after), stopped=None)


def until(clock: Clock, now: datetime, hours: Hours) -> Clock:
    """The clock as it stands at a moment."""
    if clock.since is None or now <= clock.since:
        return clock
    if clock.waits:
        spent = clock.paused.get(clock.waits, NONE) + (now - clock.since)
        return replace(clock, since=now, paused={**clock.paused, clock.waits: spent})
    return replace(clock, since=now, elapsed=clock.elapsed + hours.between(clock.since, now))


def _over(name: Name, life: Life) -> bool:
    return life.state in TERMINAL or (name == "first_response" and life.first_try is not None)


def _waits(clock: Clock, step: Step, after: Life) -> str:
    """For what it pauses now; what changes nothing in the item's state changes no pause."""
    if after.state not in (SCHEDULED, WAITING):
        return ""
    if step.event.event != "disposed" and after.state == step.before.state:
        return clock.waits
    on = step.event.on or step.event.reason
    return "" if on == US else (on if on in WAITS else "time")


def clocks(several: Iterable[Step], hours: Hours, now: datetime) -> list[Clock]:
    """Both clocks of an item at a moment, from all of its steps."""
    told = [Clock(name) for name in NAMES]
    for step in several:
        told = [fold(clock, step, hours) for clock in told]
    return [until(clock, now, hours) for clock in told]


def due(clock: Clock, target: timedelta, hours: Hours) -> datetime | None:
    """When the target is reached if nothing pauses the clock any more; None where it stopped or pauses.

    `clock` as it stands now (`until`); a moment that is past is told as it was."""
    if clock.since is None or clock.waits:
        return None
    if clock.elapsed > target:
        return clock.since - (clock.elapsed - target)
    return hours.after(clock.since, target - clock.elapsed)


def explain(clock: Clock, say: Callable[[str], str] = str) -> str:
    """What the clock shows, in words: "3 h 5 min; paused 2 d 3 h: waiting for the person"."""
    told = [span(clock.elapsed, say)]
    for waits, spent in sorted(clock.paused.items(), key=lambda row: -row[1]):
        words = say(gettext_noop("paused %(span)s: waiting for %(what)s"))
        told.append(words % {"span": span(spent, say), "what": say(WAITS[waits])})
    return "; ".join(told)


def span(spent: timedelta, say: Callable[[str], str] = str) -> str:
    """A length of time by its two largest units.

    >>> span(timedelta(days=2, hours=3, minutes=40))
    '2 d 3 h'
    """
    minutes = int(spent.total_seconds()) // 60
    parts = list(zip((minutes // 1440, minutes // 60 % 24, minutes % 60), UNITS, strict=True))
    first = next((at for at, (many, _unit) in enumerate(parts) if many), 2)
    shown = [(many, unit) for many, unit in parts[first : first + 2] if many] or [parts[2]]
    return " ".join(f"{many} {say(unit)}" for many, unit in shown)
