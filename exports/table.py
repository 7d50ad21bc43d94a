"""Records as tables: one row a record, one more table for each repeat, columns that stay where they are.

Pure. A table's columns follow from the definition alone, in its order: a question or calculation has one column under its
own name; a question that takes several choices has one column for each, `name.choice`, so that a choice that is
removed shifts nothing. Only effective answers are written: what is hidden is an empty cell.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from builder.definition import Calculation, Definition, Question, Section, index
from builder.question_types import TYPES
from builder.values import Missing

Cell = str | None
Node = Question | Calculation
ROOT = ""  # the name of the table of records

# What is known of a record beside its answers. An underscore begins no name of a question.
ABOUT = ("_record", "_version", "_revision", "_outcome", "_language", "_opened", "_closed")
ENTRY = ("_record", "_version", "_entry", "_position")
INNER_ENTRY = ("_record", "_version", "_within", "_entry", "_position")


@dataclass(frozen=True)
class Column:
    """A column. `source` is the name it tells of, `index` its place among the columns of that question, `node` the
    question or calculation itself (None for what is known of the record beside its answers)."""

    name: str
    source: str
    index: int = 0
    node: Node | None = None


@dataclass(frozen=True)
class Reading:
    """A record as it is exported: `about` by the names in ABOUT, effective answers by place, entries by the place of their
    repeat."""

    about: Mapping[str, Cell]
    answers: Mapping[str, Any]
    entries: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A table: rows are made while they are read, one record at a time. `way`: the repeats that lead to its entries, the
    outermost first; none for the records."""

    way: tuple[str, ...]
    columns: tuple[Column, ...]
    readings: Iterable[Reading]

    @property
    def names(self) -> list[str]:
        """The head of the table."""
        return [column.name for column in self.columns]

    @property
    def rows(self) -> Iterator[list[Cell]]:
        """A row for each record, or for each of its entries."""
        for reading in self.readings:
            yield from rows_of(self.way, self.columns, reading)


@dataclass(frozen=True)
class Tables:
    """All tables of a definition: the root, and one for each repeat by its name."""

    root: Table
    repeats: Mapping[str, Table]


def tables(definition: Definition, readings: Iterable[Reading]) -> Tables:
    """The tables of a definition over readings that can be gone through once for each table."""
    made = {name: table(definition, name, readings) for name in layout(definition)}
    return Tables(made.pop(ROOT), made)


def table(definition: Definition, name: str, readings: Iterable[Reading]) -> Table:
    """One of the tables; KeyError for a name that is none."""
    return Table(_way(definition, name), layout(definition)[name], readings)


def layout(definition: Definition) -> dict[str, tuple[Column, ...]]:
    """The columns of each table, by its name; ROOT comes first."""
    found: dict[str, tuple[Column, ...]] = {ROOT: _about(ABOUT)}
    for section in definition.sections:
        way = _way(definition, section.name)
        name = way[-1] if way else ROOT
        found.setdefault(name, _about(INNER_ENTRY if len(way) > 1 else ENTRY))
        found[name] += tuple(column for node in nodes(section) for column in _columns(node))
    return found


def _way(definition: Definition, section: str) -> tuple[str, ...]:
    """The repeats that a section lies in, itself among them, the outermost first."""
    found = index(definition)
    around = found.repeats(found.sections.get(section))
    return tuple(repeat.name for repeat in reversed(around))


def nodes(section: Section) -> list[Node]:
    """What a section asks and calculates."""
    return [item for item in section.items if isinstance(item, Question | Calculation)]


def rows_of(
    way: Sequence[str], columns: Sequence[Column], reading: Reading
) -> Iterator[list[Cell]]:
    """The record's row in the root table, or the rows of its entries in a repeat's."""
    for prefix, told in _entries(way, reading.entries):
        about = {**reading.about, **told}
        yield [cell(column, reading.answers, about, prefix) for column in columns]


def _entries(
    way: Sequence[str], entries: Mapping[str, Sequence[str]], around: tuple[str, ...] = ()
) -> Iterator[tuple[str, dict[str, str]]]:
    """What leads the places of each entry at the end of a way, and what is told of it."""
    prefix = "".join(f"{repeat}/{entry}/" for repeat, entry in zip(way, around, strict=False))
    if len(around) == len(way):
        yield prefix, {}
        return
    last = len(around) == len(way) - 1
    for position, entry in enumerate(entries.get(prefix + way[len(around)], ()), start=1):
        for inner, told in _entries(way, entries, (*around, entry)):
            about = {"_within": "/".join(around), "_entry": entry, "_position": str(position)}
            yield inner, about if last else told


def cell(
    column: Column, answers: Mapping[str, Any], about: Mapping[str, Cell], prefix: str = ""
) -> Cell:
    """What stands in a column; None for Missing. `prefix` leads the places of an entry."""
    if column.node is None:
        return about.get(column.name)
    value = answers.get(prefix + column.source, Missing)
    if value is Missing:
        return None
    if isinstance(column.node, Question):
        return TYPES[column.node.type].cells(value, column.node.settings)[column.index]
    return written(value)


def written(value: Any) -> str:
    """What was calculated, as text: yes and no are `true` and `false`, several names stand behind each other."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return " ".join(value)
    return str(value)


def _about(names: Iterable[str]) -> tuple[Column, ...]:
    return tuple(Column(name, name) for name in names)


def _columns(node: Node) -> list[Column]:
    if isinstance(node, Question):
        names = TYPES[node.type].columns(node.name, node.settings)
        return [Column(name, node.name, index, node) for index, name in enumerate(names)]
    return [Column(node.name, node.name, 0, node)]
