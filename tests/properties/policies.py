"""Policies at random, and the simplest reading of them: minute after minute, by what the wall clock shows."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

MINUTE = timedelta(minutes=1)
# Clocks that change at night, at midnight, by half an hour, the other way round, and never; one that leapt over a day.
ZONES = (
    "Europe/Brussels",
    "America/New_York",
    "Africa/Cairo",
    "America/Havana",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "UTC",
)
# Days about which one of these clocks changes, or the year begins.
TURNS = (
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2026, 3, 8),
    date(2026, 11, 1),
    date(2026, 4, 24),
    date(2026, 10, 30),
    date(2026, 4, 5),
    date(2026, 10, 4),
    date(2011, 12, 30),
    date(2026, 12, 31),
)


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


@st.composite
def spans(draw: st.DrawFn) -> list[list[str]]:
    """No hours, or some that do not overlap."""
    marks = draw(st.lists(st.integers(0, 96), max_size=6, unique=True).map(sorted))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return [[clock(15 * start), clock(15 * end)] for start, end in pairs]


@st.composite
def openings(draw: st.DrawFn, about: date) -> dict[str, Any]:
    """A calendar, a window, both or neither."""
    near = [(about + timedelta(days=n)).isoformat() for n in range(-2, 6)]
    days = st.dictionaries(st.sampled_from("1234567"), spans(), max_size=7)
    written = st.sampled_from([*near, *(day[5:] for day in near)])
    calendar = st.fixed_dictionaries(
        {"hours": days, "holidays": st.dictionaries(written, spans(), max_size=3)}
    )
    window = st.builds(
        lambda days, start, length: {
            "days": sorted(days),
            "from": clock(start),
            "until": clock(min(start + length, 24 * 60 - 1)),
        },
        st.sets(st.integers(1, 7), min_size=1),
        st.integers(0, 22 * 60),
        st.integers(1, 14 * 60),
    )
    return {
        "time_zone": draw(st.sampled_from(ZONES)),
        "calendar": draw(st.none() | calendar),
        "window": draw(st.none() | window),
    }


@st.composite
def moments(draw: st.DrawFn, about: date) -> datetime:
    """A whole minute in the days about a change of the clocks."""
    start = datetime(about.year, about.month, about.day, tzinfo=UTC) - timedelta(days=2)
    return start + draw(st.integers(0, 5 * 24 * 60)) * MINUTE


def is_open(data: dict[str, Any], moment: datetime, zone: ZoneInfo) -> bool:
    """Whether the clock on the wall there shows a time at which it is open."""
    local = moment.astimezone(zone)
    return _in_calendar(data["calendar"], local) and _in_window(data["window"], local)


def _in_calendar(calendar: dict[str, Any] | None, local: datetime) -> bool:
    if calendar is None:
        return True
    day = local.date().isoformat()
    hours = calendar["hours"].get(str(local.isoweekday()), [])
    for written in (day[5:], day):  # the very date is stronger than each year's
        hours = calendar["holidays"].get(written, hours)
    return any(start <= local.strftime("%H:%M") < end for start, end in hours)


def _in_window(window: dict[str, Any] | None, local: datetime) -> bool:
    if window is None:
        return True
    inside = window["from"] <= local.strftime("%H:%M") < window["until"]
    return inside and local.isoweekday() in window["days"]


def is_near(one: datetime, other: datetime, zone: ZoneInfo) -> bool:
    """Whether the clock shows nearly the same time of the day at both: within two hours, round midnight."""
    apart = [
        local.hour * 60 + local.minute for local in (one.astimezone(zone), other.astimezone(zone))
    ]
    difference = (apart[0] - apart[1]) % (24 * 60)
    return difference < 120 or difference >= 22 * 60


def first_minute(
    data: dict[str, Any],
    tried: Sequence[datetime],
    soonest: datetime,
    zone: ZoneInfo,
    *,
    days: int,
    not_around: datetime | None = None,
) -> datetime | None:
    """Minute after minute until everything allows it, to the end of that many dates."""
    day_of = [one.astimezone(zone).date() for one in tried]
    last = soonest.astimezone(zone).date() + timedelta(days=days)
    moment = soonest
    while (day := moment.astimezone(zone).date()) <= last:
        if (
            is_open(data, moment, zone)
            and day_of.count(day) < data["caps"]["day"]
            and not (not_around and is_near(moment, not_around, zone))
        ):
            return moment
        moment += MINUTE
    return None
