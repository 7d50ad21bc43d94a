"""Full evaluation: every cell once, in the program's order. What is hidden, unreadable or not answered is Missing."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from builder.values import divide
from builder.values.decimals import CONTEXT
from runtime.engine.evaluate import OVERFLOW, SCORE, TODAY, Values, typed
from runtime.engine.program import CalculationCell, Program, QuestionCell, SectionCell

_HUNDRED = Decimal(100)


@dataclass(slots=True)
class Frame:
    """The values of the root, or of one entry; `prefix` leads its places. Slots in `relevant` and `faulty` are the same."""

    prefix: str
    values: Values
    relevant: list[bool]
    faulty: set[int]


class Solution:
    """What a state means on a day."""

    __slots__ = ("answers", "frames", "program", "relevant", "root", "unreadable")

    def __init__(self, program: Program, state: dict[str, Any], today: str) -> None:
        self.program = program
        self.answers = state["answers"]
        self.unreadable = set(state["unreadable"])
        self.root = Frame("", [None] * program.size, [False] * program.size, set())
        self.root.values[TODAY] = today
        self.relevant: dict[str, bool] = {}
        self.frames = {name: self._frames(cell, state) for name, cell in program.sections.items()}
        self._run()

    def _frames(self, cell: SectionCell, state: dict[str, Any]) -> list[Frame]:
        if cell.entries is None:
            return [self.root]
        name, size = cell.section.name, cell.size
        entries = state["entries"].get(name, ())
        return [
            Frame(f"{name}/{entry}/", [None] * size, [False] * size, set()) for entry in entries
        ]

    def _run(self) -> None:
        for step in self.program.steps:
            if isinstance(step, QuestionCell):
                self._question(step)
            elif isinstance(step, CalculationCell):
                self._calculation(step)
            elif isinstance(step, SectionCell):
                self._section(step)
            else:
                self._score()

    def _section(self, cell: SectionCell) -> None:
        root = self.root.values
        name = cell.section.name
        relevant = cell.relevance is None or cell.relevance(root, root) is True
        self.relevant[name] = relevant
        if cell.entries is not None:
            root[cell.entries] = [frame.values for frame in self.frames[name]] if relevant else []

    def _question(self, cell: QuestionCell) -> None:
        name = cell.section.section.name
        if not self.relevant[name]:
            return
        root, slot, condition = self.root.values, cell.slot, cell.relevance
        for frame in self.frames[name]:
            if condition is not None and condition(root, frame.values) is not True:
                continue
            frame.relevant[slot] = True
            place = frame.prefix + cell.question.name
            raw = self.answers.get(place)
            if raw is not None and place not in self.unreadable:
                frame.values[slot] = typed(cell.type.answer_type, raw)

    def _calculation(self, cell: CalculationCell) -> None:
        root, slot, value = self.root.values, cell.slot, cell.value
        if value is None:
            return
        for frame in self.frames[cell.section.section.name]:
            root[OVERFLOW] = False
            frame.values[slot] = value(root, frame.values)
            if root[OVERFLOW]:
                frame.faulty.add(slot)

    def _score(self) -> None:
        root = self.root
        earned, total = Decimal(0), Decimal(0)
        for cell in self.program.scored:
            if root.relevant[cell.slot]:
                total = CONTEXT.add(total, cell.points)
                if root.values[cell.slot] == cell.right:
                    earned = CONTEXT.add(earned, cell.points)
        root.values[SCORE] = divide(CONTEXT.multiply(earned, _HUNDRED), total)
