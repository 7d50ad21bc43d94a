"""Civil dates: `YYYY-MM-DD`, years 1000 to 9999, no time zone, compared as text."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

DATE_SHAPE: Final = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}\Z", re.ASCII)
_FIRST: Final = date(1000, 1, 1).toordinal()
_LAST: Final = date(9999, 12, 31).toordinal()


def is_date(value: object) -> bool:
    """Whether this is a day of the calendar, written as it should be."""
    if not isinstance(value, str) or len(value) != 10 or DATE_SHAPE.match(value) is None:
        return False
    return civil(int(value[:4]), int(value[5:7]), int(value[8:])) is not None


def civil(year: int, month: int, day: int) -> str | None:
    """The date of these three numbers, or Missing if there is none."""
    if not (1000 <= year <= 9999 and 1 <= month <= 12):
        return None
    if not 1 <= day <= monthrange(year, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def add_days(start: str, days: int) -> str | None:
    """The date so many days later (or before); Missing outside the years 1000 to 9999."""
    ordinal = date.fromisoformat(start).toordinal() + days
    return date.fromordinal(ordinal).isoformat() if _FIRST <= ordinal <= _LAST else None


def add_months(start: str, months: int) -> str | None:
    """The same day so many months later; a day that month lacks becomes its last (31 January + 1 = 28 February)."""
    count = int(start[:4]) * 12 + int(start[5:7]) - 1 + months
    year, month = divmod(count, 12)
    if not 1000 <= year <= 9999:
        return None
    day = min(int(start[8:]), monthrange(year, month + 1)[1])
    return f"{year:04d}-{month + 1:02d}-{day:02d}"


def days_between(start: str, end: str) -> int:
    """How many days from start to end; negative if the end comes first."""
    return (date.fromisoformat(end) - date.fromisoformat(start)) // timedelta(days=1)


def age(birth: str, at: str) -> int | None:
    """Whole years lived at a date; Missing before the birth."""
    if at < birth:
        return None
    return int(at[:4]) - int(birth[:4]) - (1 if at[5:] < birth[5:] else 0)


def weekday(day: str) -> int:
    """0 for Monday to 6 for Sunday."""
    return date.fromisoformat(day).weekday()
