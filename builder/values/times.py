"""Times of the day (`HH:MM`), civil moments (`YYYY-MM-DDTHH:MM`), and dates of which only a part is known: `2026`, `2026-03`
or `2026-03-16`. No time zone; times and moments compare as text.
"""

import re
from calendar import monthrange
from typing import Final

from builder.values.dates import is_date

TIME_SHAPE: Final = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]\Z")
YEAR_SHAPE: Final = re.compile(r"[1-9][0-9]{3}(?:-(?:0[1-9]|1[0-2]))?\Z")


def is_time(value: object) -> bool:
    """Whether this is a minute of the day, from 00:00 to 23:59."""
    return isinstance(value, str) and TIME_SHAPE.match(value) is not None


def is_moment(value: object) -> bool:
    """Whether this is a minute of a day of the calendar."""
    return (
        isinstance(value, str)
        and len(value) == 16
        and value[10] == "T"
        and is_date(value[:10])
        and is_time(value[11:])
    )


def is_partial(value: object) -> bool:
    """Whether this is a year, a month of a year, or a date."""
    return isinstance(value, str) and (YEAR_SHAPE.match(value) is not None or is_date(value))


def clock(hour: int, minute: int) -> str | None:
    """The time of these two numbers, or Missing if there is none."""
    return f"{hour:02d}:{minute:02d}" if 0 <= hour <= 23 and 0 <= minute <= 59 else None


def first_day(partial: str) -> str:
    """The first day that a partial date may mean."""
    return partial + "-01-01"[len(partial) - 4 :]


def last_day(partial: str) -> str:
    """The last day that a partial date may mean."""
    if len(partial) == 4:
        return f"{partial}-12-31"
    if len(partial) == 7:
        return f"{partial}-{monthrange(int(partial[:4]), int(partial[5:]))[1]}"
    return partial
