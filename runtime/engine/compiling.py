"""Compiling a definition: cells for all it says, their closures, what each of them reads, and an order to run them in."""

from collections.abc import Callable, Iterator
from typing import Any

from builder.conditions import Answer, Each, Entries, Expression, Part, Previous, Score, walk
from builder.definition import Definition, Item, Outcome, Question, Section, TextItem
from builder.definition.graph import SCORE, Key, edges, order
from builder.question_types import TYPES, conditions_in
from builder.values import LISTS, Localized, canonical, decimal
from runtime.engine.cells import SAME, Cell, EntriesCell, SectionCell
from runtime.engine.checks import checks
from runtime.engine.evaluate import closure
from runtime.engine.painted import ItemCell, OutcomeCell, TextCell, VerdictCell
from runtime.engine.piping import Show, Text, shower, text
from runtime.engine.reaching import Closure
from runtime.engine.scopes import Names, Sight, ValueCell, type_of
from runtime.engine.valued import CalculationCell, QuestionCell, ScoreCell

# What a cell reads: a key, and whether it is read of more entries than its own.
Reading = tuple[Key, bool]
Placed = tuple[SectionCell, list[tuple[Item, ValueCell | None]]]


def readings(expression: Expression | None, sight: Sight) -> Iterator[Reading]:
    """What an expression reads, seen from a scope."""
    for node in walk(expression) if expression is not None else ():
        if isinstance(node, Answer | Part):
            yield ("value", node.name), False
        elif isinstance(node, Score):
            yield SCORE, False
        elif isinstance(node, Previous | Each | Entries):
            for repeat in _repeats_read(node, sight):
                yield ("entries", repeat.section.name), False
            if not isinstance(node, Entries):
                yield ("value", node.name), True


def _repeats_read(node: Previous | Each | Entries, sight: Sight) -> list[SectionCell]:
    if isinstance(node, Previous):
        own = sight.names.repeats[sight.scope]
        return [] if own is None else [own]
    return sight.through(node.repeat)


class Compiler:
    """Compiles one definition."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.names = Names()
        self.sources: dict[Key, Cell] = {}  # which cell is read under a key
        self.reads: list[tuple[Cell, list[Reading]]] = []
        self.painted: list[Cell] = []

    def compile(self) -> list[OutcomeCell]:
        """Give all that holds a value its slot, then compile what is said of it; the outcomes' cells."""
        placed = [self.place(section, at) for at, section in enumerate(self.definition.sections)]
        for section, items in filter(None, placed):
            self.complete(section, items)
        scored = [
            cell
            for cell in self.names.values.values()
            if isinstance(cell, QuestionCell) and cell.right is not None and cell.scope == 0
        ]
        score = self.sources[SCORE] = ScoreCell(scored)
        self.reads.append((score, [(("value", cell.question.name), False) for cell in scored]))
        return [self.outcome(outcome) for outcome in self.definition.outcomes]

    def place(self, section: Section, at: int) -> Placed | None:
        """A section's cell, and its items with the cells of those that hold a value."""
        names = self.names
        if section.name in names.sections:  # a name used twice, in a draft: the first one wins
            return None
        within = names.sections.get(section.within or "")
        scope = 0 if within is None else within.inside
        cell = SectionCell(section, at, within, scope, names.slot(scope))
        names.sections[section.name] = self.sources["section", section.name] = cell
        if section.repeat is not None:
            cell.inside = names.scope(cell)
            cell.entries = EntriesCell(cell, names.slot(scope))
            self.sources["entries", section.name] = cell.entries
        return cell, [(item, self.made(item, cell)) for item in section.items]

    def made(self, item: Item, section: SectionCell) -> ValueCell | None:
        if isinstance(item, TextItem) or item.name in self.names.values:
            return None
        slot = self.names.slot(section.inside)
        made: ValueCell
        if isinstance(item, Question):
            kind = TYPES[item.type]
            ways = _reader(kind.answer_type), _plain(kind.answer_type)
            made = QuestionCell(item, kind, section, slot=slot, ways=ways)
            made.points = decimal(item.points)
            made.right = None if item.right is None else made.read(item.right)
        else:
            made = CalculationCell(item, section, slot=slot, plain=_plain(item.type))
        section.values.append(made)
        self.names.values[item.name] = self.sources["value", item.name] = made
        return made

    def complete(self, section: SectionCell, items: list[tuple[Item, ValueCell | None]]) -> None:
        """Compile what a section and its items say, now that all names have slots."""
        node, around = section.section, section.within
        outside, inside = Sight(self.names, section.scope), Sight(self.names, section.inside)
        section.relevance = self.closure(
            section, node.relevance, outside, *([] if around is None else [_relevance_of(around)])
        )
        self.texts(outside, ("", node.id, node.title))
        if section.entries is not None and node.repeat is not None:
            section.entries.count = self.closure(
                section.entries, node.repeat.count, outside, _relevance_of(section)
            )
            self.texts(inside, ("", node.id, node.repeat.entry_label))
        asked = False
        for item, cell in items:
            asked = asked or cell is not None
            if isinstance(item, TextItem):
                # What is said before a repeat's first question is said once, before its entries.
                self.item(item, section, inside if asked else outside)
            elif isinstance(cell, CalculationCell):
                self.calculation(cell, inside)
            elif cell is not None:
                self.question(cell, inside)

    def item(self, item: TextItem, section: SectionCell, sight: Sight) -> None:
        cell = ItemCell(section, sight.scope, self.names.slot(sight.scope), item.id)
        cell.relevance = self.closure(cell, item.relevance, sight, _relevance_of(section))
        self.painted.append(cell)
        self.texts(sight, ("", item.id, item.text))

    def calculation(self, cell: CalculationCell, sight: Sight) -> None:
        node = cell.calculation
        cell.value = closure(node.expression, sight)
        self.reads.append((cell, [*readings(node.expression, sight)]))
        self.texts(sight, ("", node.id, node.label))

    def question(self, cell: QuestionCell, sight: Sight) -> None:
        question = cell.question
        on_section = _relevance_of(cell.section)
        cell.relevance = self.closure(cell, question.relevance, sight, on_section)
        cell.default = self.closure(cell, question.default, sight)
        if cell.type.picks:
            cell.offers = self.closure(cell, question.choice_filter, sight)
        self.verdict(cell, sight)
        self.texts(
            sight,
            ("", question.id, question.label),
            (".hint", question.id, question.hint),
            (".explanation", question.id, question.explanation),
        )

    def verdict(self, cell: QuestionCell, sight: Sight) -> None:
        question = cell.question
        found = checks(question, sight, lambda message: self.text(message, sight))
        verdict = cell.verdict = VerdictCell(cell, found)
        switches = [question.required, question.read_only]
        verdict.required, verdict.read_only = (
            flag if isinstance(flag, bool) else closure(flag, sight) for flag in switches
        )
        others: list[Reading] = []
        tests = (constraint.test for constraint in question.constraints)
        conditions = (flag for flag in switches if not isinstance(flag, bool))
        for expression in (*conditions, *conditions_in(question.settings), *tests):
            others += readings(expression, sight)
        for constraint in question.constraints:
            others += _holes(constraint.message)
        itself: Reading = ("value", question.name), False
        verdict.own = all(reading == itself for reading in others)
        if not verdict.own:
            self.reads.append((verdict, [itself, *others]))
        self.painted.append(verdict)

    def outcome(self, outcome: Outcome) -> OutcomeCell:
        sight = Sight(self.names, 0)
        cell = OutcomeCell(outcome, self.names.slot(0))
        cell.relevance = self.closure(cell, outcome.relevance, sight)
        self.painted.append(cell)
        self.texts(sight, ("", outcome.id, outcome.label))
        return cell

    def closure(
        self, cell: Cell, expression: Expression | None, sight: Sight, *more: Reading
    ) -> Closure | None:
        """An expression, compiled; what it reads is noted."""
        self.reads.append((cell, [*more, *readings(expression, sight)]))
        return None if expression is None else closure(expression, sight)

    def texts(self, sight: Sight, *rows: tuple[str, str, Localized]) -> None:
        """The texts with holes, by their key in the view; plain ones are left to the definition."""
        for suffix, identity, label in rows:
            if label.holes():
                slot = self.names.slot(sight.scope)
                cell = TextCell(sight.scope, slot, identity + suffix, self.text(label, sight))
                self.painted.append(cell)
                self.reads.append((cell, _holes(label)))

    def text(self, label: Localized, sight: Sight) -> Text:
        return text(label, self.definition.source, lambda name: self.hole(name, sight))

    def hole(self, name: str, sight: Sight) -> tuple[Closure, Show]:
        cell = self.names.values.get(name)
        if cell is None:
            return (lambda _root, _entry: None), (lambda _value, _language: "")
        node = cell.question if isinstance(cell, QuestionCell) else cell.calculation
        return closure(Answer(name), sight), shower(node, type_of(cell), self.definition.source)

    def cells(self) -> list[Cell]:
        """All cells, each after what it needs and with its rank; what is read is told who reads it."""
        cells = [*self._steps(), *self.painted]
        for rank, cell in enumerate(cells):
            cell.rank = rank
        for reader, read in self.reads:
            for key, each in dict.fromkeys(read):
                source = self.sources.get(key)
                # What reads backwards (a draft's ring) is left out, so that evaluating always ends.
                if source is not None and source.rank < reader.rank:
                    meeting = self._meeting(source.scope, reader.scope, each)
                    source.readers.append((reader, meeting))
        return cells

    def _steps(self) -> Iterator[Cell]:
        for kind, name in order(edges(self.definition))[0]:
            keys = ((kind, name), ("entries", name)) if kind == "section" else ((kind, name),)
            yield from (self.sources[key] for key in keys if key in self.sources)

    def _meeting(self, source: int, reader: int, each: bool) -> int:
        """The scope whose frame holds all that reads a frame of the source; SAME if only the same frame does."""
        common = self.names.common(source, reader)
        if each and common == source:
            return max(self.names.around[source], 0)
        return SAME if common == source == reader else common


def _relevance_of(section: SectionCell) -> Reading:
    return ("section", section.section.name), False


def _holes(label: Localized) -> list[Reading]:
    return [(("value", name), False) for name in label.holes()]


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
