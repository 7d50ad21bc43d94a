"""The simulator: how near its forecast comes to a campaign that is really played, and how fast it is.

Several campaigns are played through the real actions by an independent model (`truth.py`). After their first part the house counts its facts
and forecasts the rest, as a supervisor would ask for it; then the campaign is played to its end. The error is that of the finish, in hours of
work from the beginning of the campaign: by the calendar one last call that slips past a Friday evening is a weekend late. That by the calendar
and that of what was still to come are told beside it.
"""

import os
import time as clock
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from tests.bench.figure import Figure, at_most, percentile, told

SEEDS = int(os.environ.get("SIMULATOR_SEEDS", "2"))
ITEMS = int(os.environ.get("SIMULATOR_ITEMS", "1600"))
AGENTS = 3
WORK = ("09:00", "16:45")
MANY, OF_MANY = 100_000, 40


@dataclass(frozen=True)
class Compared:
    """Predicted and true: when the list was done, how many were exhausted."""

    begun: datetime
    cut: datetime
    predicted: datetime
    true: datetime
    exhausted: tuple[float, int]
    items: int

    @property
    def error(self) -> float:
        """Of the finish, in parts of the hours of work of the whole campaign."""
        return abs(hours(self.true, self.predicted)) / hours(self.begun, self.true)

    @property
    def error_by_calendar(self) -> float:
        return abs(self.predicted - self.true) / (self.true - self.begun)

    @property
    def error_of_rest(self) -> float:
        return abs(hours(self.true, self.predicted)) / hours(self.cut, self.true)


def hours(start: datetime, end: datetime) -> float:
    """Hours of work between two moments, from Monday to Friday; negative where the end is earlier."""
    from tests.bench.truth import ZONE

    if end < start:
        return -hours(end, start)
    day, last, found = start.astimezone(ZONE).date(), end.astimezone(ZONE).date(), timedelta()
    while day <= last:
        if day.isoweekday() < 6:
            opens, closes = (datetime.combine(day, time.fromisoformat(at), ZONE) for at in WORK)
            found += max(timedelta(), min(end, closes) - max(start, opens))
        day += timedelta(days=1)
    return found / timedelta(hours=1)


def run() -> list[Figure]:
    found = [compared(campaign(seed), ITEMS, AGENTS, seed) for seed in range(SEEDS)]
    errors = [100 * one.error for one in found]
    calendar = [100 * one.error_by_calendar for one in found]
    rest = [100 * one.error_of_rest for one in found]
    off = [100 * abs(one.exhausted[0] - one.exhausted[1]) / one.items for one in found]
    days = [(one.true - one.begun) / timedelta(days=1) for one in found]
    took = _played()
    what = f"{SEEDS} campaigns of {ITEMS}, {AGENTS} agents"
    return [
        told(f"{what}: true length, middle", percentile(days, 50), "days"),
        at_most(f"{what}: finish missed by, hours of work, worst", max(errors), "%", 10),
        told(f"{what}: finish missed by, calendar, worst", max(calendar), "%"),
        told(f"{what}: finish missed by, hours of work, middle", percentile(errors, 50), "%"),
        told(f"{what}: the rest missed by, worst", max(rest), "%"),
        told(f"{what}: exhausted missed by, worst", max(off), "% of items"),
        at_most(f"one course of {MANY} items, {OF_MANY} agents, CPU", took, "s", 10),
    ]


def campaign(seed: int) -> Any:
    """A campaign with the smallest script there is."""
    from runtime.queues.models import Campaign, Policy, Queue
    from tests.bench.truth import RULES
    from tests.unit.queues.conftest import call_script, publish

    name = f"truth-{seed}"
    policy = Policy.objects.create(code=name, title=name, rules=RULES)
    queue = Queue.objects.create(code=name, title=name, policy=policy)
    version = publish(call_script(), code=name)
    return Campaign.objects.create(code=name, title=name, queue=queue, app=version.app)


def compared(row: Any, items: int, agents: int, seed: int) -> Compared:
    """A campaign played for its first third, forecast, and played to its end."""
    from tests.bench import truth

    course = truth.begin(row, items=items, agents=agents, seed=seed)
    begun = course.now
    course.go_on(ended=items // 3)
    cut = course.now
    forecast = forecast_of(row, agents, cut)
    true = course.go_on()
    return Compared(
        begun,
        cut,
        cut + timedelta(seconds=forecast.done.middle),
        true,
        (forecast.exhausted.middle + _exhausted(row, cut), _exhausted(row)),
        items,
    )


def _exhausted(row: Any, before: datetime | None = None) -> int:
    from runtime.queues.models import WorkItemEvent

    ends = WorkItemEvent.objects.filter(item__campaign=row, data__state="exhausted")
    return (ends.filter(at__lte=before) if before else ends).count()


def forecast_of(row: Any, agents: int, now: datetime) -> Any:
    """As a supervisor asks for it, and as the worker makes it."""
    from runtime.outbox.actions import carry_out
    from runtime.queues.actions import facts, simulations
    from runtime.queues.forecasting import measured
    from runtime.queues.simulating import bands
    from runtime.queues.simulating.asked import Asked
    from tests.bench.truth import clock as clock_of

    with clock_of(lambda: now):
        while facts.keep(now=now + facts.BEHIND):
            pass
        away = round(measured(row, now).away or 0)
        asked = Asked(agents, *WORK, (1, 2, 3, 4, 5), breaks=away)
        simulation = simulations.order(campaign=row, asked=asked, by=_supervisor())
        while carry_out():
            pass
    simulation.refresh_from_db()
    assert simulation.state == "done", simulation.state
    return bands.gather([bands.load(run) for run in simulation.runs], simulation.items)


def _supervisor() -> Any:
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get_or_create(username="who-asks")[0]


def _played() -> float:
    """Seconds of the processor for one course of many items, none of them measured."""
    import random

    from runtime.queues import retry
    from runtime.queues.simulating.hours import Shift, Shifts
    from runtime.queues.simulating.playing import Open, Plan, play
    from runtime.queues.simulating.rates import measure
    from tests.bench.truth import RULES, ZONE

    rules = retry.read(RULES)
    assert isinstance(rules, retry.Rules)
    beginning = datetime(2026, 3, 2, 8, tzinfo=UTC)
    shift = Shift(frozenset({1, 2, 3, 4, 5}), time(9), time(17), timedelta(minutes=45))
    shifts = Shifts(beginning, ZONE, shift, lambda at: retry.in_window(rules, at))
    items = [Open(1, 0, beginning)] * MANY
    start = clock.process_time()
    play(Plan(OF_MANY, rules, measure({}), shifts), items, random.Random(1).random)
    return clock.process_time() - start
