"""Who speaks of whom in plain blocks: by id in conditions and references, by name in formulas and {braces}."""

import re
from collections.abc import Iterator
from typing import Any

from builder.compile.index import value_of
from builder.compile.items import BOUNDS
from builder.compile.source import Block
from builder.question_types import TYPES

# In a formula: texts and what a choice says of itself stay; a name may have a part.
WORD = re.compile(
    r'"(?:[^"]|"")*"|“[^”]*”|\boffered\s+[^\W\d]\w*|(?P<name>[^\W\d]\w*)(?:\.[^\W\d]\w*)?'
)
HOLE = re.compile(r"\{(?P<name>[a-z][a-z0-9_]*)(?=[.}])")
ID_LENGTH = 36  # of what Wagtail gives a block
FORMULAS = frozenset({"formula", "default", "count"})


def is_formula(kind: str, key: str) -> bool:
    """Whether this field of a block of this kind is a formula: also the settings of a question type that may be one."""
    known = TYPES.get(kind)
    bounds = (each.name for each in known.settings if each.kind in BOUNDS) if known else ()
    return key in FORMULAS or key in bounds


def mentioned(block: Block) -> set[str]:
    """What a block may speak of: the ids and names in its fields, and more words that are neither. What lies in it is left out."""
    value = {key: part for key, part in value_of(block).items() if key != "items"}
    return set(_mentioned(block["type"], "", value))


def _mentioned(kind: str, key: str, part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for name, inner in part.items():
            yield from _mentioned(kind, name, inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _mentioned(kind, key, inner)
    elif isinstance(part, str) and key not in {"id", "name"}:
        head = part.partition(".")[0]
        if len(head) == ID_LENGTH:
            yield head
        pattern = WORD if is_formula(kind, key) else HOLE
        yield from (found["name"] for found in pattern.finditer(part) if found["name"])
