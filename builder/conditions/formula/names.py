"""What a formula may speak of: the names of a page with their types, choices and repeats."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

REPEAT: Final = "repeat"


@dataclass(frozen=True, slots=True)
class Known:
    """One name. `type`: an answer type, `repeat` for a section with entries, empty where nobody can say yet.

    `choices` are the names that may be chosen, None where they are not listed; `repeat` is where it is asked.
    """

    type: str = ""
    choices: tuple[str, ...] | None = None
    repeat: str = ""


Names = Mapping[str, Known]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a place needs: a type, and for choices those that are offered and who offers them."""

    type: str
    choices: tuple[str, ...] | None = None
    of: str = ""


def answers(names: Names) -> tuple[str, ...]:
    """The names of what is answered or calculated."""
    return tuple(name for name, known in names.items() if known.type != REPEAT)


def repeats(names: Names) -> tuple[str, ...]:
    """The names of sections with entries."""
    return tuple(name for name, known in names.items() if known.type == REPEAT)
