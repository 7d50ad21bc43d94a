"""What is shown of a fact before somebody asks to see it: enough to recognise, too little to learn."""

import re
from collections.abc import Callable
from datetime import date

from django.utils.formats import date_format

from runtime.parties.facts import Facts

HIDDEN = "•"
# Facts that are shown on demand: the caller proves them, not we.
VEILED_FACTS = frozenset({"birth_date", "national_number"})
DIGIT = re.compile(r"\d")


def birth_date(value: str) -> str:
    """The year only."""
    return f"{HIDDEN * 2}.{HIDDEN * 2}.{value[:4]}" if value else ""


def number(value: str) -> str:
    """The last two digits only."""
    left = len(DIGIT.findall(value)) - 2
    shown = ""
    for letter in value:
        if letter.isdigit():
            left -= 1
            shown += letter if left < 0 else HIDDEN
        else:
            shown += letter
    return shown


def full_name(facts: Facts) -> str:
    """The initials only."""
    return " ".join(
        f"{name[0]}{HIDDEN * 3}" for name in (facts.given_name, facts.family_name) if name
    )


def text(value: str) -> str:
    """Nothing but that there is something."""
    return HIDDEN * 8 if value else ""


VEILS: dict[str, Callable[[str], str]] = {
    "birth_date": birth_date,
    "phone": number,
    "national_number": number,
    "email": text,
    "address": text,
}


def veiled(fact: str, value: str) -> str:
    """The fact behind its veil; of one without a veil of its own, that there is something."""
    return VEILS.get(fact, text)(value)


def shown(fact: str, value: str) -> str:
    """The fact as it is read."""
    if fact != "birth_date" or not value:
        return value
    return date_format(date.fromisoformat(value), "j F Y")
