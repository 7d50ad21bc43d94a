"""A definition compiled: cells with their slots and closures, in an order in which each comes after what it reads.

One program per definition, kept as long as the definition lives. A repeat's cells are templates: they are carried out for
each entry at their turn. What only the screen reads (problems, texts, items, outcomes) comes after all that is computed.
"""

import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from builder.conditions import Answer, Each, Entries, Expression, Part, Score, walk
from builder.definition import Calculation, Definition, Item, Question, Section, TextItem
from builder.definition.graph import SCORE, Key, edges, order
from builder.question_types import TYPES, conditions_in
from builder.values import LISTS, Localized, canonical, decimal
from runtime.engine.cells import (
    CalculationCell,
    Cell,
    EntriesCell,
    ItemCell,
    OutcomeCell,
    ProblemsCell,
    QuestionCell,
    ScoreCell,
    SectionCell,
    TextCell,
)
from runtime.engine.checks import checks
from runtime.engine.evaluate import Closure, closure
from runtime.engine.piping import Show, Text, shower, text
from runtime.engine.scopes import Names, Sight, ValueCell, type_of

# What a cell reads: a key, and whether it is read of all entries at once.
Reading = tuple[Key, bool]


@dataclass(slots=True)
class Program:
    """All cells of a definition, `cells` in order of evaluation; `within` has those of each scope, `sizes` its slots."""

    languages: tuple[str, ...]
    sections: dict[str, SectionCell]
    values: dict[str, ValueCell]
    outcomes: list[OutcomeCell]
    cells: list[Cell]
    within: list[list[Cell]]
    sizes: list[int]
    problems: dict[QuestionCell, ProblemsCell]
    painted: list[Cell]  # those that only the screen reads


def readings(expression: Expression | None) -> Iterator[Reading]:
    """What an expression reads."""
    for node in walk(expression) if expression is not None else ():
        if isinstance(node, Answer | Part):
            yield ("value", node.name), False
        elif isinstance(node, Each):
            yield ("value", node.name), True
            yield ("entries", node.repeat), False
        elif isinstance(node, Entries):
            yield ("entries", node.repeat), False
        elif isinstance(node, Score):
            yield SCORE, False


class _Compiler:
    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.names = Names()
        self.sources: dict[Key, Cell] = {}
        self.painted: list[Cell] = []
        self.problems: dict[QuestionCell, ProblemsCell] = {}
        self.reads: list[tuple[Cell, list[Reading]]] = []

    def program(self) -> Program:
        """Give all that holds a value its slot, then compile what is said of it."""
        made = [self.place(section, at) for at, section in enumerate(self.definition.sections)]
        for section, items in filter(None, made):
            self.complete(section, items)
        scored = [
            cell
            for cell in self.names.values.values()
            if isinstance(cell, QuestionCell) and cell.right is not None and cell.scope == 0
        ]
        self.sources[SCORE] = ScoreCell(scored)
        of_scored: list[Reading] = [(("value", cell.question.name), False) for cell in scored]
        self.reads.append((self.sources[SCORE], of_scored))
        outcomes = [self.outcome(outcome) for outcome in self.definition.outcomes]
        cells = [*self.steps(), *self.painted]
        self.link(cells)
        names = self.names
        within: list[list[Cell]] = [[] for _ in names.sizes]
        for cell in cells:
            within[cell.scope].append(cell)
        return Program(
            self.definition.languages,
            names.sections,
            names.values,
            outcomes,
            cells,
            within,
            names.sizes,
            self.problems,
            self.painted,
        )

    def place(
        self, section: Section, at: int
    ) -> tuple[SectionCell, list[tuple[Item, ValueCell | None]]] | None:
        """A section's cell, and its items with the cells of those that hold a value."""
        names = self.names
        if section.name in names.sections:  # a name used twice, in a draft: the first one wins
            return None
        cell = names.sections[section.name] = SectionCell(section, at, names.slot(0))
        self.sources["section", section.name] = cell
        if section.repeat is not None:
            cell.inside = names.scope()
            cell.entries = EntriesCell(cell, names.slot(0))
            self.sources["entries", section.name] = cell.entries
        return cell, [(item, self.made(item, cell)) for item in section.items]

    def made(self, item: Item, section: SectionCell) -> ValueCell | None:
        if isinstance(item, TextItem) or item.name in self.names.values:
            return None
        slot = self.names.slot(section.inside)
        made: ValueCell
        if isinstance(item, Question):
            kind = TYPES[item.type]
            made = QuestionCell(item, kind, section, slot=slot, read=_reader(kind.answer_type))
            made.points = decimal(item.points)
            made.right = None if item.right is None else made.read(item.right)
        else:
            made = CalculationCell(item, section, slot=slot, show=_plain(item.type))
        section.values.append(made)
        self.names.values[item.name] = made
        self.sources["value", item.name] = made
        return made

    def complete(self, section: SectionCell, items: list[tuple[Item, ValueCell | None]]) -> None:
        """Compile what a section's items say, now that all names have slots."""
        node, outside, inside = section.section, Sight(self.names, 0), self.sight(section)
        section.relevance = self.closure(section, node.relevance, outside)
        if section.entries is not None:
            self.reads.append((section.entries, [(("section", node.name), False)]))
        self.texts(outside, ("", node.id, node.title))
        if node.repeat is not None:
            self.texts(inside, ("", node.id, node.repeat.entry_label))
        asked = (
            False  # what is said before a repeat's first question is said once, before its entries
        )
        for item, cell in items:
            asked = asked or cell is not None
            if isinstance(item, TextItem):
                self.item(item, section, inside if asked else outside)
            elif isinstance(cell, CalculationCell):
                self.calculation(cell, inside)
            elif cell is not None:
                self.question(cell, inside)

    def sight(self, section: SectionCell) -> Sight:
        return Sight(self.names, section.inside)

    def item(self, item: TextItem, section: SectionCell, sight: Sight) -> None:
        cell = ItemCell(section, sight.scope, self.names.slot(sight.scope), item.id)
        cell.relevance = self.closure(
            cell, item.relevance, sight, (("section", section.section.name), False)
        )
        self.painted.append(cell)
        self.texts(sight, ("", item.id, item.text))

    def calculation(self, cell: CalculationCell, sight: Sight) -> None:
        node: Calculation = cell.calculation
        cell.value = closure(node.expression, sight)
        self.reads.append((cell, list(readings(node.expression))))
        self.texts(sight, ("", node.id, node.label))

    def question(self, cell: QuestionCell, sight: Sight) -> None:
        question = cell.question
        cell.relevance = self.closure(
            cell, question.relevance, sight, (("section", cell.section.section.name), False)
        )
        found = checks(question, sight, lambda message: self.text(message, sight))
        problems = self.problems[cell] = ProblemsCell(cell, found)
        read: list[Reading] = [(("value", question.name), False)]
        for expression in (
            *conditions_in(question.settings),
            *(constraint.test for constraint in question.constraints),
        ):
            read += readings(expression)
        for constraint in question.constraints:
            read += self.holes(constraint.message)
        self.reads.append((problems, read))
        self.painted.append(problems)
        self.texts(
            sight,
            ("", question.id, question.label),
            (".hint", question.id, question.hint),
            (".explanation", question.id, question.explanation),
        )

    def outcome(self, outcome: Any) -> OutcomeCell:
        sight = Sight(self.names, 0)
        cell = OutcomeCell(outcome, self.names.slot(0), None)
        cell.relevance = self.closure(cell, outcome.relevance, sight)
        self.painted.append(cell)
        self.texts(sight, ("", outcome.id, outcome.label))
        return cell

    def closure(
        self, cell: Cell, expression: Expression | None, sight: Sight, *more: Reading
    ) -> Closure | None:
        """A relevance, compiled; what it reads is noted."""
        self.reads.append((cell, [*more, *readings(expression)]))
        return None if expression is None else closure(expression, sight)

    def texts(self, sight: Sight, *rows: tuple[str, str, Localized]) -> None:
        """The texts with holes, by their key in the view; plain ones are left to the definition."""
        for suffix, identity, label in rows:
            if label.holes():
                slot = self.names.slot(sight.scope)
                cell = TextCell(sight.scope, slot, identity + suffix, self.text(label, sight))
                self.painted.append(cell)
                self.reads.append((cell, self.holes(label)))

    def holes(self, label: Localized) -> list[Reading]:
        return [(("value", name), False) for name in label.holes()]

    def text(self, label: Localized, sight: Sight) -> Text:
        return text(label, self.definition.source, lambda name: self.hole(name, sight))

    def hole(self, name: str, sight: Sight) -> tuple[Closure, Show]:
        cell = self.names.values.get(name)
        if cell is None:
            return (lambda _root, _entry: None), (lambda _value, _language: "")
        node = cell.question if isinstance(cell, QuestionCell) else cell.calculation
        return closure(Answer(name), sight), shower(node, type_of(cell), self.definition.source)

    def steps(self) -> Iterator[Cell]:
        """What is computed, each after what it needs."""
        for kind, name in order(edges(self.definition))[0]:
            keys = ((kind, name), ("entries", name)) if kind == "section" else ((kind, name),)
            yield from (self.sources[key] for key in keys if key in self.sources)

    def link(self, cells: list[Cell]) -> None:
        """Give each cell its rank, and tell what is read who reads it. What reads backwards (a draft's ring) is left out."""
        for rank, cell in enumerate(cells):
            cell.rank = rank
        for reader, read in self.reads:
            for key, each in dict.fromkeys(read):
                source = self.sources.get(key)
                if source is None or source.rank >= reader.rank:
                    continue
                same = source.scope == reader.scope and not each
                source.readers.append((reader, same))


def _reader(answer_type: str) -> Callable[[Any], Any]:
    """How a canonical JSON value becomes what the engine computes with."""
    if answer_type == "number":
        return decimal
    return tuple if answer_type in LISTS else _itself


def _plain(answer_type: str) -> Callable[[Any], Any]:
    """How a computed value becomes plain JSON data again."""
    if answer_type == "number":
        return canonical
    return list if answer_type in LISTS else _itself


def _itself(value: Any) -> Any:
    return value


_programs: dict[int, tuple[weakref.ref[Definition], Program]] = {}


def program_of(definition: Definition) -> Program:
    """The definition's program, compiled at first use. Kept by identity: comparing whole definitions would cost more."""
    key = id(definition)
    kept = _programs.get(key)
    if kept is not None and kept[0]() is definition:
        return kept[1]
    program = _Compiler(definition).program()
    _programs[key] = (weakref.ref(definition, _forget(key)), program)
    return program


def _forget(key: int) -> Callable[[Any], None]:
    programs = _programs  # when the interpreter ends, the module's names may be gone before the definitions

    def forget(gone: Any) -> None:
        kept = programs.get(key)
        if kept is not None and kept[0] is gone:
            del programs[key]

    return forget
