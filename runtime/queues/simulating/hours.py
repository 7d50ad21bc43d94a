"""When agents are there: their shifts, within the hours at which the queue hands out work. Seconds count from a beginning."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

Spans = list[tuple[float, float]]
STEP = timedelta(minutes=5)  # hours of a queue are looked at so often
DAYS_AT_MOST = 366


@dataclass(frozen=True, slots=True)
class Shift:
    """From when until when on which days (ISO), and how much of it an agent is not at work."""

    days: frozenset[int]
    start: time
    end: time
    breaks: timedelta = timedelta()


class Shifts:
    """The work of `agents` people who all have this shift; their breaks are not at once."""

    def __init__(
        self, beginning: datetime, zone: tzinfo, shift: Shift, is_open: Callable[[datetime], bool]
    ) -> None:
        self.beginning, self.zone, self.shift, self.is_open = beginning, zone, shift, is_open
        self.first = beginning.astimezone(zone).date()
        self._days: dict[int, Spans] = {}

    def spans(self, day: int, agent: int, agents: int) -> Spans:
        """When this agent works on a day, counted from the first one."""
        if day not in self._days:
            self._days[day] = self._open(self.first + timedelta(days=day))
        return _without(self._days[day], self._break(day, agent, agents))

    def _open(self, day: date) -> Spans:
        """The shift of a day, as far as the queue is open."""
        if day.isoweekday() not in self.shift.days:
            return []
        at = datetime.combine(day, self.shift.start, self.zone)
        end = datetime.combine(day, self.shift.end, self.zone)
        found: Spans = []
        while at < end:
            until = min(at + STEP, end)
            if self.is_open(at):
                start, stop = self.seconds(at), self.seconds(until)
                if found and found[-1][1] == start:
                    start = found.pop()[0]
                found.append((start, stop))
            at = until
        return found

    def _break(self, day: int, agent: int, agents: int) -> tuple[float, float]:
        """One break a shift, somewhere in its middle half, another while for each agent."""
        length = self.shift.breaks.total_seconds()
        if not length or not self._days[day]:
            return (0.0, 0.0)
        start, end = self._days[day][0][0], self._days[day][-1][1]
        room = max(0.0, (end - start) - length)
        begins = start + room * (0.25 + 0.5 * ((agent + 0.5) / max(1, agents)))
        return begins, begins + length

    def seconds(self, moment: datetime) -> float:
        return (moment - self.beginning).total_seconds()


def _without(spans: Spans, pause: tuple[float, float]) -> Spans:
    if pause[0] == pause[1]:
        return spans
    parts = [
        part
        for start, end in spans
        for part in ((start, min(end, pause[0])), (max(start, pause[1]), end))
    ]
    return [(start, end) for start, end in parts if start < end]
