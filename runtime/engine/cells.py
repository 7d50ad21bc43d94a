"""Cells: what is computed of a definition, one object for each part of it, run once for each frame of its scope.

A scope is the root or a repeat; a frame holds the values of the root, or of one entry. `run` computes a cell in a frame, writes
what the screen shows of it, and says whether what others read of it changed: only then are its readers run. Slots are
places in a frame's lists; the first slots of the root are inputs and notes that belong to no cell.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Final, Protocol

from builder.values import divide
from builder.values.decimals import CONTEXT
from runtime.engine.checks import Check
from runtime.engine.evaluate import OVERFLOW, SCORE, Closure, Values
from runtime.engine.piping import Text

if TYPE_CHECKING:
    from builder.definition import Calculation, Outcome, Question, Section
    from builder.question_types import QuestionType

Problems = Sequence[dict[str, Any]]
NONE_WRONG: Final[Problems] = ()
_UNREADABLE: Final[Problems] = ({"code": "unreadable", "message": None},)
_OUT_OF_RANGE: Final[Problems] = ({"code": "range", "message": None},)
_HUNDRED: Final = Decimal(100)


class Frame:
    """The values of the root or of one entry. `prefix` leads places ("contacts/a/"), `scope` the keys of texts and items ("a/")."""

    __slots__ = ("missing", "prefix", "problems", "relevant", "scope", "values")

    def __init__(self, size: int, prefix: str = "", scope: str = "") -> None:
        self.prefix = prefix
        self.scope = scope
        self.values: Values = [None] * size
        self.relevant: list[bool] = [False] * size
        self.missing: list[bool] = [False] * size
        self.problems: list[Problems] = [NONE_WRONG] * size


class Evaluation(Protocol):
    """What a cell sees, and where it tells what changed, while it runs."""

    root: Values
    frames: list[list[Frame]]
    answers: dict[str, Any]
    unreadable: set[str]
    language: str
    counts: list[list[int]]
    touched: "dict[tuple[Cell, Frame], None]"
    turned: "dict[SectionCell, bool]"
    rerouted: bool

    @property
    def clear(self) -> bool:
        """Whether nothing is missing and nothing is wrong."""

    def count(self, section: "SectionCell", missing: int, problems: int) -> None:
        """So many more (or fewer) answers of a section are missing, or have a problem."""


class Cell:
    """The base of all: where it lies, its place in the order, and who reads it."""

    __slots__ = ("rank", "readers", "scope", "slot")

    def __init__(self, scope: int, slot: int) -> None:
        self.scope = scope
        self.slot = slot
        self.rank = 0
        # (reader, whether it reads the same frame; else each of its frames reads this)
        self.readers: list[tuple[Cell, bool]] = []

    # The part of a view that shows the cell; none for what is only computed.
    part: ClassVar[str] = ""
    # Whether it holds words, which another language says otherwise.
    says: ClassVar[bool] = False

    def run(self, live: Evaluation, frame: Frame) -> bool:
        """Compute the cell in a frame."""
        raise NotImplementedError

    def key(self, frame: Frame) -> str:
        """Under which name the view shows it."""
        raise NotImplementedError

    def shown(self, live: Evaluation, frame: Frame) -> Any:
        """What the view has of it."""
        raise NotImplementedError


class SectionCell(Cell):
    """A section's relevance. `inside` is the scope of its cells, `entries` the slot of its entries if it repeats."""

    __slots__ = ("at", "entries", "inside", "relevance", "section", "values")

    def __init__(self, section: "Section", at: int, slot: int) -> None:
        super().__init__(0, slot)
        self.section = section
        self.at = at
        self.inside = 0
        self.entries: EntriesCell | None = None
        self.values: list[QuestionCell | CalculationCell] = []
        self.relevance: Closure | None = None

    def run(self, live: Evaluation, frame: Frame) -> bool:
        relevant = self.relevance is None or self.relevance(live.root, live.root) is True
        if relevant is live.root[self.slot]:
            return False
        live.root[self.slot] = relevant
        live.turned[self] = live.rerouted = True
        return True

    def shown(self, live: Evaluation, frame: Frame) -> dict[str, Any]:
        missing, problems = live.counts[self.at]
        return {"relevant": live.root[self.slot], "missing": missing, "problems": problems}


class EntriesCell(Cell):
    """The entries of a repeat, for those who count and sum: none while its section is hidden."""

    __slots__ = ("section",)

    def __init__(self, section: SectionCell, slot: int) -> None:
        super().__init__(0, slot)
        self.section = section

    def run(self, live: Evaluation, frame: Frame) -> bool:
        frames = live.frames[self.section.inside] if live.root[self.section.slot] else ()
        live.root[self.slot] = [frame.values for frame in frames]
        return True


class QuestionCell(Cell):
    """A question's effective answer: what was answered, while it is relevant and readable."""

    __slots__ = ("points", "question", "read", "relevance", "required", "right", "section", "type")
    part = "questions"

    def __init__(
        self,
        question: "Question",
        kind: "QuestionType",
        section: SectionCell,
        *,
        slot: int,
        read: Callable[[Any], Any],
    ) -> None:
        super().__init__(section.inside, slot)
        self.question = question
        self.type = kind
        self.section = section
        self.read = read
        self.required = question.required
        self.relevance: Closure | None = None
        self.right: Any = None
        self.points = Decimal(0)

    def run(self, live: Evaluation, frame: Frame) -> bool:
        slot, values, condition = self.slot, frame.values, self.relevance
        relevant = live.root[self.section.slot] and (
            condition is None or condition(live.root, values) is True
        )
        value = None
        if relevant:
            place = frame.prefix + self.question.name
            raw = live.answers.get(place)
            if raw is not None and place not in live.unreadable:
                value = self.read(raw)
        missing = relevant and value is None and self.required
        if missing is not frame.missing[slot]:
            frame.missing[slot] = missing
            live.touched[self, frame] = None
            live.count(self.section, 1 if missing else -1, 0)
        if relevant is not frame.relevant[slot]:
            frame.relevant[slot] = relevant
            live.touched[self, frame] = None
        elif value == values[slot]:
            return False
        values[slot] = value
        return True

    def key(self, frame: Frame) -> str:
        return frame.prefix + self.question.name

    def shown(self, live: Evaluation, frame: Frame) -> dict[str, Any]:
        relevant = frame.relevant[self.slot]
        return {
            "relevant": relevant,
            "value": live.answers.get(frame.prefix + self.question.name) if relevant else None,
            "missing": frame.missing[self.slot],
            "required": self.required,
            "problems": list(frame.problems[self.slot]),
        }


class ProblemsCell(Cell):
    """What is wrong with an answer; nobody reads it but the screen."""

    __slots__ = ("checks", "question")
    says = True

    def __init__(self, question: QuestionCell, checks: list[Check]) -> None:
        super().__init__(question.scope, question.slot)
        self.question = question
        self.checks = checks

    def run(self, live: Evaluation, frame: Frame) -> bool:
        slot = self.slot
        value, before = frame.values[slot], frame.problems[slot]
        problems = NONE_WRONG
        if value is not None:
            if self.checks:
                problems = self._broken(live, frame, value)
        elif frame.relevant[slot] and self.question.key(frame) in live.unreadable:
            problems = _UNREADABLE
        if problems != before:
            frame.problems[slot] = problems
            live.touched[self.question, frame] = None
            if len(problems) != len(before):
                live.count(self.question.section, 0, len(problems) - len(before))
        return False

    def _broken(self, live: Evaluation, frame: Frame, value: Any) -> Problems:
        return tuple(
            {
                "code": check.code,
                "message": check.message and check.message(live.root, frame.values, live.language),
            }
            for check in self.checks
            if check.broken(live.root, frame.values, value)
        )


class CalculationCell(Cell):
    """A calculation: always evaluated. `show` makes its value plain JSON data."""

    __slots__ = ("calculation", "section", "show", "type", "value")
    part = "questions"

    def __init__(
        self,
        calculation: "Calculation",
        section: SectionCell,
        *,
        slot: int,
        show: Callable[[Any], Any],
    ) -> None:
        super().__init__(section.inside, slot)
        self.calculation = calculation
        self.type = calculation.type
        self.section = section
        self.show = show
        self.value: Closure = _missing

    def run(self, live: Evaluation, frame: Frame) -> bool:
        root, slot = live.root, self.slot
        root[OVERFLOW] = False
        value = self.value(root, frame.values)
        problems = _OUT_OF_RANGE if root[OVERFLOW] else NONE_WRONG
        if problems is not frame.problems[slot]:
            live.count(self.section, 0, len(problems) - len(frame.problems[slot]))
            frame.problems[slot] = problems
            live.touched[self, frame] = None
        if value == frame.values[slot]:
            return False
        frame.values[slot] = value
        live.touched[self, frame] = None
        return True

    def key(self, frame: Frame) -> str:
        return frame.prefix + self.calculation.name

    def shown(self, live: Evaluation, frame: Frame) -> dict[str, Any]:
        value = frame.values[self.slot]
        return {
            "relevant": True,
            "value": None if value is None else self.show(value),
            "missing": False,
            "required": False,
            "problems": list(frame.problems[self.slot]),
        }


class TextCell(Cell):
    """A text with holes, filled."""

    __slots__ = ("name", "text")
    part = "texts"
    says = True

    def __init__(self, scope: int, slot: int, name: str, text: Text) -> None:
        super().__init__(scope, slot)
        self.name = name
        self.text = text

    def run(self, live: Evaluation, frame: Frame) -> bool:
        filled = self.text(live.root, frame.values, live.language)
        if filled != frame.values[self.slot]:
            frame.values[self.slot] = filled
            live.touched[self, frame] = None
        return False

    def key(self, frame: Frame) -> str:
        return frame.scope + self.name

    def shown(self, live: Evaluation, frame: Frame) -> str:
        return str(frame.values[self.slot])


class ItemCell(Cell):
    """Whether a line, a cue or a display is there to be read."""

    __slots__ = ("name", "relevance", "section")
    part = "items"

    def __init__(self, section: SectionCell, scope: int, slot: int, name: str) -> None:
        super().__init__(scope, slot)
        self.section = section
        self.name = name
        self.relevance: Closure | None = None

    def run(self, live: Evaluation, frame: Frame) -> bool:
        relevant = live.root[self.section.slot] and (
            self.relevance is None or self.relevance(live.root, frame.values) is True
        )
        if relevant is not frame.values[self.slot]:
            frame.values[self.slot] = relevant
            live.touched[self, frame] = None
        return False

    def key(self, frame: Frame) -> str:
        return frame.scope + self.name

    def shown(self, live: Evaluation, frame: Frame) -> bool:
        return bool(frame.values[self.slot])


class OutcomeCell(Cell):
    """Whether an outcome fits."""

    __slots__ = ("outcome", "relevance")
    part = "outcomes"

    def __init__(self, outcome: "Outcome", slot: int, relevance: Closure | None) -> None:
        super().__init__(0, slot)
        self.outcome = outcome
        self.relevance = relevance

    def run(self, live: Evaluation, frame: Frame) -> bool:
        relevant = self.relevance is None or self.relevance(live.root, live.root) is True
        if relevant is not live.root[self.slot]:
            live.root[self.slot] = relevant
            live.touched[self, frame] = None
        return False

    def key(self, frame: Frame) -> str:
        return self.outcome.name

    def shown(self, live: Evaluation, frame: Frame) -> dict[str, bool]:
        relevant = live.root[self.slot]
        return {
            "relevant": relevant,
            "ready": relevant and (live.clear or not self.outcome.complete),
        }


class ScoreCell(Cell):
    """The percentage of points earned, over the scored questions that are relevant."""

    __slots__ = ("scored",)

    def __init__(self, scored: list[QuestionCell]) -> None:
        super().__init__(0, SCORE)
        self.scored = scored

    def run(self, live: Evaluation, frame: Frame) -> bool:
        earned, total = Decimal(0), Decimal(0)
        for cell in self.scored:
            if frame.relevant[cell.slot]:
                total = CONTEXT.add(total, cell.points)
                if live.root[cell.slot] == cell.right:
                    earned = CONTEXT.add(earned, cell.points)
        score = divide(CONTEXT.multiply(earned, _HUNDRED), total)
        if score == live.root[SCORE]:
            return False
        live.root[SCORE] = score
        return True


def _missing(_root: Values, _entry: Values) -> Any:
    return None
