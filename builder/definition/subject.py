"""A definition as the checks look at it: indexed, with every expression and text and where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from builder.conditions import Expression
from builder.definition.nodes import (
    Calculation,
    Definition,
    Item,
    Outcome,
    Question,
    Section,
    TextItem,
)
from builder.definition.walk import Index, index, label_of, nodes
from builder.question_types import conditions_in
from builder.values import Localized


@dataclass(frozen=True, slots=True)
class Use:
    """An expression (or a text with holes) and where it stands. `role`: relevance, required, read_only, default,
    choice_filter, count, constraint, setting, value, text."""

    role: str
    node: Section | Item | Outcome
    section: Section | None
    expression: Expression | None = None
    text: Localized | None = None


class Subject:
    """What a check is given."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition

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

    def nearest(self, name: str) -> str:
        """The known name most like this one; an empty text if none is."""
        known = [*self.index.questions, *self.index.calculations, *self.index.sections]
        return next(iter(get_close_matches(name, known, n=1, cutoff=0.7)), "")


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
    elif isinstance(node, TextItem | Calculation):
        return
