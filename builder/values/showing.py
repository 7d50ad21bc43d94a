"""How a value looks to people: in piped texts, lists and documents. The browser's twin prints the same bytes."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from builder.values.date_words import DATE_WORDS
from builder.values.words import DECIMAL_COMMA, YES_NO, base


def show_number(value: str, language: str) -> str:
    """`2.5` in English, `2,5` where a comma is used."""
    return value.replace(".", ",") if base(language) in DECIMAL_COMMA else value


def show_date(value: str, language: str) -> str:
    """`3 April 2026`, `3 avril 2026`, `3. April 2026`."""
    short = base(language)
    month = DATE_WORDS[short].months.split()[int(value[5:7]) - 1]
    dot = "." if short == "de" else ""
    return f"{int(value[8:])}{dot} {month} {value[:4]}"


def show_moment(value: str, language: str) -> str:
    """`3 April 2026, 14:30`."""
    return f"{show_date(value[:10], language)}, {value[11:]}"


def show_partial(value: str, language: str) -> str:
    """`2026`, `April 2026`, `3 April 2026`."""
    if len(value) == 10:
        return show_date(value, language)
    if len(value) == 4:
        return value
    return f"{DATE_WORDS[base(language)].months.split()[int(value[5:]) - 1]} {value[:4]}"


def show_bool(value: bool, language: str) -> str:
    """Yes or no."""
    yes, no = YES_NO[base(language)]
    return yes if value else no


# How plain JSON values of an answer type look; what is not here stands as it is.
SHOWN: Final[Mapping[str, Callable[[Any, str], str]]] = {
    "number": show_number,
    "date": show_date,
    "moment": show_moment,
    "partial": show_partial,
    "bool": show_bool,
}
