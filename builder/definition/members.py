"""What the plain members of a definition's JSON data may hold: one test for each kind of member."""

import re
from collections.abc import Mapping
from typing import Any, Final

from builder.question_types import TYPES
from builder.values import NAME, is_number, is_text

MOST_ENTRIES: Final = 1_000
LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")
_CODE: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}\Z")


def is_name(value: Any) -> bool:
    """A name, as sections and questions have."""
    return isinstance(value, str) and NAME.match(value) is not None


def is_id(value: Any) -> bool:
    """A block's id."""
    return isinstance(value, str) and _ID.match(value) is not None


def is_type(value: Any) -> bool:
    """The name of a question type."""
    return isinstance(value, str) and value in TYPES


def is_code(value: Any) -> bool:
    """The code of an app."""
    return isinstance(value, str) and _CODE.match(value) is not None


def is_bool(value: Any) -> bool:
    """Yes or no."""
    return isinstance(value, bool)


def is_count(value: Any) -> bool:
    """How many entries."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_ENTRIES


def is_points(value: Any) -> bool:
    """Points: a number that is not negative."""
    return is_number(value) and not value.startswith("-")


def are_languages(value: Any) -> bool:
    """Language codes, each once."""
    if not isinstance(value, list | tuple) or not 1 <= len(value) <= 50:
        return False
    return len(set(map(str, value))) == len(value) and all(
        isinstance(x, str) and LANGUAGE.match(x) for x in value
    )


def are_arguments(value: Any) -> bool:
    """An effect's arguments: texts by name."""
    return isinstance(value, Mapping) and all(
        is_name(key) and isinstance(text, str) and len(text) <= 200 and is_text(text)
        for key, text in value.items()
    )
