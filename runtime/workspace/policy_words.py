"""A policy's rules as a form shows them, and back: hours, holidays and languages are lines that a person writes."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from runtime.queues import retry
from runtime.queues.dispositions import ALL
from runtime.queues.proving import Verification

Data = dict[str, Any]
AGAIN = tuple(row for row in ALL if row.after == "retry")
WEEK = tuple(str(day) for day in range(1, 8))
FOLLOWS = ("document", "form", "campaign")
DASH = re.compile(r"\s*[-–]\s*")


def initial_of(rules: Data) -> Data:
    """A policy's rules as the fields show them."""
    rules = {**retry.DEFAULT_RULES, **rules}
    caps = {**retry.DEFAULT_RULES["caps"], **rules["caps"]}
    callback = {**retry.DEFAULT_RULES["callback"], **rules["callback"]}
    ageing, numbers = rules["ageing"] or {}, rules["numbers"]
    return {
        "time_zone": rules["time_zone"],
        **_shown_hours(rules),
        "item_cap": caps["item"],
        "number_cap": caps["number"],
        "day_cap": caps["day"],
        "lifetime_cap": caps["lifetime"],
        "gap": caps["gap_minutes"],
        "household_gap": caps["household_minutes"],
        "household_once": caps["household_once"],
        "messages": rules["voicemail"].get("messages", 1),
        "numbers_order": numbers.get("order", "confirmed"),
        "numbers_rotate": numbers.get("rotate", False),
        "numbers_first": next(iter(numbers.get("kinds", ())), ""),
        "grace": callback["grace_minutes"],
        "callback_days": callback["days"],
        "ageing_minutes": ageing.get("minutes"),
        "ageing_points": ageing.get("at_most"),
        "languages": "\n".join(f"{each} {code}" for each, code in rules["languages"].items()),
        "lease": rules["lease_minutes"],
        **_shown_follow(rules["exhausted"] or {}),
        **_shown_asked(rules["verification"]),
        **_shown_again({**retry.DEFAULT_RULES["again"], **rules["again"]}),
    }


def _shown_hours(rules: Data) -> Data:
    window, calendar = rules["window"] or {}, rules["calendar"] or {}
    hours, holidays = calendar.get("hours", {}), calendar.get("holidays", {})
    return {
        "keeps_hours": rules["calendar"] is not None,
        **{f"hours_{day}": _written(hours.get(day, [])) for day in WEEK},
        "holidays": "\n".join(f"{day} {_written(holidays[day])}".strip() for day in holidays),
        "days": window.get("days", []),
        "opens": window.get("from"),
        "closes": window.get("until"),
    }


def _written(spans: Any) -> str:
    return ", ".join("-".join(map(str, span)) for span in spans)


def _shown_follow(follow: Mapping[str, Any]) -> Data:
    return {
        "follow": follow.get("then", ""),
        **{f"follow_{name}": follow.get(name, "") for name in FOLLOWS},
    }


def _shown_asked(verification: Any) -> Data:
    asked = {**asdict(Verification()), **(verification or {})}
    return {
        "asks": verification is not None,
        "asked_facts": list(asked["facts"]),
        "asked_needed": asked["needed"],
        "asked_tries": asked["tries"],
        "adult_from": asked["adult_from"],
    }


def _shown_again(again: Mapping[str, Any]) -> Data:
    shown: Data = {}
    for row in AGAIN:
        shown[f"{row.name}_minutes"] = again[row.name].get("minutes")
        shown[f"{row.name}_at_most"] = again[row.name].get("at_most")
        shown[f"{row.name}_other"] = again[row.name].get("other_daypart", False)
    return shown


def rules_of(cleaned: Data) -> Data:
    """The fields as rules. What cannot be is left as it was written, for `retry.read` to refuse."""
    first = cleaned["numbers_first"]
    return {
        "time_zone": cleaned["time_zone"],
        "calendar": _calendar_of(cleaned) if cleaned["keeps_hours"] else None,
        "window": _window_of(cleaned),
        "caps": {
            "item": cleaned["item_cap"],
            "number": cleaned["number_cap"],
            "day": cleaned["day_cap"],
            "lifetime": cleaned["lifetime_cap"],
            "gap_minutes": cleaned["gap"],
            "household_minutes": cleaned["household_gap"],
            "household_once": cleaned["household_once"],
        },
        "again": {row.name: _again_of(row.name, cleaned) for row in AGAIN},
        "voicemail": {"messages": cleaned["messages"]},
        "numbers": {
            "order": cleaned["numbers_order"],
            "rotate": cleaned["numbers_rotate"],
            "kinds": [first] if first else [],
        },
        "callback": {"grace_minutes": cleaned["grace"], "days": cleaned["callback_days"]},
        "ageing": _ageing_of(cleaned),
        "languages": _languages_of(cleaned["languages"]),
        "exhausted": _follow_of(cleaned),
        "lease_minutes": cleaned["lease"],
        "verification": _verification_of(cleaned) if cleaned["asks"] else None,
    }


def _calendar_of(cleaned: Data) -> Data:
    lines = [line.split(None, 1) for line in cleaned["holidays"].splitlines() if line.strip()]
    return {
        "hours": {day: _spans(cleaned[f"hours_{day}"]) for day in WEEK},
        "holidays": {day: _spans(" ".join(rest)) for day, *rest in lines},
    }


def _spans(text: str) -> list[list[str]]:
    """`9:00-12:00, 13:00-17:00`."""
    return [DASH.split(part.strip()) for part in text.split(",") if part.strip()]


def _window_of(cleaned: Data) -> Data | None:
    """Days without hours, or hours without an end, are for `retry.read` to refuse."""
    opens, closes, days = cleaned["opens"], cleaned["closes"], cleaned["days"]
    if not (opens or closes or days):
        return None
    return {
        "days": days or list(retry.EVERY_DAY),
        "from": opens.strftime("%H:%M") if opens else "",
        "until": closes.strftime("%H:%M") if closes else "",
    }


def _again_of(name: str, cleaned: Data) -> Data:
    row = {"minutes": cleaned[f"{name}_minutes"], "at_most": cleaned[f"{name}_at_most"]}
    return {**row, "other_daypart": True} if cleaned[f"{name}_other"] else row


def _ageing_of(cleaned: Data) -> Data | None:
    minutes, points = cleaned["ageing_minutes"], cleaned["ageing_points"]
    return None if minutes is None and points is None else {"minutes": minutes, "at_most": points}


def _languages_of(text: str) -> Data:
    lines = [line.split(None, 1) for line in text.splitlines() if line.strip()]
    return {language: " ".join(rest).strip() for language, *rest in lines}


def _follow_of(cleaned: Data) -> Data | None:
    if not cleaned["follow"]:
        return None
    codes = {name: cleaned[f"follow_{name}"] for name in FOLLOWS}
    return {"then": cleaned["follow"], **{name: code for name, code in codes.items() if code}}


def _verification_of(cleaned: Data) -> Data:
    """What is asked; a number that was left empty is the usual one."""
    told = {
        "needed": cleaned["asked_needed"],
        "tries": cleaned["asked_tries"],
        "adult_from": cleaned["adult_from"],
    }
    return {
        "facts": cleaned["asked_facts"],
        **{name: value for name, value in told.items() if value is not None},
    }
