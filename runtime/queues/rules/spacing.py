"""The next moment that a policy allows: open by calendar and window, within the cap of a day, at another time of the day."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from runtime.queues.rules.calendar import (
    DAY,
    LOOK_AHEAD,
    Hours,
    around,
    moments,
    since_midnight,
    utc,
    without,
)
from runtime.queues.rules.shape import Past, Rules

DAYPART = timedelta(hours=2)  # another time of the day is at least this far from the last
DAYPART_DAYS = 7  # where these days have no other time of the day, any time will do


def in_window(rules: Rules, moment: datetime, zone: ZoneInfo | None = None) -> bool:
    """Whether it may be called at this moment."""
    return rules.opening.is_open(moment, zone or rules.zone)


def into_window(rules: Rules, moment: datetime, zone: ZoneInfo | None = None) -> datetime | None:
    """`moment` itself when it may be called then, else when next, as the wall clock there shows it; None: never."""
    where = zone or rules.zone
    if in_window(rules, moment, where):
        return moment
    found = _first(rules, (), utc(moment), where)
    return None if found is None else found.astimezone(where)


def next_time(
    rules: Rules,
    past: Sequence[Past],
    soonest: datetime,
    *,
    zone: ZoneInfo | None = None,
    not_around: datetime | None = None,
) -> datetime:
    """The first moment from `soonest` on that everything allows, in UTC. `not_around`: at another time of the day than this one was.

    Where there is none in `LOOK_AHEAD` days, the end of these days: the item stays where it is until the policy is mended."""
    where, start = zone or rules.zone, utc(soonest)
    found = None
    if not_around is not None:
        taken = around(since_midnight(not_around.astimezone(where)), DAYPART)
        found = _first(rules, past, start, where, days=DAYPART_DAYS, taken=taken)
    if found is None:
        found = _first(rules, past, start, where)
    return start + LOOK_AHEAD * DAY if found is None else found


def _first(
    rules: Rules,
    past: Sequence[Past],
    start: datetime,
    zone: ZoneInfo,
    *,
    days: int = LOOK_AHEAD,
    taken: Hours = (),
) -> datetime | None:
    tries: dict[date, int] = {}
    for one in past:
        tried = one.at.astimezone(zone).date()
        tries[tried] = tries.get(tried, 0) + 1
    first = start.astimezone(zone).date()
    for number in range(days + 1):
        day = first + number * DAY
        if tries.get(day, 0) >= rules.day_cap:
            continue
        for begins, ends in moments(without(rules.opening.hours(day), taken), day, zone):
            if ends > start:
                return max(begins, start)
    return None
