"""Cells that hold a value which others read: answers, calculations, the score."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from builder.values import divide
from builder.values.decimals import CONTEXT
from runtime.engine.cells import Cell, Evaluation, SectionCell
from runtime.engine.frames import FINE, Frame, Verdict
from runtime.engine.reaching import OFFERED, OVERFLOW, PARENT, SCORE, Closure, Values

if TYPE_CHECKING:
    from builder.definition import Calculation, Question
    from builder.question_types import QuestionType

_OUT_OF_RANGE: Final = Verdict(problems=({"code": "range", "message": None},))
_HUNDRED: Final = Decimal(100)


class Judge(Cell):
    """What says whether an answer is missing or wrong. One that reads only its `own` question is run by it; `warns`: some of what
    it says may be set aside."""

    __slots__ = ("own", "warns")
    own: bool
    warns: bool


class QuestionCell(Cell):
    """A question's effective answer: what was answered (or else its default), while it is relevant, readable and offered."""

    __slots__ = (
        "default", "offers", "plain", "points", "question", "read", "relevance", "right", "section", "type",
        "verdict",
    )  # fmt: skip

    def __init__(
        self,
        question: "Question",
        kind: "QuestionType",
        section: SectionCell,
        *,
        slot: int,
        ways: "tuple[Callable[[Any], Any], Callable[[Any], Any]]",
    ) -> None:
        super().__init__(section.inside, slot, "questions")
        self.question = question
        self.type = kind
        self.section = section
        self.read, self.plain = ways
        self.relevance: Closure | None = None
        self.default: Closure | None = None
        self.offers: Closure | None = None
        self.verdict: Judge
        self.right: Any = None
        self.points = Decimal(0)

    def run(self, live: Evaluation, frame: Frame) -> bool:
        slot, values, condition, section = self.slot, frame.values, self.relevance, self.section
        relevant = (values if section.entries is None else values[PARENT])[section.slot] and (
            condition is None or condition(live.root, values) is True
        )
        value = self._effective(live, frame) if relevant else None
        if relevant is not frame.relevant[slot]:
            frame.relevant[slot] = relevant
            live.touched[self, frame] = None
        elif value == values[slot]:
            return False
        values[slot] = value
        if self.default is not None or self.offers is not None:
            live.touched[self, frame] = None
        if self.verdict.own and live.running:
            self.verdict.run(live, frame)
        return True

    def _effective(self, live: Evaluation, frame: Frame) -> Any:
        value, place = None, frame.prefix + self.question.name
        raw = live.answers.get(place)
        if raw is None:
            value = self.default and self._defaulted(live, frame.values)
        elif place not in live.unreadable:
            value = self.read(raw)
        return value if self.offers is None else self._offered(live, frame, value)

    def _defaulted(self, live: Evaluation, values: Values) -> Any:
        """The default, if it may be answered at all."""
        value = None if self.default is None else self.default(live.root, values)
        if value is None:
            return None
        admitted = self.type.admit(self.plain(value), self.question.settings)
        return None if admitted.value is None else self.read(admitted.value)

    def _offered(self, live: Evaluation, frame: Frame, value: Any) -> Any:
        """What is left of an answer when only some choices are offered."""
        root, offers, found = live.root, self.offers, []
        for choice in self.question.settings.choices:
            root[OFFERED] = choice.says()
            if offers is not None and offers(root, frame.values) is True:
                found.append(choice.name)
        offered = tuple(found)
        if frame.offered.get(self.slot) != offered:
            frame.offered[self.slot] = offered
            live.touched[self, frame] = None
        if isinstance(value, tuple):
            return tuple(name for name in value if name in offered) or None
        return value if value in offered else None

    def key(self, frame: Frame) -> str:
        return frame.prefix + self.question.name

    def shown(self, live: Evaluation, frame: Frame) -> dict[str, Any]:
        slot, place, value = self.slot, self.key(frame), frame.values[self.slot]
        relevant = frame.relevant[slot]
        required, missing, read_only, problems = frame.verdicts[slot]
        shown: dict[str, Any] = {
            "relevant": relevant,
            "value": None,
            "missing": missing,
            "required": required,
            "problems": list(problems),
        }
        raw = live.answers.get(place)
        if value is not None:
            shown["value"] = self.plain(value)
            if raw is None:
                shown["defaulted"] = True
        elif raw is not None:
            if relevant and place in live.unreadable:
                shown["value"] = raw
            else:
                shown["kept"] = True
        if not isinstance(self.question.read_only, bool):
            shown["read_only"] = read_only
        if self.offers is not None:
            shown["choices"] = list(frame.offered[slot]) if relevant else []
        return shown


class CalculationCell(Cell):
    """A calculation: always evaluated. `plain` makes its value plain JSON data."""

    __slots__ = ("calculation", "plain", "section", "type", "value")

    def __init__(
        self,
        calculation: "Calculation",
        section: SectionCell,
        *,
        slot: int,
        plain: Callable[[Any], Any],
    ) -> None:
        super().__init__(section.inside, slot, "questions")
        self.calculation = calculation
        self.type = calculation.type
        self.section = section
        self.plain = plain
        self.value: Closure

    def run(self, live: Evaluation, frame: Frame) -> bool:
        root, slot = live.root, self.slot
        root[OVERFLOW] = False
        value = self.value(root, frame.values)
        verdict = _OUT_OF_RANGE if root[OVERFLOW] else FINE
        if verdict is not frame.verdicts[slot]:
            live.count(self.section, 0, 1 if root[OVERFLOW] else -1)
            frame.verdicts[slot] = verdict
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
            "value": None if value is None else self.plain(value),
            "missing": False,
            "required": False,
            "problems": list(frame.verdicts[self.slot].problems),
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
