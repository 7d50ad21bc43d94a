"""The report before a release: what lies upstairs (records, feeds, documents, campaigns) says what the release would touch.

Whoever knows of such a thing binds a reader: `bind("feeds", read)`. It is given the Matter and returns a Report, or None where it has
nothing to say. Readers open no record.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from builder.definition import Definition
from builder.definition.touched import RENAMED, WORDS, Touched, touched
from builder.definition.walk import index, label_of
from builder.models import App


@dataclass(frozen=True)
class Matter:
    """A release that is being considered: the app, its live definition, the draft's, what is declared, who asks and when."""

    app: App
    before: Definition
    after: Definition
    renames: Mapping[str, str]
    by: Any
    now: dt.datetime

    @cached_property
    def touched(self) -> tuple[Touched, ...]:
        return touched(self.before, self.after, self.renames)

    @cached_property
    def by_name(self) -> Mapping[str, Touched]:
        """What happened, by the name it had."""
        return {one.name: one for one in self.touched}

    def say(self, one: Touched, gettext: Callable[[str], str]) -> str:
        """A sentence in the reader's language."""
        now = self.after_label(one.now) if one.code == RENAMED else ""
        return f"“{one.label.plain('') or one.name}” " + gettext(WORDS[one.code]) % {"now": now}

    def after_label(self, name: str) -> str:
        found = index(self.after)
        node = found.cell(name) or found.sections.get(name)
        return (label_of(node).plain("") if node else "") or name


@dataclass(frozen=True)
class Line:
    """One thing that is touched, where it is mended, and what about it."""

    text: str
    link: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """Columns and rows of plain texts."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Report:
    """What one reader says: a title, an introduction, lines, perhaps a table."""

    title: str
    words: str = ""
    lines: tuple[Line, ...] = ()
    table: Table | None = field(default=None)
    offer: str = ""  # the words of a button; what it does is bound under the reader's name


Deed = Callable[[Matter], None]
Reader = Callable[[Matter], Report | None]
_readers: dict[str, Reader] = {}
_deeds: dict[str, Deed] = {}


def bind(name: str, read: Reader, deed: Deed | None = None) -> None:
    """The last reader of a name is used; they speak in the order they were first bound. `deed` is what its button does."""
    _readers[name] = read
    if deed is not None:
        _deeds[name] = deed


def do(name: str, matter: Matter) -> bool:
    """What the button of a report does; False where it has none."""
    deed = _deeds.get(name)
    if deed is not None:
        deed(matter)
    return deed is not None


def read(matter: Matter) -> list[tuple[str, Report]]:
    """What all readers say, by their names."""
    said = ((name, reader(matter)) for name, reader in _readers.items())
    return [(name, report) for name, report in said if report is not None]
