"""A definition compiled: cells with their slots and closures, in an order in which each comes after what it reads.

One program per definition, kept as long as the definition lives. A repeat's cells are templates: their slots lie in
each entry's values, and they are carried out for all entries at their turn.
"""

import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from builder.conditions import Answer, Expression
from builder.definition import Calculation, Definition, Item, Outcome, Question, Section, TextItem
from builder.definition.graph import edges, order
from builder.definition.walk import answer_type
from builder.question_types import TYPES, QuestionType
from builder.values import Localized, decimal
from runtime.engine.checks import Check, checks
from runtime.engine.evaluate import FIRST_SLOT, Closure, closure, typed
from runtime.engine.piping import Show, Text, shower, text


@dataclass(slots=True)
class SectionCell:
    """A section: its relevance, and the slot of its entries if it repeats."""

    section: Section
    at: int
    relevance: Closure | None = None
    entries: int | None = None
    size: int = 0
    texts: list[tuple[str, Text]] = field(default_factory=list)
    entry_texts: list[tuple[str, Text]] = field(default_factory=list)
    opening: list["TextCell"] = field(
        default_factory=list
    )  # of a repeat: said once, before its entries
    cells: list[Any] = field(default_factory=list)


@dataclass(slots=True)
class QuestionCell:
    """A question: where its value lies, when it is relevant, what is checked."""

    question: Question
    type: QuestionType
    section: SectionCell
    slot: int
    relevance: Closure | None = None
    checks: list[Check] = field(default_factory=list)
    texts: list[tuple[str, Text]] = field(default_factory=list)
    right: Any = None
    points: Any = None


@dataclass(slots=True)
class CalculationCell:
    """A calculation: always evaluated."""

    calculation: Calculation
    type: str
    section: SectionCell
    slot: int
    value: Closure | None = None
    texts: list[tuple[str, Text]] = field(default_factory=list)


@dataclass(slots=True)
class TextCell:
    """A line, a cue or a display."""

    item: TextItem
    section: SectionCell
    relevance: Closure | None = None
    texts: list[tuple[str, Text]] = field(default_factory=list)


@dataclass(slots=True)
class OutcomeCell:
    """An outcome."""

    outcome: Outcome
    relevance: Closure | None = None
    texts: list[tuple[str, Text]] = field(default_factory=list)


@dataclass(slots=True)
class Program:
    """All cells of a definition. `steps` is the order of evaluation; the string "score" stands for the score."""

    languages: tuple[str, ...]
    sections: dict[str, SectionCell]
    values: dict[str, QuestionCell | CalculationCell]
    outcomes: list[OutcomeCell]
    steps: list[SectionCell | QuestionCell | CalculationCell | str]
    scored: list[QuestionCell]
    size: int


class _View:
    """Where names live, as seen from one section's entries (or from the root)."""

    def __init__(self, compiler: "_Compiler", section: SectionCell | None) -> None:
        self.compiler = compiler
        self.section = section if section is not None and section.entries is not None else None

    def root(self, name: str) -> int | None:
        cell = self.compiler.values.get(name)
        return cell.slot if cell is not None and cell.section.entries is None else None

    def own(self, name: str) -> int | None:
        cell = self.compiler.values.get(name)
        inside = cell is not None and self.section is not None and cell.section is self.section
        return cell.slot if cell is not None and inside else None

    def each(self, repeat: str, name: str) -> int | None:
        cell, section = self.compiler.values.get(name), self.compiler.sections.get(repeat)
        return cell.slot if cell is not None and cell.section is section else None

    def entries(self, repeat: str) -> int | None:
        section = self.compiler.sections.get(repeat)
        return None if section is None else section.entries

    def type_of(self, name: str) -> str | None:
        cell = self.compiler.values.get(name)
        return (
            None
            if cell is None
            else cell.type
            if isinstance(cell, CalculationCell)
            else cell.type.answer_type
        )


class _Compiler:
    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.sections: dict[str, SectionCell] = {}
        self.values: dict[str, QuestionCell | CalculationCell] = {}
        self.size = FIRST_SLOT

    def program(self) -> Program:
        for at, section in enumerate(self.definition.sections):
            self.place(section, at)
        for cell in self.sections.values():
            self.complete(cell)
        outcomes = [self.outcome(outcome) for outcome in self.definition.outcomes]
        scored = [
            cell
            for cell in self.values.values()
            if isinstance(cell, QuestionCell)
            and cell.right is not None
            and cell.section.entries is None
        ]
        languages = self.definition.languages
        return Program(
            languages, self.sections, self.values, outcomes, self.steps(), scored, self.size
        )

    def place(self, section: Section, at: int) -> None:
        """Give a section and all that holds a value in it their slots."""
        cell = self.sections.setdefault(section.name, SectionCell(section, at))
        if cell.section is not section:  # a name used twice, in a draft: the first one wins
            return
        if section.repeat is not None:
            cell.entries, self.size = self.size, self.size + 1
        for item in section.items:
            made = self.made(item, cell)
            if isinstance(made, TextCell) and section.repeat is not None and not cell.cells:
                cell.opening.append(made)
            elif made is not None:
                cell.cells.append(made)

    def made(self, item: Item, section: SectionCell) -> Any:
        if isinstance(item, TextItem):
            return TextCell(item, section)
        if item.name in self.values:
            return None
        slot = section.size if section.entries is not None else self.size
        if section.entries is not None:
            section.size += 1
        else:
            self.size += 1
        made = (
            QuestionCell(item, TYPES[item.type], section, slot)
            if isinstance(item, Question)
            else CalculationCell(item, answer_type(item), section, slot)
        )
        self.values[item.name] = made
        return made

    def complete(self, section: SectionCell) -> None:
        """Compile what a section's cells say, now that all names have slots."""
        outside, inside = _View(self, None), _View(self, section)
        section.relevance = self.closure(section.section.relevance, outside)
        section.texts = self.texts(outside, ("", section.section.id, section.section.title))
        repeat = section.section.repeat
        if repeat is not None:
            section.entry_texts = self.texts(inside, ("", section.section.id, repeat.entry_label))
        for cell in section.opening:
            self.said(cell, outside)
        for cell in section.cells:
            if isinstance(cell, TextCell):
                self.said(cell, inside)
            elif isinstance(cell, CalculationCell):
                cell.value = self.closure(cell.calculation.expression, inside)
                cell.texts = self.texts(inside, ("", cell.calculation.id, cell.calculation.label))
            else:
                self.question(cell, inside)

    def said(self, cell: TextCell, view: _View) -> None:
        cell.relevance = self.closure(cell.item.relevance, view)
        cell.texts = self.texts(view, ("", cell.item.id, cell.item.text))

    def question(self, cell: QuestionCell, view: _View) -> None:
        question = cell.question
        cell.relevance = self.closure(question.relevance, view)
        cell.checks = checks(question, view, lambda message: self.text(message, view))
        cell.texts = self.texts(
            view,
            ("", question.id, question.label),
            (".hint", question.id, question.hint),
            (".explanation", question.id, question.explanation),
        )
        cell.right = (
            None if question.right is None else typed(cell.type.answer_type, question.right)
        )
        cell.points = decimal(question.points)

    def outcome(self, outcome: Outcome) -> OutcomeCell:
        view = _View(self, None)
        texts = self.texts(view, ("", outcome.id, outcome.label))
        return OutcomeCell(outcome, self.closure(outcome.relevance, view), texts)

    def closure(self, expression: Expression | None, view: _View) -> Closure | None:
        return None if expression is None else closure(expression, view)

    def texts(self, view: _View, *rows: tuple[str, str, Localized]) -> list[tuple[str, Text]]:
        """The texts with holes, by their key in the view; plain ones are left to the definition."""
        return [
            (identity + suffix, self.text(label, view))
            for suffix, identity, label in rows
            if label.holes()
        ]

    def text(self, label: Localized, view: _View) -> Text:
        return text(label, self.definition.source, lambda name: self.hole(name, view))

    def hole(self, name: str, view: _View) -> tuple[Closure, Show]:
        cell = self.values.get(name)
        if cell is None:
            return (lambda _root, _entry: None), (lambda _value, _language: "")
        node = cell.question if isinstance(cell, QuestionCell) else cell.calculation
        return closure(Answer(name), view), shower(
            node, view.type_of(name) or "text", self.definition.source
        )

    def steps(self) -> list[SectionCell | QuestionCell | CalculationCell | str]:
        steps: list[SectionCell | QuestionCell | CalculationCell | str] = []
        for kind, name in order(edges(self.definition))[0]:
            if kind == "score":
                steps.append("score")
            else:
                steps.append(self.sections[name] if kind == "section" else self.values[name])
        return steps


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
