"""Answers in parts that are whole or none (those that name a file): which parts are given together, and what a whole one is like."""

from collections.abc import Mapping
from typing import Final

from builder.question_types import QuestionType, Settings, Stored
from builder.question_types.base.stored import MEDIA_TYPES, NAMES

# A part of which the door admits only what a type lists: nothing else may stand in it.
LISTED: Final = frozenset({"media_type"})
_DIGITS: Final = {"id": 32, "digest": 64}


def wholes(kind: QuestionType, settings: Settings) -> tuple[tuple[str, ...], ...]:
    """The sets of parts of which one is given, all of it; none where each part may be given by itself."""
    if not isinstance(kind, Stored):
        return ()
    names = [part.name for part in kind.parts(settings)]
    file = tuple(name for name in names if name in NAMES)
    others = tuple((name,) for name in names if name not in NAMES)
    return (file, *others) if kind.kept_types(settings) else others or ((),)


def around(kind: QuestionType, settings: Settings, part: str) -> Mapping[str, str]:
    """An answer that the door admits, to put one part of it in; empty where a part stands by itself."""
    if not isinstance(kind, Stored) or part not in NAMES or not kind.kept_types(settings):
        return {}
    media_type = kind.kept_types(settings)[0]
    digits = {name: "0" * count for name, count in _DIGITS.items()}
    return {
        **digits,
        "name": f"sent{MEDIA_TYPES[media_type]}",
        "media_type": media_type,
        "size": "1",
    }


def words(kind: QuestionType, settings: Settings, part: str) -> tuple[str, ...]:
    """Texts that may stand in a part, beside those that anybody might type."""
    if not isinstance(kind, Stored) or part not in NAMES:
        return ()
    if part in LISTED:
        return kind.kept_types(settings)
    own = around(kind, settings, part).get(part)
    if own is None:
        return ()
    return tuple(digit * len(own) for digit in "0a9f") if part in _DIGITS else (own,)
