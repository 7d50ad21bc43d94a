"""What a person typed, read as words, a birth date and numbers. Pure.

Which terms are stored for facts and asked for words is in `runtime.search.classes`.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from runtime.search.names import Word, joined, plain, words

CLASSES = ("g", "s")  # given names, surnames
MOST_WORDS = 8
MOST_LETTERS = 120
SHORTEST_NUMBER, LONGEST_NUMBER = 4, 15  # digits
NATIONAL_SHORT = 5  # the end of a national number that is searched
WITH_COUNTRY = 10
MONTHS, DAYS = 12, 31

DATE_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[/.\- ](\d{1,2})[/.\- ]((?:1[89]|20)\d\d)(?!\d)")
DATE_YEAR_FIRST = re.compile(r"(?<!\d)((?:1[89]|20)\d\d)[/.\-](\d{1,2})[/.\-](\d{1,2})(?!\d)")
NUMBER = re.compile(r"\+?\d[\d\s./()\-]*\d")
NOT_A_DIGIT = re.compile(r"\D")


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
    birth_date: str = ""
    numbers: tuple[str, ...] = ()
    typing: bool = False

    @property
    def empty(self) -> bool:
        return not (self.readings or self.birth_date or self.numbers)


@dataclass(frozen=True)
class Asked:
    """A word of a query and the classes of names in which it is looked for."""

    text: str
    classes: tuple[str, ...] = CLASSES


def digits(text: str) -> str:
    return NOT_A_DIGIT.sub("", text)


def phone_digits(text: str) -> str:
    """A phone number as it is compared: no country code of Belgium, no leading zeros."""
    number = digits(text)
    if number.startswith("0032"):
        number = number[4:]
    elif number.startswith("32") and len(number) >= WITH_COUNTRY:
        number = number[2:]
    return number.lstrip("0")


def _date(year: str, month: str, day: str) -> str:
    if not (1 <= int(month) <= MONTHS and 1 <= int(day) <= DAYS):
        return ""
    return f"{year}-{int(month):02}-{int(day):02}"


def _take_date(text: str) -> tuple[str, str]:
    """The first date in the text and the text without it."""
    for pattern, order in ((DATE_YEAR_FIRST, (1, 2, 3)), (DATE_DAY_FIRST, (3, 2, 1))):
        found = pattern.search(text)
        if found and (date := _date(*(found.group(part) for part in order))):
            return date, text[: found.start()] + " " + text[found.end() :]
    return "", text


def _take_numbers(text: str) -> tuple[tuple[str, ...], str]:
    """The phone and national numbers in the text (digits only) and the text without them."""
    found = [digits(match.group()) for match in NUMBER.finditer(text)]
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


def parse(text: str, *, typing: bool = False) -> Query:
    """What a person typed, read as names, a birth date, a phone or a national number."""
    text = text[:MOST_LETTERS].replace("\x00", " ")
    birth_date, rest = _take_date(text)
    numbers, rest = _take_numbers(rest)
    parts = words(rest)[:MOST_WORDS]
    return Query(
        readings=_readings(parts),
        birth_date=birth_date,
        numbers=numbers,
        typing=typing and bool(parts) and not text[-1:].isspace(),
    )
