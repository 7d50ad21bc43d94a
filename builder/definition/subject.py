"""A definition as the checks look at it: indexed, with every expression and text and where it stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from builder.conditions import Expression, nearest
from builder.definition.nodes import (
    Calculation,
    Definition,
    Item,
    Outcome,
    Question,
    Section,
)
from builder.definition.walk import Index, index, label_of, nodes
from builder.question_types import conditions_in
from builder.values import Localized

MOST_SUGGESTED = 200


@dataclass(frozen=True, slots=True)
class Use:
    """An expression (or a text with holes) and where it stands. `role`: relevance, required, read_only, default,
    choice_filter, count, constraint, setting, value, effect, text."""

    role: str
    node: Section | Item | Outcome
    section: Section | None
    expression: Expression | None = None
    text: Localized | None = None


class Subject:
    """What a check is given."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.suggested = 0

    @cached_property
    def index(self) -> Index:
        """By name and id."""
        return index(self.definition)

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """Every expression and every text with holes, in order."""
        return tuple(_uses(self.definition))

    def label(self, node: Section | Item | Outcome) -> str:
        """What its author calls it: its text in the source language, else its name."""
        return label_of(node).plain(self.definition.source)[:80] or getattr(node, "name", node.id)

    def nearest(self, name: str, known: Iterable[str]) -> str:
        """The known name most like this one; an empty text if none is, and after many: looking costs time."""
        self.suggested += 1
        return nearest(name, known) if self.suggested <= MOST_SUGGESTED else ""

    @cached_property
    def repeats(self) -> tuple[str, ...]:
        """The names of the sections that have entries."""
        return tuple(row.name for row in self.definition.sections if row.repeat is not None)

    @cached_property
    def asked_in(self) -> dict[str, list[str]]:
        """The names with an answer in each entry, by the name of their repeat; those outside under an empty text."""
        found: dict[str, list[str]] = {}
        for name in self.index.section_of:
            repeat = self.index.repeat_of(name)
            found.setdefault("" if repeat is None else repeat.name, []).append(name)
        return found

    def readable(self, section: Section | None) -> list[str]:
        """The names that can be read in a section: those of its own entry, of those around it, and outside all repeats."""
        homes = [repeat.name for repeat in self.index.repeats(section)]
        return [name for home in (*homes, "") for name in self.asked_in.get(home, [])]


def _uses(definition: Definition) -> Iterator[Use]:
    sections = {id(item): section for section in definition.sections for item in section.items}
    for node in nodes(definition):
        section = node if isinstance(node, Section) else sections.get(id(node))
        for role, expression in _expressions(node):
            yield Use(role, node, section, expression=expression)
        for text in _texts(node):
            if text.holes():
                yield Use("text", node, section, text=text)


def _expressions(node: Section | Item | Outcome) -> Iterator[tuple[str, Expression]]:
    if isinstance(node, Calculation):
        yield "value", node.expression
        return
    if node.relevance is not None:
        yield "relevance", node.relevance
    if isinstance(node, Section) and node.repeat and node.repeat.count is not None:
        yield "count", node.repeat.count
    if isinstance(node, Question):
        yield from _of_question(node)
    if isinstance(node, Outcome):
        for effect in node.effects:
            if effect.relevance is not None:
                yield "effect", effect.relevance


def _of_question(node: Question) -> Iterator[tuple[str, Expression]]:
    for role in ("required", "read_only", "default", "choice_filter"):
        expression = getattr(node, role)
        if expression is not None and not isinstance(expression, bool):
            yield role, expression
    for constraint in node.constraints:
        yield "constraint", constraint.test
    for expression in conditions_in(node.settings):
        yield "setting", expression


def _texts(node: Section | Item | Outcome) -> Iterator[Localized]:
    yield label_of(node)
    if isinstance(node, Section) and node.repeat:
        yield node.repeat.entry_label
    if isinstance(node, Question):
        yield from (node.hint, node.explanation)
        yield from (constraint.message for constraint in node.constraints)
    elif isinstance(node, Outcome):
        yield from (effect.text for effect in node.effects)
