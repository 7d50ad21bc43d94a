"""Reading a policy's rules: parsed once, at the door, into `Rules`, or every problem in them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from builder.problems import Problem, gettext_noop
from runtime.queues.dispositions import DISPOSITIONS
from runtime.queues.proving import read_verification
from runtime.queues.rules import parts
from runtime.queues.rules.parts import MINUTES_AT_MOST, minutes, number, optional, problem
from runtime.queues.rules.reading_calendar import read_calendar, read_window, read_zone
from runtime.queues.rules.shape import Again, Rules
from runtime.queues.rules.spacing import into_window

DEFAULT_RULES: Mapping[str, Any] = {
    "time_zone": "Europe/Brussels",
    "calendar": None,
    "window": None,
    "caps": {
        "item": 5,
        "number": None,
        "day": 2,
        "lifetime": None,
        "gap_minutes": 30,
        "household_minutes": None,
        "household_once": False,
    },
    "again": {
        "busy": {"minutes": 15, "at_most": 3},
        "no_answer": {"minutes": 120, "at_most": 4, "other_daypart": True},
        "voicemail": {"minutes": 240, "at_most": 2},
        "third_party": {"minutes": 120, "at_most": 3},
        "not_verified": {"minutes": 240, "at_most": 2},
        "language_barrier": {"minutes": 30, "at_most": 2},
    },
    "voicemail": {"messages": 1},
    "numbers": {"order": "confirmed", "rotate": False, "kinds": []},
    "callback": {"grace_minutes": 15, "days": 30},
    "ageing": None,
    "languages": {},
    "exhausted": None,
    "lease_minutes": 15,
    "verification": None,
}
MERGED = ("caps", "again", "voicemail", "numbers", "callback")


def read(rules: Mapping[str, Any]) -> Rules | list[Problem]:
    """The rules as a value, or every problem in them."""
    problems: list[Problem] = []
    merged = _merged(rules)
    caps, callback = merged["caps"], merged["callback"]
    result = Rules(
        zone=read_zone(merged["time_zone"], problems),
        window=read_window(merged["window"], problems),
        item_cap=number(caps.get("item"), "caps.item", problems, 100),
        day_cap=number(caps.get("day"), "caps.day", problems, 100),
        gap=minutes(caps.get("gap_minutes"), "caps.gap_minutes", problems),
        again={name: _again(name, row, problems) for name, row in merged["again"].items()},
        grace=minutes(callback.get("grace_minutes"), "callback.grace_minutes", problems),
        callback_days=number(callback.get("days"), "callback.days", problems, 365),
        lease=minutes(merged["lease_minutes"], "lease_minutes", problems),
        verification=read_verification(merged["verification"], problems),
        calendar=read_calendar(merged["calendar"], problems),
        number_cap=optional(caps.get("number"), "caps.number", problems, 100),
        lifetime_cap=optional(caps.get("lifetime"), "caps.lifetime", problems, 1000),
        household_gap=_gap(caps.get("household_minutes"), problems),
        household_once=caps.get("household_once") is True,
        messages=number(merged["voicemail"].get("messages"), "voicemail.messages", problems, 100),
        turns=parts.read_turns(merged["numbers"], problems),
        ageing=parts.read_ageing(merged["ageing"], problems),
        languages=parts.read_languages(merged["languages"], problems),
        exhausted=parts.read_follow(merged["exhausted"], problems),
    )
    return problems or result


def _gap(value: Any, problems: list[Problem]) -> timedelta | None:
    return None if value is None else minutes(value, "caps.household_minutes", problems)


def never_calls(rules: Rules, since: datetime) -> Problem | None:
    """Why a policy that can be read would let nobody be called in the days ahead; None where it does. Looked at when it is kept: a
    policy that is stored already closes its queue, and its items wait."""
    if rules.calendar is not None and not rules.calendar.opens:
        return problem(
            "calendar",
            gettext_noop("The calendar has no opening hours: nobody could ever be called."),
            gettext_noop("Write hours for a day of the week at least."),
        )
    if into_window(rules, since) is None:
        return problem(
            "window",
            gettext_noop("In the next 400 days there is no moment at which a call may be made."),
            gettext_noop("Let the opening hours and the calling hours have some time in common."),
        )
    return None


def _merged(rules: Mapping[str, Any]) -> dict[str, Any]:
    """A policy's parts over the default parts; what is no object counts as absent."""
    merged = {**DEFAULT_RULES, **{key: rules[key] for key in rules if key in DEFAULT_RULES}}
    for part in MERGED:
        own = merged[part] if isinstance(merged[part], Mapping) else {}
        merged[part] = {**DEFAULT_RULES[part], **own}
    return merged


def _again(name: str, row: Any, problems: list[Problem]) -> Again:
    place = f"again.{name}"
    known = DISPOSITIONS.get(name)
    if known is None or known.after != "retry" or not isinstance(row, Mapping):
        problems.append(
            problem(
                place,
                gettext_noop("%(place)s is no disposition that is tried again."),
                gettext_noop("Use no_answer, busy, voicemail or language_barrier."),
            )
        )
        return Again(1, 1)
    return Again(
        number(row.get("minutes"), f"{place}.minutes", problems, MINUTES_AT_MOST),
        number(row.get("at_most"), f"{place}.at_most", problems, 100),
        row.get("other_daypart") is True,
    )
