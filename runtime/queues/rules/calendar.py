"""When calls may be made: opening hours, holidays and a calling window, by the wall clock of a time zone.

A moment is open when the wall clock, there and then, shows a time inside the hours of its date. So summer time needs no rule of its own:
what the clock skips is never open, what it shows twice is open twice. To find the next open moment a date is cut into pieces with one
offset each (one piece on most days, two when the clocks change); inside a piece wall time and time run alike.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
NIGHT = timedelta(0)
LOOK_AHEAD = 400  # days: a policy that opens later than that never opens
STEP = timedelta(hours=6)  # no place changes its clocks twice in that time
SECOND = timedelta(seconds=1)
EVERY_DAY = frozenset(range(1, 8))

Span = tuple[timedelta, timedelta]  # since midnight by the wall clock, the end left out
Hours = tuple[Span, ...]
ALL_DAY: Hours = ((NIGHT, DAY),)


@dataclass(frozen=True, slots=True)
class Window:
    """When the queue may call, in its own time zone."""

    days: frozenset[int]
    start: time
    end: time

    def hours(self, day: date) -> Hours:
        if day.isoweekday() not in self.days:
            return ()
        return ((since_midnight(self.start), since_midnight(self.end)),)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Opening hours by ISO weekday. A holiday (`2026-12-24`, or `12-25` of each year) has hours of its own, or none."""

    weekdays: Mapping[int, Hours]
    holidays: Mapping[str, Hours] = field(default_factory=dict)

    def hours(self, day: date) -> Hours:
        written = day.isoformat()
        usual = self.weekdays.get(day.isoweekday(), ())
        return self.holidays.get(written, self.holidays.get(written[5:], usual))

    @property
    def opens(self) -> bool:
        return any(self.weekdays.values()) or any(self.holidays.values())


@dataclass(frozen=True, slots=True)
class Opening:
    """Calendar and window together: the wall clock must lie inside both. Where there is neither, it is always open."""

    calendar: Calendar | None
    window: Window | None

    def hours(self, day: date) -> Hours:
        by_calendar = ALL_DAY if self.calendar is None else self.calendar.hours(day)
        by_window = ALL_DAY if self.window is None else self.window.hours(day)
        return tuple(
            (max(a, c), min(b, d))
            for a, b in by_calendar
            for c, d in by_window
            if max(a, c) < min(b, d)
        )

    def is_open(self, moment: datetime, zone: ZoneInfo) -> bool:
        local = moment.astimezone(zone)
        clock = since_midnight(local)
        return any(start <= clock < end for start, end in self.hours(local.date()))


def since_midnight(clock: time | datetime) -> timedelta:
    """What the wall clock shows."""
    return timedelta(
        hours=clock.hour,
        minutes=clock.minute,
        seconds=clock.second,
        microseconds=clock.microsecond,
    )


def without(hours: Hours, taken: Hours) -> Hours:
    """The hours that are left when some are taken away."""
    left = hours
    for start, end in taken:
        left = tuple(
            part
            for a, b in left
            for part in ((a, min(b, start)), (max(a, end), b))
            if part[0] < part[1]
        )
    return left


def around(clock: timedelta, distance: timedelta) -> Hours:
    """The hours that are nearer than `distance` to what a clock shows, round midnight."""
    start, end = clock - distance, clock + distance
    if start < NIGHT:
        return ((NIGHT, end), (start + DAY, DAY))
    return ((start, DAY), (NIGHT, end - DAY)) if end > DAY else ((start, end),)


def moments(hours: Hours, day: date, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    """From when until when the wall clock shows these hours on this date: in UTC, in order."""
    midnight = datetime.combine(day, time(0), UTC)
    found = [
        (max(start, midnight + a - offset), min(end, midnight + b - offset))
        for start, end, offset in pieces(zone, day)
        for a, b in hours
    ]
    return sorted(pair for pair in found if pair[0] < pair[1])


@lru_cache(maxsize=4096)
def pieces(zone: ZoneInfo, day: date) -> tuple[tuple[datetime, datetime, timedelta], ...]:
    """The parts of a date with one offset each: `(from, until, offset)` in UTC. None where the place leapt over the date."""
    midnight = datetime.combine(day, time(0), UTC)
    parts = []
    for start, end, offset in _steady(zone, midnight - DAY, midnight + 2 * DAY):
        begins, ends = max(start, midnight - offset), min(end, midnight + DAY - offset)
        if begins < ends:
            parts.append((begins, ends, offset))
    return tuple(parts)


def _steady(
    zone: ZoneInfo, start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """A stretch of time cut where the offset changes."""
    begun, here = start, start
    while here < end:
        there = min(here + STEP, end)
        if offset_at(zone, here) != offset_at(zone, there):
            turn = _turn(zone, here, there)
            yield begun, turn, offset_at(zone, here)
            begun = turn
        here = there
    yield begun, end, offset_at(zone, begun)


def _turn(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first second with the offset of `after`."""
    offset = offset_at(zone, before)
    while after - before > SECOND:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if offset_at(zone, middle) == offset:
            before = middle
        else:
            after = middle
    return after


def offset_at(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or NIGHT


def utc(moment: datetime) -> datetime:
    """Sums and comparisons are made in UTC: those of a zone's own datetimes go by the wall clock."""
    return moment.astimezone(UTC)
