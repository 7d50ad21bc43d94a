"""The codebook: what each column of a version means. Pure; holds no answers.

`describe` says relevance in the version's source language, `clearance` who may read the answer.
"""

from collections.abc import Iterator

from builder.conditions import Expression
from builder.definition import Definition, Question, Section, describe, index
from builder.problems import gettext_noop as _
from builder.question_types import TYPES
from exports.table import ABOUT, ENTRY, Cell, Column, Node, layout

HEAD = (
    "table",
    "column",
    "version",
    "kind",
    "type",
    "required",
    "clearance",
    "relevance",
    "choices",
)
RECORDS = "records"  # what the root table is called where people read it

# What the columns beside the answers hold.
MEANINGS = {
    "_record": _("The record's id: joins the tables"),
    "_version": _("The number of the version the record is kept under"),
    "_revision": _("1, and one more each time it was reopened"),
    "_outcome": _("The name of the outcome; empty while the record is open"),
    "_language": _("The language the record was kept in"),
    "_opened": _("When it was opened (UTC)"),
    "_closed": _("When it was finished (UTC); empty while it is open"),
    "_within": _(
        "The entries that it lies in, the outermost first: joins the table of the repeat around"
    ),
    "_entry": _("The entry's id within its record, or within the entry around it"),
    "_position": _("The entry's place among those of its record"),
}


def codebook(definition: Definition, version: int) -> tuple[list[str], Iterator[list[Cell]]]:
    """Head and rows: one row a column of any table, with a label for each language."""
    labels = [f"label_{language}" for language in definition.languages]
    return [*HEAD, *labels], _rows(definition, str(version))


def _rows(definition: Definition, version: str) -> Iterator[list[Cell]]:
    sections = {item.id: section for section in definition.sections for item in section.items}
    for table, columns in layout(definition).items():
        for column in columns:
            row = [table or RECORDS, column.name, version]
            if column.node is None:
                yield [*row, *_about(column.name, len(definition.languages))]
            else:
                yield [*row, *_node(column, column.node, definition, sections[column.node.id])]


def _about(name: str, languages: int) -> list[Cell]:
    kind: list[Cell] = [
        "about",
        "text",
        "true" if name in ABOUT[:1] + ENTRY[:1] else None,
        "open",
        None,
        None,
    ]
    return [*kind, MEANINGS[name], *[None] * (languages - 1)]


def _node(column: Column, node: Node, definition: Definition, section: Section) -> list[Cell]:
    said = [node.label.plain(language, definition.source) for language in definition.languages]
    if not isinstance(node, Question):
        meaning = describe(node.expression, definition)
        return ["calculation", node.type, None, None, meaning, None, *said]
    settings = node.settings
    for at, language in enumerate(definition.languages):
        labels = TYPES[node.type].column_labels(settings, language, definition.source)
        if labels[column.index]:
            said[at] = f"{said[at]}: {labels[column.index]}"
    choices = settings.items().get("choices", ())
    listed = "; ".join(f"{each.name} = {each.label.plain(definition.source)}" for each in choices)
    required = _when(node.required, definition)
    return [
        "question",
        node.type,
        required,
        node.clearance,
        _relevance(node, section, definition),
        listed or None,
        *said,
    ]


def _when(flag: bool | Expression, definition: Definition) -> str:
    """A flag, or the condition under which it holds in words."""
    if isinstance(flag, bool):
        return "true" if flag else "false"
    return describe(flag, definition)


def _relevance(question: Question, section: Section, definition: Definition) -> Cell:
    """When it is asked, the section's condition first; None for always."""
    around = reversed([one.relevance for one in index(definition).around(section)])
    conditions = [each for each in (*around, question.relevance) if each is not None]
    return " / ".join(describe(each, definition) for each in conditions) or None
