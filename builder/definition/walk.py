"""Ways through a definition: in order, by name, by id."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass

from builder.definition.nodes import Calculation, Definition, Item, Outcome, Question, Section
from builder.question_types import TYPES, Part, Settings
from builder.values import Localized

Named = Section | Question | Calculation | Outcome


def items(definition: Definition) -> Iterator[tuple[Section, Item]]:
    """All items with their sections, in order."""
    for section in definition.sections:
        for item in section.items:
            yield section, item


def questions(definition: Definition) -> Iterator[tuple[Section, Question]]:
    """All questions with their sections, in order."""
    for section, item in items(definition):
        if isinstance(item, Question):
            yield section, item


def named(definition: Definition) -> Iterator[Named]:
    """All that has a name, in order; a name that is used twice comes twice."""
    for section in definition.sections:
        yield section
        for item in section.items:
            if isinstance(item, Question | Calculation):
                yield item
    yield from definition.outcomes


def nodes(definition: Definition) -> Iterator[Section | Item | Outcome]:
    """All that has an id, in order."""
    for section in definition.sections:
        yield section
        yield from section.items
    yield from definition.outcomes


def label_of(node: Section | Item | Outcome) -> Localized:
    """What people call it."""
    if isinstance(node, Section):
        return node.title
    if isinstance(node, Question | Calculation | Outcome):
        return node.label
    return node.text


def texts_of(part: object) -> Iterator[Localized]:
    """Every text of a node (of a section without its items), in order."""
    if isinstance(part, Localized):
        yield part
        return
    inner: Iterable[object] = ()
    if isinstance(part, tuple):
        inner = part
    elif isinstance(part, Settings):
        inner = part.items().values()
    elif is_dataclass(part):
        inner = (getattr(part, row.name) for row in fields(part) if row.name != "items")
    for one in inner:
        yield from texts_of(one)


def answer_type(item: Question | Calculation) -> str:
    """The type of the values it holds."""
    return item.type if isinstance(item, Calculation) else TYPES[item.type].answer_type


@dataclass(frozen=True, slots=True)
class Index:
    """A definition's questions, calculations and sections by name, and all nodes by id (the first of each wins)."""

    questions: dict[str, Question]
    calculations: dict[str, Calculation]
    sections: dict[str, Section]
    outcomes: dict[str, Outcome]
    section_of: dict[str, Section]
    by_id: dict[str, Section | Item | Outcome]

    def around(self, section: Section | None) -> Iterator[Section]:
        """The section and those it lies within, the innermost first."""
        seen: set[str] = set()
        while section is not None and section.name not in seen:
            seen.add(section.name)  # a draft's sections may lie within each other
            yield section
            section = self.sections.get(section.within or "")

    def repeats(self, section: Section | None) -> list[Section]:
        """The repeats that a section's questions lie in, the innermost first."""
        return [one for one in self.around(section) if one.repeat is not None]

    def repeat_of(self, name: str) -> Section | None:
        """The innermost repeat that a question or calculation lies in."""
        return next(iter(self.repeats(self.section_of.get(name))), None)

    def cell(self, name: str) -> Question | Calculation | None:
        """The question or calculation of that name."""
        return self.questions.get(name) or self.calculations.get(name)

    def type_of(self, name: str) -> str | None:
        """The answer type of that name, or of `name.part`; None for an unknown one."""
        name, _dot, part = name.partition(".")
        if part:
            asked = self.part(name, part)
            return None if asked is None else asked.answer_type
        found = self.cell(name)
        return None if found is None else answer_type(found)

    def part(self, name: str, part: str) -> Part | None:
        """One part of the answers of a question."""
        asked = self.questions.get(name)
        return None if asked is None else TYPES[asked.type].part(part, asked.settings)


def index(definition: Definition) -> Index:
    """Look a definition up, by name and by id."""
    result = Index({}, {}, {}, {}, {}, {})
    for section in definition.sections:
        result.sections.setdefault(section.name, section)
        for item in section.items:
            if isinstance(item, Question):
                result.questions.setdefault(item.name, item)
                result.section_of.setdefault(item.name, section)
            elif isinstance(item, Calculation):
                result.calculations.setdefault(item.name, item)
                result.section_of.setdefault(item.name, section)
    for outcome in definition.outcomes:
        result.outcomes.setdefault(outcome.name, outcome)
    for node in nodes(definition):
        result.by_id.setdefault(node.id, node)
    return result
