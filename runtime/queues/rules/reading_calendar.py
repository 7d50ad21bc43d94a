"""Reading when calls may be made: time zone, opening hours, holidays, calling window."""

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from builder.problems import Problem, gettext_noop, note, quoted
from runtime.queues.rules.calendar import DAY, EVERY_DAY, Calendar, Hours, Window
from runtime.queues.rules.parts import problem

SPANS_AT_MOST = 12
HOLIDAYS_AT_MOST = 1000
CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)\Z")
LEAP_YEAR = "2024-"  # so that 02-29 is a day


class BadHours(ValueError):
    """A span that cannot be read, ends before it begins, or lies over another."""


def read_zone(value: Any, problems: list[Problem]) -> ZoneInfo:
    try:
        return ZoneInfo(str(value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        problems.append(
            problem(
                "time_zone",
                gettext_noop("The time zone is unknown."),
                gettext_noop("Write one like Europe/Brussels."),
            )
        )
        return ZoneInfo("UTC")


def read_window(value: Any, problems: list[Problem]) -> Window | None:
    """A window whose `until` is not after `from` is refused: who works past midnight writes two spans in the calendar."""
    if value is None:
        return None
    try:
        start, end = time.fromisoformat(value["from"]), time.fromisoformat(value["until"])
        days = frozenset(int(day) for day in value.get("days", EVERY_DAY))
        start, end = start.replace(tzinfo=None), end.replace(tzinfo=None)
    except (KeyError, TypeError, ValueError, AttributeError):
        days = frozenset()
        start = end = time(0)
    if days and days <= EVERY_DAY and start < end:
        return Window(days, start, end)
    problems.append(
        problem(
            "window",
            gettext_noop("The window cannot be read."),
            gettext_noop('Write it like {"days": [1, 2], "from": "09:00", "until": "20:00"}.'),
        )
    )
    return None


def read_calendar(value: Any, problems: list[Problem]) -> Calendar | None:
    """None is always open. One without any hours can be read: it is closed for good (`reading.never_calls` says so)."""
    if value is None:
        return None
    row = value if isinstance(value, Mapping) else {"hours": None}
    hours, holidays = row.get("hours", {}), row.get("holidays", {})
    if not isinstance(hours, Mapping) or not isinstance(holidays, Mapping):
        note(problems, _unread("calendar", ""))
        return None
    weekdays: dict[int, Hours] = {}
    for day, spans in hours.items():
        if str(day) not in {"1", "2", "3", "4", "5", "6", "7"}:
            note(problems, _unread("calendar.hours", str(day)))
            continue
        weekdays[int(day)] = _spans(spans, f"calendar.hours.{day}", problems)
    return Calendar(weekdays, _holidays(holidays, problems))


def _holidays(rows: Mapping[Any, Any], problems: list[Problem]) -> dict[str, Hours]:
    found: dict[str, Hours] = {}
    if len(rows) > HOLIDAYS_AT_MOST:
        note(problems, _unread("calendar.holidays", str(len(rows))))
        return found
    for day, spans in rows.items():
        if not is_day(str(day)):
            note(problems, _unread("calendar.holidays", str(day)))
            continue
        found[str(day)] = _spans(spans, f"calendar.holidays.{day}", problems)
    return found


def is_day(written: str) -> bool:
    """`2026-12-25`, or `12-25` for each year."""
    try:
        whole = written if len(written) > len("12-25") else LEAP_YEAR + written
        return date.fromisoformat(whole).isoformat() == whole
    except ValueError:
        return False


def _spans(value: Any, place: str, problems: list[Problem]) -> Hours:
    try:
        return read_hours(value)
    except BadHours as bad:
        note(problems, _unread(place, str(bad)))
        return ()


def read_hours(value: Any) -> Hours:
    """`[["09:00", "12:00"], ["13:00", "24:00"]]`, in order. Raises `BadHours`, with what is wrong in it."""
    if not isinstance(value, list | tuple) or len(value) > SPANS_AT_MOST:
        raise BadHours(str(value))
    spans = sorted(_span(each) for each in value)
    for (_start, end), (start, _end) in pairwise(spans):
        if start < end:
            raise BadHours(str(value))
    return tuple(spans)


def _span(value: Any) -> tuple[timedelta, timedelta]:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise BadHours(str(value))
    start, end = (_clock(each) for each in value)
    if not start < end <= DAY:
        raise BadHours("-".join(map(str, value)))
    return start, end


def _clock(value: Any) -> timedelta:
    found = CLOCK.match(value) if isinstance(value, str) else None
    if found is None:
        raise BadHours(str(value))
    return timedelta(hours=int(found[1]), minutes=int(found[2]))


def _unread(place: str, told: str) -> Problem:
    return Problem(
        code="policy_hours",
        place=place,
        message=gettext_noop("The calendar cannot be read at “%(told)s”."),
        remedy=gettext_noop(
            "Hours are written like 09:00-12:00, holidays like 2026-12-25 or 12-25; spans of a day do not overlap."
        ),
        params={"place": place, "told": quoted(told)},
    )
