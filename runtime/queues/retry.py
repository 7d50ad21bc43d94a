"""What becomes of a work item after an attempt: pure, from the policy's rules as data.

Rules (all parts optional; `DEFAULT_RULES` holds where a policy is silent)::

    {"time_zone": "Europe/Brussels",
     "window": {"days": [1, 2, 3, 4, 5], "from": "09:00", "until": "20:00"} | null,
     "caps": {"item": 5, "day": 2, "gap_minutes": 30},
     "again": {"busy": {"minutes": 15, "at_most": 3}, ..},
     "callback": {"grace_minutes": 15, "days": 30},
     "lease_minutes": 15,
     "verification": {"needed": 2, "facts": ["birth_date", ..], "tries": 3, "adult_from": 18} | null}

Days are ISO weekdays (Monday is 1). A window whose `until` is not after `from` is refused by `read`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from builder.problems import Problem, gettext_noop
from runtime.queues.dispositions import DISPOSITIONS, Disposition
from runtime.queues.proving import Verification, read_verification

State = Literal["resolved", "scheduled", "exhausted"]
EVERY_DAY = frozenset(range(1, 8))
MINUTES_AT_MOST = 60 * 24 * 30


@dataclass(frozen=True, slots=True)
class Window:
    """When the queue may call, in its own time zone."""

    days: frozenset[int]
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Again:
    """After how many minutes to try again, and how often this disposition may repeat."""

    minutes: int
    at_most: int


@dataclass(frozen=True, slots=True)
class Rules:
    zone: ZoneInfo
    window: Window | None
    item_cap: int
    day_cap: int
    gap: timedelta
    again: Mapping[str, Again]
    grace: timedelta
    callback_days: int
    lease: timedelta
    verification: Verification | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """One ended attempt of the item: when it began and how it ended."""

    at: datetime
    disposition: str


@dataclass(frozen=True, slots=True)
class Ending:
    """How an attempt ended. `other_number` tells that another number can still be dialled."""

    disposition: Disposition
    callback_at: datetime | None = None
    other_number: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """The item's next state; `reason` is a code for the event (`terminal`, `retry`, `callback`,
    `next_number`, `item_cap`, `repeat_cap`, `number`, `unreachable`)."""

    state: State
    reason: str
    not_before: datetime | None = None
    reserved_until: datetime | None = None


DEFAULT_RULES: Mapping[str, Any] = {
    "time_zone": "Europe/Brussels",
    "window": None,
    "caps": {"item": 5, "day": 2, "gap_minutes": 30},
    "again": {
        "busy": {"minutes": 15, "at_most": 3},
        "no_answer": {"minutes": 120, "at_most": 4},
        "voicemail": {"minutes": 240, "at_most": 2},
        "third_party": {"minutes": 120, "at_most": 3},
        "not_verified": {"minutes": 240, "at_most": 2},
        "language_barrier": {"minutes": 30, "at_most": 2},
    },
    "callback": {"grace_minutes": 15, "days": 30},
    "lease_minutes": 15,
    "verification": None,
}


def decide(rules: Rules, ending: Ending, past: Sequence[Past], now: datetime) -> Decision:
    """`past` holds every ended attempt, the one just ended included, oldest first."""
    after = ending.disposition.after
    if after == "resolved":
        return Decision("resolved", "terminal")
    if after == "exhausted":
        return Decision("exhausted", "unreachable")
    if after == "callback":
        return _callback(rules, ending.callback_at or now + rules.gap)
    if after == "next_number":
        return _next_number(rules, ending, past, now)
    return _retry(rules, ending.disposition, past, now)


def _next_number(rules: Rules, ending: Ending, past: Sequence[Past], now: datetime) -> Decision:
    """The number is dead; another one is dialled at once, within the item's cap."""
    if not ending.other_number:
        return Decision("exhausted", "number")
    if len(past) >= rules.item_cap:
        return Decision("exhausted", "item_cap")
    return Decision("scheduled", "next_number", into_window(rules, now))


def _callback(rules: Rules, at: datetime) -> Decision:
    """A promise is kept at its time: caps and window do not move it."""
    return Decision("scheduled", "callback", at, at + rules.grace)


def _retry(
    rules: Rules, disposition: Disposition, past: Sequence[Past], now: datetime
) -> Decision:
    again = rules.again.get(disposition.name, Again(int(rules.gap.total_seconds() // 60), 99))
    if len(past) >= rules.item_cap:
        return Decision("exhausted", "item_cap")
    if sum(one.disposition == disposition.name for one in past) >= again.at_most:
        return Decision("exhausted", "repeat_cap")
    soonest = max(now + timedelta(minutes=again.minutes), now + rules.gap)
    return Decision("scheduled", "retry", next_time(rules, past, soonest))


def next_time(rules: Rules, past: Sequence[Past], soonest: datetime) -> datetime:
    """The first moment from `soonest` on that the window and the cap per day allow."""
    moment = into_window(rules, soonest)
    while _on_day(rules, past, moment) >= rules.day_cap:
        moment = into_window(rules, _next_midnight(rules, moment))
    return moment


def _on_day(rules: Rules, past: Sequence[Past], moment: datetime) -> int:
    day = moment.astimezone(rules.zone).date()
    return sum(one.at.astimezone(rules.zone).date() == day for one in past)


def _next_midnight(rules: Rules, moment: datetime) -> datetime:
    tomorrow = moment.astimezone(rules.zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(0), rules.zone)


def in_window(rules: Rules, moment: datetime) -> bool:
    """Whether the queue may call at this moment."""
    if rules.window is None:
        return True
    local = moment.astimezone(rules.zone)
    inside = rules.window.start <= local.time() < rules.window.end
    return inside and local.isoweekday() in rules.window.days


def into_window(rules: Rules, moment: datetime) -> datetime:
    """`moment` itself when the queue is open then, else when it next opens."""
    window = rules.window
    if window is None or in_window(rules, moment):
        return moment
    local = moment.astimezone(rules.zone)
    first = 0 if local.time() < window.start else 1
    for days in range(first, first + 8):
        day = local.date() + timedelta(days=days)
        if day.isoweekday() in window.days:
            return datetime.combine(day, window.start, rules.zone)
    return moment


# Reading a policy's rules: parsed once, at the door.


def read(rules: Mapping[str, Any]) -> Rules | list[Problem]:
    """The rules as a value, or every problem in them."""
    problems: list[Problem] = []
    merged = _merged(rules)
    caps, callback = merged["caps"], merged["callback"]
    result = Rules(
        zone=_zone(merged["time_zone"], problems),
        window=_window(merged["window"], problems),
        item_cap=_number(caps.get("item"), "caps.item", problems, 100),
        day_cap=_number(caps.get("day"), "caps.day", problems, 100),
        gap=_minutes(caps.get("gap_minutes"), "caps.gap_minutes", problems),
        again={name: _again(name, row, problems) for name, row in merged["again"].items()},
        grace=_minutes(callback.get("grace_minutes"), "callback.grace_minutes", problems),
        callback_days=_number(callback.get("days"), "callback.days", problems, 365),
        lease=_minutes(merged["lease_minutes"], "lease_minutes", problems),
        verification=read_verification(merged["verification"], problems),
    )
    return problems or result


def _merged(rules: Mapping[str, Any]) -> dict[str, Any]:
    """A policy's parts over the default parts; what is no object counts as absent."""
    merged = {**DEFAULT_RULES, **{key: rules[key] for key in rules if key in DEFAULT_RULES}}
    for part in ("caps", "again", "callback"):
        own = merged[part] if isinstance(merged[part], Mapping) else {}
        merged[part] = {**DEFAULT_RULES[part], **own}
    return merged


def _problem(place: str, message: str, remedy: str) -> Problem:
    return Problem(
        code="policy", place=place, message=message, remedy=remedy, params={"place": place}
    )


def _number(value: Any, place: str, problems: list[Problem], at_most: int) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= at_most:
        return value
    problems.append(
        Problem(
            code="policy_number",
            place=place,
            message=gettext_noop("%(place)s is not a whole number from 1 to %(most)s."),
            remedy=gettext_noop("Write a whole number."),
            params={"place": place, "most": at_most},
        )
    )
    return 1


def _minutes(value: Any, place: str, problems: list[Problem]) -> timedelta:
    return timedelta(minutes=_number(value, place, problems, MINUTES_AT_MOST))


def _again(name: str, row: Any, problems: list[Problem]) -> Again:
    place = f"again.{name}"
    known = DISPOSITIONS.get(name)
    if known is None or known.after != "retry" or not isinstance(row, Mapping):
        problems.append(
            _problem(
                place,
                gettext_noop("%(place)s is no disposition that is tried again."),
                gettext_noop("Use no_answer, busy, voicemail or language_barrier."),
            )
        )
        return Again(1, 1)
    return Again(
        _number(row.get("minutes"), f"{place}.minutes", problems, MINUTES_AT_MOST),
        _number(row.get("at_most"), f"{place}.at_most", problems, 100),
    )


def _zone(value: Any, problems: list[Problem]) -> ZoneInfo:
    try:
        return ZoneInfo(str(value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        problems.append(
            _problem(
                "time_zone",
                gettext_noop("The time zone is unknown."),
                gettext_noop("Write one like Europe/Brussels."),
            )
        )
        return ZoneInfo("UTC")


def _window(value: Any, problems: list[Problem]) -> Window | None:
    if value is None:
        return None
    try:
        start, end = time.fromisoformat(value["from"]), time.fromisoformat(value["until"])
        days = frozenset(int(day) for day in value.get("days", EVERY_DAY))
    except (KeyError, TypeError, ValueError, AttributeError):
        days = frozenset()
        start = end = time(0)
    if days and days <= EVERY_DAY and start < end:
        return Window(days, start, end)
    problems.append(
        _problem(
            "window",
            gettext_noop("The window cannot be read."),
            gettext_noop('Write it like {"days": [1, 2], "from": "09:00", "until": "20:00"}.'),
        )
    )
    return None
