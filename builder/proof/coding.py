"""Codes: every value that the engine computes with as a whole number, and back.

A date is its day's number, a time its minute, a number so many units of its last decimal. Choices, texts and partial dates
are numbered as they come up: all that is asked of them is whether two are the same, or what a function says of one.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final

from builder.values import canonical
from builder.values.decimals import CONTEXT

FIRST_DAY: Final = date(1000, 1, 1).toordinal()
LAST_DAY: Final = date(9999, 12, 31).toordinal()
MINUTES: Final = 24 * 60
BIGGEST: Final = 10**15  # numbers stay below it
NUMBERED: Final = frozenset({"one", "text", "partial"})


NAMELESS: Final = 10**9  # from here on: words that nobody wrote down


class Numbered:
    """Words numbered as they come up; a choice and a text of the same letters are different."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.texts: list[tuple[int, str]] = []
        self._codes: dict[tuple[str, str], int] = {}

    def code(self, kind: str, word: str) -> int:
        """The number of a word."""
        found = self._codes.get((kind, word))
        if found is None:
            found = self._codes[kind, word] = len(self.words)
            self.words.append(word)
            if kind == "text":
                self.texts.append((found, word))
        return found

    def codes(self, kind: str, words: Iterable[str]) -> frozenset[int]:
        """The numbers of several."""
        return frozenset([self.code(kind, word) for word in words])

    def word(self, code: int) -> str | None:
        """The word of a number."""
        return self.words[code] if 0 <= code < len(self.words) else None


def places(number: str) -> int:
    """How many decimals a canonical number has."""
    return len(number.partition(".")[2])


def units(number: str | Decimal, scale: int) -> int:
    """A number in units of its last decimal."""
    return int(CONTEXT.scaleb(Decimal(number), scale))


def number_of(count: int, scale: int) -> str:
    """The canonical number of so many units."""
    return canonical(CONTEXT.scaleb(Decimal(count), -scale))


def rounded(top: int, bottom: int) -> int:
    """The quotient of two whole numbers, rounded half-even: as products and quotients of decimals are."""
    if bottom < 0:
        top, bottom = -top, -bottom
    whole, rest = divmod(top, bottom)
    twice = 2 * rest
    return whole + (1 if twice > bottom or (twice == bottom and whole % 2) else 0)


def day_of(iso: str) -> int:
    """The number of a day."""
    return date.fromisoformat(iso).toordinal()


def iso_of(day: int) -> str:
    """The day of a number."""
    return date.fromordinal(day).isoformat()


def minute_of(clock: str) -> int:
    """The number of a minute of the day."""
    return int(clock[:2]) * 60 + int(clock[3:5])


def written(answer_type: str, code: int, scale: int, numbered: Numbered) -> str | None:
    """The canonical value that a code stands for; None for a word that nobody wrote down."""
    if answer_type in NUMBERED:
        return numbered.word(code)
    if answer_type == "number":
        return number_of(code, scale)
    if answer_type == "date":
        return iso_of(code)
    day, minute = divmod(code, MINUTES)
    clock = f"{minute // 60:02d}:{minute % 60:02d}"
    return clock if answer_type == "time" else f"{iso_of(day)}T{clock}"


def coded(answer_type: str, value: str, scale: int, numbered: Numbered) -> int:
    """The code of a canonical value."""
    if answer_type in NUMBERED:
        return numbered.code(answer_type, value)
    if answer_type == "number":
        return units(value, scale)
    if answer_type == "date":
        return day_of(value)
    if answer_type == "time":
        return minute_of(value)
    return day_of(value[:10]) * MINUTES + minute_of(value[11:])


def limits(answer_type: str, scale: int) -> tuple[int, int]:
    """The least and the greatest code of a type that is not numbered."""
    if answer_type == "number":
        most = BIGGEST * 10**scale - 1
        return -most, most
    if answer_type == "date":
        return FIRST_DAY, LAST_DAY
    if answer_type == "time":
        return 0, MINUTES - 1
    return FIRST_DAY * MINUTES, LAST_DAY * MINUTES + MINUTES - 1
