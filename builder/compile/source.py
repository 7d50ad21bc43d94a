"""What goes into compiling and what comes out: plain data, frozen at the edges."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from builder.problems import Problem

Block = dict[str, Any]  # {"type", "id", "value"}, as a StreamField stores it


@dataclass(frozen=True)
class Body:
    """One language of a page: its title and its two streams as plain data."""

    title: str
    body: list[Block]
    outcomes: list[Block] = field(default_factory=list)


@dataclass(frozen=True)
class SharedList:
    """What a question's reference to a shared list comes to: its choices, or why there are none (`fault`).

    The choices are as blocks store them, with a label for each language: `{"name", "label": {"en": ..}, "attributes"?}`.
    """

    title: str
    choices: list[dict[str, Any]] = field(default_factory=list)
    fault: str = ""  # missing, closed, edition


@dataclass(frozen=True)
class SharedSection:
    """What an inclusion's reference comes to: the section's block by language, or why there is none (`fault`).

    The blocks are as a stream stores them, each with its name; `language` is the one that it was written in.
    """

    title: str
    language: str = ""
    bodies: Mapping[str, Block] = field(default_factory=dict)
    fault: str = ""  # missing, closed, edition

    @property
    def section(self) -> Block:
        """As it was written: only its structure counts."""
        return self.bodies[self.language]


@dataclass(frozen=True)
class Source:
    """A page family. The first language is the source: only its structure counts, the others add texts by block id.

    `earlier` holds the names that published blocks have, by block id: a name never follows a reworded label.
    `lists` holds the shared lists that its questions name, by the reference that a question keeps (`builder.compile.lists`).
    `sections` holds the shared sections that it includes, by the reference of the inclusion (`builder.compile.sections`).
    `settings` are those of the kind of page: `pass_percent`, `skill`, `days` (lesson), `subject_app` (document).
    """

    kind: str
    code: str
    languages: Mapping[str, Body]
    settings: Mapping[str, Any] = field(default_factory=dict)
    earlier: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, SharedList] = field(default_factory=dict)
    sections: Mapping[str, SharedSection] = field(default_factory=dict)

    @property
    def first(self) -> Body:
        return next(iter(self.languages.values()))


@dataclass(frozen=True)
class Compiled:
    """The definition as JSON (docs/architecture.md), what is wrong, and the name of each block by its id."""

    data: dict[str, Any]
    problems: tuple[Problem, ...]
    names: Mapping[str, str]
