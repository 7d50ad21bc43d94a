"""What a reader of a foreign format gives: a body as plain frozen values, and what could not be taken over.

A body says what an editor would have written; `builder.interchange.blocks` turns it into the data of Wagtail's
blocks, and `content` makes a page of it. A reader never raises on what it is given: a file that cannot be read is
a problem, what had no place here is a loss.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from builder.problems import Problem

LONGEST_TITLE = 200
LONGEST_LABEL = 500
LONGEST_HINT = 500


@dataclass(frozen=True)
class Row:
    """One row of a condition, as an editor picks it: a block's id, an operator, a value."""

    question: str
    operator: str
    value: Any = None


@dataclass(frozen=True)
class Condition:
    """Rows joined by `all` or `any`."""

    rows: tuple[Row, ...]
    join: str = "all"


@dataclass(frozen=True)
class Display:
    """A text to read."""

    id: str
    text: str
    relevance: Condition | None = None


@dataclass(frozen=True)
class Ask:
    """A question. `original` is what the file called it."""

    id: str
    type: str
    name: str
    label: str
    original: str
    hint: str = ""
    required: bool = False
    read_only: bool = False
    relevance: Condition | None = None
    settings: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Repeat:
    minimum: int = 0
    maximum: int = 20
    entry_label: str = ""


@dataclass(frozen=True)
class Section:
    id: str
    name: str
    title: str
    items: tuple[Display | Ask, ...]
    relevance: Condition | None = None
    repeat: Repeat | None = None


@dataclass(frozen=True)
class Outcome:
    id: str
    name: str
    label: str
    complete: bool = True


@dataclass(frozen=True)
class Body:
    """A form as it was read; `language` is the one the file says, or empty."""

    title: str
    language: str
    sections: tuple[Section, ...]
    outcomes: tuple[Outcome, ...]

    def questions(self) -> list[Ask]:
        return [
            item for section in self.sections for item in section.items if isinstance(item, Ask)
        ]


@dataclass(frozen=True)
class Reading:
    """What a reader made of a file: no body when it could not be read at all (the problems say why).

    Problems are faults of the file; losses are things it says rightly that have no place here. Places are the
    file's own words for its items.
    """

    body: Body | None
    problems: tuple[Problem, ...] = ()
    losses: tuple[Problem, ...] = ()


class Interchange(Protocol):
    """A foreign format."""

    name: str
    label: str

    def read(self, data: bytes) -> Reading:
        """The body in a file of this format."""
