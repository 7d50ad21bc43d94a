"""What a policy asks of who is on the line before anything personal is shown or said: so many of these facts. Pure.

    {"needed": 2, "facts": ["birth_date", "postcode", "national_number"], "tries": 3, "adult_from": 18}

All parts are optional; null asks nothing. `adult_from` 0 asks nobody for a guardian.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from builder.problems import Problem, gettext_noop
from runtime.parties.verifying import CHECKS

TRIES_AT_MOST = 10
OLDEST_MINOR = 30


@dataclass(frozen=True, slots=True)
class Verification:
    """`needed` of `facts` must be said as they are known, within so many `tries`; who is younger than `adult_from` is spoken
    with in company of a guardian."""

    needed: int = 2
    facts: tuple[str, ...] = ("birth_date", "postcode", "national_number")
    tries: int = 3
    adult_from: int = 18


def read_verification(value: Any, problems: list[Problem]) -> Verification | None:
    """The rules, or None where nothing is asked or something cannot be read (then `problems` grows)."""
    if value is None:
        return None
    usual = Verification()
    if isinstance(value, Mapping):
        facts = value.get("facts", list(usual.facts))
        needed, tries = value.get("needed", usual.needed), value.get("tries", usual.tries)
        adult = value.get("adult_from", usual.adult_from)
        if (
            _names(facts)
            and _whole(needed, 1, len(facts))
            and _whole(tries, 1, TRIES_AT_MOST)
            and _whole(adult, 0, OLDEST_MINOR)
        ):
            return Verification(needed, tuple(facts), tries, adult)
    problems.append(
        Problem(
            code="policy_verification",
            place="verification",
            message=gettext_noop("It cannot be read what is asked of who is on the line."),
            remedy=gettext_noop(
                "Choose facts, and ask for as many of them as there are, or fewer."
            ),
        )
    )
    return None


def _names(facts: Any) -> bool:
    return (
        isinstance(facts, list | tuple)
        and bool(facts)
        and len(set(map(str, facts))) == len(facts)
        and all(name in CHECKS for name in facts)
    )


def _whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
