"""How a value looks to people: in piped texts, lists and documents. The browser's twin prints the same bytes."""

from builder.values.words import DECIMAL_COMMA, MONTHS, YES_NO, base


def show_number(value: str, language: str) -> str:
    """`2.5` in English, `2,5` where a comma is used."""
    return value.replace(".", ",") if base(language) in DECIMAL_COMMA else value


def show_date(value: str, language: str) -> str:
    """`3 April 2026`, `3 avril 2026`, `3. April 2026`."""
    short = base(language)
    month = MONTHS[short].split()[int(value[5:7]) - 1]
    dot = "." if short == "de" else ""
    return f"{int(value[8:])}{dot} {month} {value[:4]}"


def show_bool(value: bool, language: str) -> str:
    """Yes or no."""
    yes, no = YES_NO[base(language)]
    return yes if value else no
