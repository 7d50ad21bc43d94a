"""One measured figure beside its goal."""

import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured. `goal` says it in words ("<= 2.0"), `holds` whether it is met; None: no goal is set."""

    name: str
    value: float
    unit: str
    goal: str = ""
    holds: bool | None = None

    def line(self) -> str:
        """One JSON object on a line."""
        return json.dumps({**asdict(self), "value": round(self.value, 4)}, ensure_ascii=False)


def at_most(name: str, value: float, unit: str, goal: float) -> Figure:
    """A figure that should not exceed `goal`."""
    return Figure(name, value, unit, f"<= {goal:g}", value <= goal)


def at_least(name: str, value: float, unit: str, goal: float) -> Figure:
    """A figure that should reach `goal`."""
    return Figure(name, value, unit, f">= {goal:g}", value >= goal)


def told(name: str, value: float, unit: str) -> Figure:
    """A figure without a goal."""
    return Figure(name, value, unit)


def percentile(values: Sequence[float], percent: int) -> float:
    """The value below which `percent` of the values lie."""
    if len(values) < 2:
        return values[0]
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def wall_and_cpu(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock and of the processor for one piece of work in this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu
