"""The classes of queries: what is typed about somebody, what counts as found, and the goals."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tests.bench.population import Citizen, edit, mistyped, run_together

FIRST = 10
# Spellings of one sound, either way.
RESPELLINGS = (
    ("ck", "k"), ("c", "k"), ("ph", "f"), ("f", "v"), ("y", "ij"), ("ae", "aa"), ("dt", "t"), ("s", "z"), ("gh", "g"),
    ("x", "ks"), ("oe", "u"), ("eau", "o"), ("ll", "l"), ("h", ""), ("tt", "t"), ("qu", "k"), ("th", "t"),
)  # fmt: skip


class Found(NamedTuple):
    """A row of either answer."""

    given: str
    family: str
    national: str


Good = Callable[[Citizen, Sequence[Found]], bool]


class Typed(NamedTuple):
    """A query, in the parts the plaintext side needs apart."""

    text: str
    way: str = "name"  # name, family, prefix, phone, dated, national
    value: str = ""  # of a key, or the beginning
    rest: str = ""


@dataclass(frozen=True)
class Asking:
    """A class of queries."""

    name: str
    typed: Callable[[Citizen, random.Random], Typed]
    good: Good
    recall: float
    typing: bool = False
    among: Callable[[Citizen], bool] = lambda _one: True
    p50: float = 0.1  # of the plaintext's
    p95: float = 0.1


def words(text: str) -> list[str]:
    from runtime.search.names import words as folded

    return folded(text)


def _full(one: Citizen) -> list[str]:
    return words(f"{one.given_name} {one.family_name}")


def same_name(one: Citizen, rows: Sequence[Found]) -> bool:
    wanted = _full(one)
    return any(words(f"{row.given} {row.family}") == wanted for row in rows)


def has_surname(one: Citizen, rows: Sequence[Found]) -> bool:
    wanted = set(words(one.family_name))
    return any(wanted <= set(words(row.family)) for row in rows)


def same_person(one: Citizen, rows: Sequence[Found]) -> bool:
    return any(row.national == one.national_number for row in rows)


def _named(text: str) -> Typed:
    return Typed(text)


def _typo(edits: int) -> Callable[[Citizen, random.Random], Typed]:
    def typed(one: Citizen, chance: random.Random) -> Typed:
        text = f"{one.given_name} {one.family_name}"
        for _ in range(edits):
            text = mistyped(text, chance)
        return _named(text)

    return typed


def _swapped(one: Citizen, chance: random.Random) -> Typed:
    text = f"{one.family_name} {one.given_name}"
    return _named(mistyped(text, chance) if chance.random() < 0.5 else text)


def _compound(one: Citizen, chance: random.Random) -> Typed:
    text = f"{one.given_name} {run_together(one.family_name, chance)}"
    return _named(mistyped(text, chance) if chance.random() < 0.5 else text)


def respelled(text: str, chance: random.Random) -> str:
    """The text with up to three sounds written otherwise."""
    text = text.lower()
    for _ in range(chance.randint(1, 3)):
        ways = [(a, b) for one, other in RESPELLINGS for a, b in ((one, other), (other, one))]
        fitting = [(a, b) for a, b in ways if a and a in text[1:]]
        if fitting:
            a, b = chance.choice(fitting)
            at = chance.choice([n for n in range(1, len(text)) if text.startswith(a, n)])
            text = text[:at] + b + text[at + len(a) :]
    return text


def _phonetic(one: Citizen, chance: random.Random) -> Typed:
    return _named(f"{one.given_name} {respelled(one.family_name, chance)}")


def _surname(one: Citizen, chance: random.Random) -> Typed:
    text = mistyped(one.family_name, chance)
    if text.lower() == one.family_name.lower():
        text = edit(one.family_name, chance)
    return Typed(text, "family")


def _prefix(one: Citizen, chance: random.Random) -> Typed:
    family = one.family_name
    if chance.random() < 0.5:
        text = f"{one.given_name} {family[: chance.randint(3, max(3, len(family)))]}"
        return Typed(text, "prefix", " ".join(words(text)), "full")
    begun = family[: chance.randint(4, 7)]
    return Typed(begun, "prefix", " ".join(words(begun)), "family")


def begins(one: Citizen, rows: Sequence[Found]) -> bool:
    """The person, or ten who begin so."""
    return same_person(one, rows) or len(rows) == FIRST


def _phone(one: Citizen, _: random.Random) -> Typed:
    return Typed(one.phone[-6:], "phone", one.phone[-6:])


def _dated(one: Citizen, chance: random.Random) -> Typed:
    year, month, day = one.birth_date.split("-")
    family = _surname(one, chance).text
    return Typed(f"{family} {day}/{month}/{year}", "dated", one.birth_date, family)


def _national(one: Citizen, _: random.Random) -> Typed:
    return Typed(one.national_number, "national", one.national_number)


def _particles(one: Citizen) -> bool:
    return " " in one.family_name and "-" not in one.family_name


CLASSES = (
    Asking("typo1", _typo(1), same_name, 0.99),
    Asking("typo2", _typo(2), same_name, 0.96),
    Asking("swap", _swapped, same_name, 0.99),
    Asking("compound", _compound, same_name, 0.985, among=_particles),
    Asking("phonetic", _phonetic, same_name, 0.985),
    Asking("surname", _surname, has_surname, 0.96),
    Asking("prefix", _prefix, begins, 0.98, typing=True, p50=1, p95=1),
    Asking("phone6", _phone, same_person, 1, p50=3, p95=3),
    Asking("dob+name", _dated, same_person, 0.99, p50=3, p95=3),
    Asking("nn", _national, same_person, 1, p50=3, p95=3),
)
