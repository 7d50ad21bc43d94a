"""The data dictionary of a version, for people: each question with its texts, choices, conditions, and where exports have it.

The codebook (`exports.codebook`) says the same of each column, for programs.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from builder.definition import CLEARANCE_WORDS, Calculation, Definition, Question
from builder.question_types import TYPES, choice_lists
from exports.codebook import MEANINGS, RECORDS
from exports.table import layout
from runtime.workspace.version_reading import Node, Reading

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Listed:
    """A choice, with its label in each language."""

    name: str
    labels: Pairs


@dataclass(frozen=True)
class Entry:
    """A question or calculation: `said` its label by language, `lists` what can be chosen, by what the list is called."""

    name: str
    kind: str
    required: str
    clearance: str
    said: Pairs
    lines: Pairs
    lists: tuple[tuple[str, tuple[Listed, ...]], ...]
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Chapter:
    """A section."""

    id: str
    title: str
    name: str
    lines: Pairs
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Dictionary:
    """A version's data. `about`: the columns beside the answers, by table."""

    chapters: tuple[Chapter, ...]
    about: tuple[tuple[str, Pairs], ...]


def dictionary(definition: Definition, language: str) -> Dictionary:
    """The dictionary; sentences in the reader's language, conditions with the labels of `language`."""
    reading = Reading(definition, language)
    columns = _columns(definition)
    chapters = []
    for section, part in zip(definition.sections, reading.parts, strict=True):
        nodes = {node.id: node for node in part.nodes}
        entries = tuple(
            _entry(item, nodes[item.id], definition, columns.get(item.id, ()))
            for item in section.items
            if isinstance(item, Question | Calculation)
        )
        if entries:
            chapters.append(Chapter(part.id, part.title, part.name, part.lines, entries))
    return Dictionary(tuple(chapters), tuple(_about(definition)))


def _columns(definition: Definition) -> dict[str, tuple[str, ...]]:
    """Where exports have each question: `table: column`."""
    found: dict[str, tuple[str, ...]] = {}
    for table, columns in layout(definition).items():
        for column in columns:
            if column.node is not None:
                place = f"{table or RECORDS}: {column.name}"
                found[column.node.id] = (*found.get(column.node.id, ()), place)
    return found


def _about(definition: Definition) -> Iterator[tuple[str, Pairs]]:
    for table, columns in layout(definition).items():
        rows = [(one.name, gettext(MEANINGS[one.name])) for one in columns if one.node is None]
        yield table or RECORDS, tuple(rows)


def _entry(
    item: Question | Calculation, node: Node, definition: Definition, columns: tuple[str, ...]
) -> Entry:
    asked = item if isinstance(item, Question) else None
    return Entry(
        name=item.name,
        kind=node.kind if asked else f"{node.kind} ({item.type})",
        required=_required(asked),
        clearance=gettext(CLEARANCE_WORDS[asked.clearance]) if asked else "",
        said=tuple(
            (language, item.label.plain(language))
            for language in definition.languages
            if language in item.label.languages
        ),
        lines=node.lines,
        lists=tuple(_lists(asked, definition)) if asked else (),
        columns=columns,
    )


def _required(question: Question | None) -> str:
    if question is None:
        return ""
    if isinstance(question.required, bool):
        return gettext(_("yes") if question.required else _("no"))
    return gettext("sometimes")


def _lists(question: Question, definition: Definition) -> Iterator[tuple[str, tuple[Listed, ...]]]:
    labels = {setting.name: setting.label for setting in TYPES[question.type].settings}
    for name, rows in choice_lists(question.settings).items():
        if rows:
            listed = (
                Listed(
                    row.name,
                    tuple((each, row.label.plain(each)) for each in row.label.languages),
                )
                for row in rows
            )
            yield gettext(labels[name]), tuple(listed)
