"""Reading the smaller parts of a policy: numbers, turns, ageing, languages, what follows when an item is given up."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from builder.problems import Problem, gettext_noop
from runtime.queues.rules.ageing import Ageing
from runtime.queues.rules.rotation import KINDS, Turns
from runtime.queues.rules.shape import Follow

MINUTES_AT_MOST = 60 * 24 * 30
POINTS_AT_MOST = 100
LANGUAGES_AT_MOST = 200
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})?\Z")
CODE = re.compile(r"[-a-zA-Z0-9_]{1,63}\Z")
NEEDS = {"letter": ("document", "campaign"), "sms_link": ("form",), "visit": ("campaign",)}


def problem(place: str, message: str, remedy: str) -> Problem:
    return Problem(
        code="policy", place=place, message=message, remedy=remedy, params={"place": place}
    )


def number(value: Any, place: str, problems: list[Problem], at_most: int) -> int:
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


def optional(value: Any, place: str, problems: list[Problem], at_most: int) -> int | None:
    return None if value is None else number(value, place, problems, at_most)


def minutes(value: Any, place: str, problems: list[Problem]) -> timedelta:
    return timedelta(minutes=number(value, place, problems, MINUTES_AT_MOST))


def read_turns(value: Mapping[str, Any], problems: list[Problem]) -> Turns:
    order, kinds, rotate = value.get("order"), value.get("kinds"), value.get("rotate")
    known = isinstance(kinds, list | tuple) and all(kind in KINDS for kind in kinds)
    if known and order in ("confirmed", "newest", "oldest") and isinstance(rotate, bool):
        return Turns(order, rotate, tuple(kinds or ()))
    problems.append(
        problem(
            "numbers",
            gettext_noop("The order of the numbers cannot be read."),
            gettext_noop("Use confirmed, newest or oldest, and the kinds mobile and landline."),
        )
    )
    return Turns()


def read_ageing(value: Any, problems: list[Problem]) -> Ageing | None:
    if value is None:
        return None
    row = value if isinstance(value, Mapping) else {}
    return Ageing(
        number(row.get("minutes"), "ageing.minutes", problems, 60 * 24),
        number(row.get("at_most"), "ageing.at_most", problems, POINTS_AT_MOST),
    )


def read_languages(value: Any, problems: list[Problem]) -> dict[str, str]:
    """Languages as they are written in facts (`nl`, `pt-br`), each with the code of a skill."""
    if isinstance(value, Mapping) and len(value) <= LANGUAGES_AT_MOST:
        pairs = {str(language).lower(): skill for language, skill in value.items()}
        if all(LANGUAGE.match(each) and _is_code(skill) for each, skill in pairs.items()):
            return pairs
    problems.append(
        problem(
            "languages",
            gettext_noop("It cannot be read which skill a language needs."),
            gettext_noop("Write the code of a language and the code of a skill, like nl dutch."),
        )
    )
    return {}


def read_follow(value: Any, problems: list[Problem]) -> Follow | None:
    if value is None:
        return None
    row = value if isinstance(value, Mapping) else {}
    then = row.get("then")
    codes = {name: row.get(name) or "" for name in ("document", "form", "campaign")}
    if (
        isinstance(then, str)
        and then in NEEDS
        and any(codes[name] for name in NEEDS[then])
        and all(not code or _is_code(code) for code in codes.values())
    ):
        return Follow(then, **codes)  # type: ignore[arg-type]  # a key of NEEDS
    problems.append(
        problem(
            "exhausted",
            gettext_noop("It cannot be read what follows when nobody was reached."),
            gettext_noop(
                "A letter needs a document or a campaign, a link needs a form, a visit needs a campaign."
            ),
        )
    )
    return None


def _is_code(value: Any) -> bool:
    return isinstance(value, str) and CODE.match(value) is not None
