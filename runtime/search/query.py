"""What a person typed, read as words, a birth date and numbers. Pure.

Which terms are stored for facts and asked for words is in `runtime.search.classes`.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from unicodedata import category

from runtime.search.dates import fold, take_dates
from runtime.search.names import Word, joined, plain, words

CLASSES = ("g", "s")  # given names, surnames
MOST_WORDS = 8
MOST_LETTERS = 120
SHORTEST_NUMBER, LONGEST_NUMBER = 4, 15  # digits
NATIONAL_SHORT = 5  # the end of a national number that is searched
WITH_COUNTRY = 10
AN_ENDING = 8  # digits at most: a zero at its beginning is a digit as any

NATIONAL = re.compile(
    r"(?<![\d+])\d{2}[.\s-]?\d{2}[.\s-]?\d{2}[.\s-]{0,3}\d{3}[.\s-]?\d{2}(?!\d|[.\s/-]\d)"
)
NUMBER = re.compile(r"\+?\d[\d\s./()\-]*\d")
NOT_A_DIGIT = re.compile(r"\D")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
UNSEEN = re.compile(  # marks of direction and width
    r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


@dataclass(frozen=True)
class Named:
    """The facts a card and its tokens are made of; absent facts are empty."""

    given_name: str = ""
    family_name: str = ""
    birth_date: str = ""
    phone: str = ""
    national_number: str = ""

    @cached_property
    def given(self) -> list[Word]:
        return plain(words(self.given_name))

    @cached_property
    def family(self) -> list[Word]:
        return joined(words(self.family_name))


@dataclass(frozen=True)
class Query:
    """What was typed: the words, and the keys recognised among them."""

    readings: tuple[tuple["Asked", ...], ...] = ()
    birth_dates: tuple[str, ...] = ()  # of one day and month: a year of two digits may be two
    numbers: tuple[str, ...] = ()
    typing: bool = False

    @property
    def birth_date(self) -> str:
        """The likeliest."""
        return self.birth_dates[0] if self.birth_dates else ""

    @property
    def empty(self) -> bool:
        return not (self.readings or self.birth_dates or self.numbers)


@dataclass(frozen=True)
class Asked:
    """A word of a query and the classes of names in which it is looked for."""

    text: str
    classes: tuple[str, ...] = CLASSES


def digits(text: str) -> str:
    return NOT_A_DIGIT.sub("", text)


def phone_digits(text: str) -> str:
    """A phone number as it is compared: no country code of Belgium, no leading zeros (the end of one keeps them)."""
    number = digits(text)
    if number.startswith("0032"):
        number = number[4:]
    elif number.startswith("32") and len(number) >= WITH_COUNTRY:
        number = number[2:]
    return number.lstrip("0") if len(number) > AN_ENDING else number


def _take_numbers(text: str) -> tuple[tuple[str, ...], str]:
    """The phone and national numbers in the text (digits only) and the text without them."""
    found = [digits(match.group()) for match in NATIONAL.finditer(text)]
    text = NATIONAL.sub(" ", text)
    found += [digits(match.group()) for match in NUMBER.finditer(text)]
    numbers = tuple(
        dict.fromkeys(
            number for number in found if SHORTEST_NUMBER <= len(number) <= LONGEST_NUMBER
        )
    )
    return numbers, NUMBER.sub(" ", text) if numbers else text


def _readings(parts: list[str]) -> tuple[tuple[Asked, ...], ...]:
    """The ways to read the words: each alone, or particles joined to a surname, from the second word or all."""
    if not parts:
        return ()
    family = ("s",)

    def surname(word: Word) -> Asked:
        return Asked(word.squashed, CLASSES if word.squashed == word.core else family)

    given_first = (Asked(parts[0]), *map(surname, joined(parts[1:])))
    family_first = tuple(map(surname, joined(parts)))
    last_given = (*map(surname, joined(parts[:-1])), Asked(parts[-1]))
    found = [family_first, given_first, last_given, tuple(Asked(part) for part in parts)]
    return tuple(dict.fromkeys(found))


def _legible(text: str) -> str:
    """The text without marks that nobody sees, and without pictures, which are spelt out otherwise."""
    text = UNSEEN.sub("", CONTROL.sub(" ", text))
    return "".join(" " if category(letter) == "So" else letter for letter in text)


def parse(text: str, *, typing: bool = False, today: str = "") -> Query:
    """What a person typed, read as names, a birth date, a phone or a national number; `today` tells which years have come."""
    text = _legible(text[:MOST_LETTERS])
    nationals = NATIONAL.findall(text)
    birth_dates, rest = take_dates(fold(NATIONAL.sub(" ", text)), today)
    numbers, rest = _take_numbers(" ".join([rest, *nationals]))
    parts = words(rest)[:MOST_WORDS]
    return Query(
        readings=_readings(parts),
        birth_dates=birth_dates,
        numbers=numbers,
        typing=typing and bool(parts) and not text[-1:].isspace(),
    )
