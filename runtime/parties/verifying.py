"""Who is on the line: what a person may be asked to prove, and how what they say is compared with what is known.

Pure. A check makes one normal form of what is known and one of what is said; only equal forms match. It tells nobody what is
known: its answers are names of checks.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from builder.values.reading_dates import read_date
from runtime.parties.facts import Facts, number

END = 4  # so many last digits of a national number are asked for
_POSTCODE = re.compile(r"(?<![0-9A-Za-z])(?:[A-Za-z]{1,2}[- ]?)?(\d{4,5})(?![0-9A-Za-z])")
_DIGITS = re.compile(r"[^0-9]")


@dataclass(frozen=True, slots=True)
class Said:
    """The language and the day in which what was said is read."""

    language: str
    today: str


@dataclass(frozen=True, slots=True)
class Check:
    """`of` what is known and `read` of what was typed give the same form; None where there is nothing that can be compared."""

    of: Callable[[Facts], str | None]
    read: Callable[[str, Said], str | None]


def _birth_date(text: str, said: Said) -> str | None:
    """A day as people say it; what is yet to come, or eight digits in a row, is read too."""
    digits = _DIGITS.sub("", text)
    if len(digits) == 8 and digits == text.strip():
        text = f"{digits[:2]}/{digits[2:4]}/{digits[4:]}"
    return read_date(text, said.today, said.language) or None


def _postcode(text: str) -> str | None:
    """The last group of four or five digits: a house number stands before the town's."""
    found = _POSTCODE.findall(text)
    return str(found[-1]) if found else None


def _end(text: str) -> str | None:
    """The last digits; a whole number that was said ends with them, too."""
    digits = _DIGITS.sub("", number(text))
    return digits[-END:] if len(digits) >= END else None


CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "birth_date": Check(lambda facts: facts.birth_date, _birth_date),
        "postcode": Check(
            lambda facts: _postcode(facts.address or ""), lambda text, _said: _postcode(text)
        ),
        "national_number": Check(
            lambda facts: _end(facts.national_number or ""), lambda text, _said: _end(text)
        ),
        "email": Check(
            lambda facts: facts.email.casefold() if facts.email else None,
            lambda text, _said: text.strip().casefold() or None,
        ),
    }
)


def known(facts: Facts, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of these checks for which something is known."""
    return tuple(name for name in names if CHECKS[name].of(facts) is not None)


def read_said(typed: Mapping[str, str], said: Said) -> tuple[dict[str, str], list[str]]:
    """What was typed, in the forms that are compared, and the checks whose text cannot be read. What is blank was not said."""
    told: dict[str, str] = {}
    unreadable = []
    for name, text in typed.items():
        if not text.strip():
            continue
        form = CHECKS[name].read(text, said)
        if form is None:
            unreadable.append(name)
        else:
            told[name] = form
    return told, unreadable


def matching(facts: Facts, told: Mapping[str, str]) -> tuple[str, ...]:
    """The names of what was said and is so."""
    return tuple(name for name, form in told.items() if CHECKS[name].of(facts) == form)


def is_minor(facts: Facts, today: str, adult_from: int) -> bool:
    """Whether somebody is known to be younger than this; who is born on a 29th of February has their day on the first of March."""
    if not facts.birth_date or not adult_from:
        return False
    born = facts.birth_date
    grown = f"{int(born[:4]) + adult_from:04d}{born[4:]}"
    return today < grown
