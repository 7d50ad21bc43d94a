"""What a feed may send, and under which names.

The national number never leaves: a question that asks for it, or a calculation that reads one, is no source. Persons
and records go under a pseudonym of the institute's own; the platform's ids stay inside.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from builder.conditions import names_read
from builder.definition import Calculation, Definition, Question
from builder.models import Version, definition_of
from exports.feeds.models import Feed
from exports.readings import reading
from exports.table import ROOT, Column, cell, layout, nodes
from exports.vaulted import pseudonym
from runtime.records.models import Record

COLUMN = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,62}")
HEAD = ("record_id", "revision", "operation")  # the first columns of every file
PERSON = "_person"
KEPT_INSIDE = {"_record", "_revision"}
MOST_COLUMNS = 500


class MappingRefused(ValueError):
    """A mapping that cannot be used; the code says why, `column` where."""

    def __init__(self, code: str, column: str = "") -> None:
        super().__init__(code)
        self.code, self.column = code, column


@dataclass(frozen=True)
class Source:
    """What can be mapped: its name, its label for people, and its clearance."""

    name: str
    label: str
    clearance: str


def sources(feed: Feed, language: str) -> list[Source]:
    """What a feed may send, of all versions of its app: the newest version's order first, then what older ones had."""
    found: dict[str, Source] = {PERSON: Source(PERSON, "", "open")}
    for version in Version.objects.filter(app=feed.app).order_by("-number"):
        for source in _sources(definition_of(version), language):
            found.setdefault(source.name, source)
    return list(found.values())


def read_by_feeds(code: str) -> set[str]:
    """The names of an app that its open feeds send."""
    feeds = Feed.objects.filter(app__code=code, open=True)
    sent = (each["source"] for feed in feeds for each in feed.columns)
    return {str(source).partition(".")[0] for source in sent if source != PERSON}


def checked_columns(feed: Feed, columns: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """The columns as they are stored, or MappingRefused."""
    allowed = {source.name for source in sources(feed, "en")}
    taken = {name.lower() for name in HEAD}
    checked = []
    for each in columns:
        column, source = each["column"].strip(), each["source"]
        if source not in allowed:
            raise MappingRefused("unknown_source", column)
        if not COLUMN.fullmatch(column):
            raise MappingRefused("bad_name", column)
        if column.lower() in taken:
            raise MappingRefused("twice", column)
        taken.add(column.lower())
        checked.append({"column": column, "source": source})
    if len(checked) > MOST_COLUMNS:
        raise MappingRefused("too_many")
    return checked


def values(
    columns: Sequence[Mapping[str, str]], record: Record, opened: Any, institute: str
) -> list[str | None]:
    """The cells of one record. What its own version does not know, or what may not leave, is empty."""
    definition: Definition = opened.definition
    refused = never_leave(definition)
    known = {
        column.name: column for column in layout(definition)[ROOT] if column.source not in refused
    }
    read = reading(opened, record)
    cells: list[str | None] = []
    for each in columns:
        column = known.get(each["source"])
        if each["source"] == PERSON:
            cells.append(pseudonym(institute, "person", record.subject))
        else:
            cells.append(cell(column, read.answers, read.about) if column else None)
    return cells


def never_leave(definition: Definition) -> set[str]:
    """Names that no institute is sent: the national number, all that is calculated from it (a default is, too), and our own
    ids."""
    every = [node for section in definition.sections for node in nodes(section)]
    refused = KEPT_INSIDE | {
        node.name for node in every if isinstance(node, Question) and _is_number(node)
    }
    calculated = {node.name: set(names_read(_computed(node))) for node in every if _computed(node)}
    while more := {name for name, read in calculated.items() if read & refused} - refused:
        refused |= more
    return refused


def _computed(node: Question | Calculation) -> Any:
    """The expression that a value comes from where nobody gave it."""
    return node.expression if isinstance(node, Calculation) else node.default


def _is_number(question: Question) -> bool:
    return question.type == "national_number" or question.fact == "national_number"


def _sources(definition: Definition, language: str) -> list[Source]:
    refused = never_leave(definition)
    named = {node.name: node for section in definition.sections for node in nodes(section)}
    return [
        _source(column, named.get(column.source), definition, language)
        for column in layout(definition)[ROOT]
        if column.source not in refused
    ]


def _source(column: Column, node: Any, definition: Definition, language: str) -> Source:
    if node is None:
        return Source(column.name, "", "open")
    label = node.label.plain(language, definition.source)
    return Source(column.name, label, getattr(node, "clearance", "personal"))
