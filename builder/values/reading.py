"""Reading leniently what people type. Each function gives a canonical value, Missing for blank, or "" for unreadable.

The browser's twin (`read.mjs`) reads the same way; the spec binds both.
"""

import re
import unicodedata
from typing import Final

from builder.values.decimals import LIMIT, PLACES, canonical, decimal
from builder.values.texts import BLANKS
from builder.values.words import DECIMAL_COMMA, base

LONGEST: Final = 60
_GAPS: Final = re.compile(f"[{BLANKS}'’]+")
_NUMBER: Final = re.compile(r"([+-]?)([0-9]*)(?:[.]([0-9]*))?\Z")
_MARKS: Final = re.compile("[\u0300-\u036f]")


def folded(text: str) -> str:
    """The text for comparing words: without accents and capitals, single spaces, no dots at words' ends."""
    plain = _MARKS.sub("", unicodedata.normalize("NFD", text)).lower()
    words = re.split(f"[{BLANKS}]+", plain.replace("’", "'"))
    return " ".join(word for word in (word.rstrip(".") for word in words) if word)


def read_number(text: str, language: str) -> str | None:
    """`1 234,5`, `1.234,50`, `-3` or `.5`; which of comma and dot groups is told by their places and the language."""
    compact = _GAPS.sub("", text).replace("−", "-")
    if not compact:
        return None
    found = _NUMBER.match(_dotted(compact, language)) if len(compact) <= LONGEST else None
    if found is None or not (found[2] or found[3]):
        return ""
    whole, fraction = found[2].lstrip("0") or "0", (found[3] or "").rstrip("0")
    if len(whole) > 15 or len(fraction) > PLACES:
        return ""
    number = decimal(f"{found[1]}{whole}.{fraction or '0'}")
    return canonical(number) if abs(number) < LIMIT else ""


def _dotted(compact: str, language: str) -> str:
    """The number with a dot for its decimals and nothing for its groups; unreadable stays unreadable."""
    dots, commas = compact.count("."), compact.count(",")
    if dots and commas:
        mark = max(".", ",", key=compact.rfind)
        group = "," if mark == "." else "."
        return _ungrouped(compact, group, mark) if compact.count(mark) == 1 else "?"
    mark = "." if dots else ","
    groups = mark == ("." if base(language) in DECIMAL_COMMA else ",")
    if dots + commas > 1 or (
        dots + commas == 1
        and groups
        and re.fullmatch(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}", compact)
    ):
        return _ungrouped(compact, mark, "")
    return compact.replace(",", ".")


def _ungrouped(compact: str, group: str, mark: str) -> str:
    whole, _, fraction = compact.partition(mark) if mark else (compact, "", "")
    grouped = rf"[+-]?[0-9]{{1,3}}(?:{re.escape(group)}[0-9]{{3}})+"
    if not re.fullmatch(grouped, whole) or group in fraction:
        return "?"
    return whole.replace(group, "") + ("." + fraction if mark else "")
