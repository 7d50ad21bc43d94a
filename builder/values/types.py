"""The answer types, the one absence, and names."""

import re
from collections.abc import Mapping
from typing import Final, Literal, get_args

from builder.values.dates import is_date
from builder.values.decimals import is_number
from builder.values.texts import is_blank, is_text
from builder.values.times import is_moment, is_partial, is_time

AnswerType = Literal[
    "text", "number", "date", "time", "moment", "partial", "bool", "one", "many", "ranked", "parts"
]
ANSWER_TYPES: Final[tuple[AnswerType, ...]] = get_args(AnswerType)
# What can be written out or calculated: an answer in parts is only ever given.
PLAIN_TYPES: Final = tuple(name for name in ANSWER_TYPES if name != "parts")
# Lists of names: as tuples they are computed with, as lists they travel.
LISTS: Final = frozenset({"many", "ranked"})

# Values as they travel: canonical JSON (numbers and dates are strings, many is a list or tuple of names, parts an object).
Value = str | bool | list[str] | tuple[str, ...] | Mapping[str, str]

# One absence: never answered, cleared, irrelevant. It is JSON's null, and the "unknown" of three-valued
# logic too, so that both engines carry it as what their language has for it.
Missing: Final = None

NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,62}\Z")

# Choices keep the codes that other systems know them by.
CHOICE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,62}\Z")

# Names that mean something else in an expression, in a table or in a browser.
RESERVED: Final = frozenset(
    {"answer", "constructor", "each", "entries", "entry", "missing", "prototype", "record"}
    | {"score", "today", "value"}
)


def _is_bool(value: object) -> bool:
    return value is True or value is False


def _is_one(value: object) -> bool:
    return isinstance(value, str) and CHOICE_NAME.match(value) is not None


def _is_many(value: object) -> bool:
    if not isinstance(value, list | tuple) or not value:
        return False
    return all(_is_one(name) for name in value) and len(set(value)) == len(value)


def _is_parts(value: object) -> bool:
    if not isinstance(value, Mapping) or not value:
        return False
    return all(_is_one(name) and _is_said(part) for name, part in value.items())


def _is_said(value: object) -> bool:
    return is_text(value) and not is_blank(str(value))


_CHECKS: Final = {
    "text": _is_said,
    "number": is_number,
    "date": is_date,
    "time": is_time,
    "moment": is_moment,
    "partial": is_partial,
    "bool": _is_bool,
    "one": _is_one,
    "many": _is_many,
    "ranked": _is_many,
    "parts": _is_parts,
}


def is_value(answer_type: str, value: object) -> bool:
    """Whether this is a canonical JSON value of the type (Missing is not a value)."""
    return _CHECKS[answer_type](value)
