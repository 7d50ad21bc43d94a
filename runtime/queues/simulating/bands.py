"""Several courses of one campaign: the one in the middle, and between what they lie."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from runtime.queues.simulating.playing import Run

POINTS_AT_MOST = 400  # of a curve


@dataclass(frozen=True, slots=True)
class Band:
    """The least, the middle one and the most of what the courses gave."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """`done` is in seconds from the beginning, None where a course was not done within a year; `left` is a curve of what is still open, in
    hours from the beginning; `load` the mean of agents that have an item, by hour."""

    done: Band | None
    resolved: Band
    exhausted: Band
    unfinished: Band
    attempts: Band
    left: tuple[tuple[int, Band], ...]
    load: tuple[tuple[int, float], ...]


def band(values: Sequence[float]) -> Band:
    ordered = sorted(values)
    return Band(ordered[0], ordered[(len(ordered) - 1) // 2], ordered[-1])


def gather(runs: Sequence[Run], items: int) -> Forecast:
    """What several courses of a campaign with so many items say together."""
    done = [run.done for run in runs if run.done is not None]
    return Forecast(
        done=band(done) if len(done) == len(runs) else None,
        resolved=band([run.resolved for run in runs]),
        exhausted=band([run.exhausted for run in runs]),
        unfinished=band([run.left for run in runs]),
        attempts=band([run.attempts for run in runs]),
        left=_left(runs, items),
        load=_load(runs),
    )


def _left(runs: Sequence[Run], items: int) -> tuple[tuple[int, Band], ...]:
    last = max((hour for run in runs for hour in run.ended), default=0) + 1
    step = max(1, -(-last // POINTS_AT_MOST))
    curves = [_curve(run, items, last) for run in runs]
    hours = sorted({*range(0, last + 1, step), last})
    return tuple((hour, band([curve[hour] for curve in curves])) for hour in hours)


def _curve(run: Run, items: int, last: int) -> list[int]:
    curve = [items]
    for hour in range(last):
        curve.append(curve[-1] - run.ended.get(hour, 0))
    return curve


def _load(runs: Sequence[Run]) -> tuple[tuple[int, float], ...]:
    busy: Counter[int] = Counter()
    for run in runs:
        for hour, seconds in run.busy.items():
            busy[hour] += round(seconds)
    return tuple((hour, many / 3600 / len(runs)) for hour, many in sorted(busy.items()))


def dump(run: Run) -> dict[str, Any]:
    """A course as JSON."""
    return {
        "done": run.done,
        "resolved": run.resolved,
        "exhausted": run.exhausted,
        "left": run.left,
        "attempts": run.attempts,
        "ended": sorted(run.ended.items()),
        "busy": [[hour, round(seconds)] for hour, seconds in sorted(run.busy.items())],
    }


def load(kept: dict[str, Any]) -> Run:
    maps = {name: dict(kept[name]) for name in ("ended", "busy")}
    return Run(**{**kept, **maps})
