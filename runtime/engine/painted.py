"""Cells that nobody reads but the screen: verdicts on answers, filled texts, what is there to be read, and the outcomes."""

from typing import TYPE_CHECKING, Any, Final

from runtime.engine.cells import Cell, Evaluation, SectionCell
from runtime.engine.checks import Check
from runtime.engine.frames import Frame, Problems, Verdict, verdict_of
from runtime.engine.piping import Text
from runtime.engine.valued import Judge, QuestionCell

if TYPE_CHECKING:
    from builder.definition import Outcome
    from runtime.engine.reaching import Closure

_UNREADABLE: Final[Problems] = ({"code": "unreadable", "message": None},)


class VerdictCell(Judge):
    """What is said of an answer: whether it is required and missing, may be changed, and what is wrong with it. One that reads
    only its `own` question is run by it."""

    __slots__ = ("checks", "question", "read_only", "required")

    def __init__(self, question: QuestionCell, checks: list[Check]) -> None:
        super().__init__(question.scope, question.slot, says=True)
        self.question = question
        self.checks = checks
        self.own = False
        self.warns = any(check.warning for check in checks)
        self.required: bool | Closure = False
        self.read_only: bool | Closure = False

    def run(self, live: Evaluation, frame: Frame) -> bool:
        before, verdict = frame.verdicts[self.slot], self._verdict(live, frame)
        if verdict is before or verdict == before:
            return False
        frame.verdicts[self.slot] = verdict
        live.touched[self.question, frame] = None
        missing = verdict.missing - before.missing
        problems = 0
        if verdict.problems is not before.problems:
            problems = verdict.blocking - before.blocking
        if missing or problems:
            live.count(self.question.section, missing, problems)
        return False

    def _verdict(self, live: Evaluation, frame: Frame) -> Verdict:
        value, required, read_only = frame.values[self.slot], self.required, self.read_only
        if not isinstance(required, bool):
            required = required(live.root, frame.values) is True
        if not isinstance(read_only, bool):
            read_only = read_only(live.root, frame.values) is True
        if not frame.relevant[self.slot]:
            return verdict_of(required, False, read_only, ())
        problems: Problems = ()
        if value is not None:
            if self.checks:
                problems = self._broken(live, frame, value)
        elif live.unreadable and self.question.key(frame) in live.unreadable:
            problems = _UNREADABLE
        return verdict_of(required, required and value is None, read_only, problems)

    def _broken(self, live: Evaluation, frame: Frame, value: Any) -> Problems:
        return tuple(
            self._problem(check, live, frame)
            for check in self.checks
            if check.broken(live.root, frame.values, value)
        )

    def _problem(self, check: Check, live: Evaluation, frame: Frame) -> dict[str, Any]:
        message = check.message and check.message(live.root, frame.values, live.language)
        problem: dict[str, Any] = {"code": check.code, "message": message}
        if check.warning:
            problem["warning"] = True
            reason = live.overridden.get(self.question.key(frame))
            if reason is not None:
                problem["overridden"] = reason
        return problem


class TextCell(Cell):
    """A text with holes, filled."""

    __slots__ = ("name", "text")

    def __init__(self, scope: int, slot: int, name: str, text: Text) -> None:
        super().__init__(scope, slot, "texts", says=True)
        self.name = name
        self.text = text

    def run(self, live: Evaluation, frame: Frame) -> bool:
        filled = self.text(live.root, frame.values, live.language)
        if filled != frame.values[self.slot]:
            frame.values[self.slot] = filled
            live.touched[self, frame] = None
        return False

    def key(self, frame: Frame) -> str:
        return frame.keys + self.name

    def shown(self, live: Evaluation, frame: Frame) -> str:
        return str(frame.values[self.slot])


class ItemCell(Cell):
    """Whether a line, a cue or a display is there to be read. One that opens a repeat lies outside its entries."""

    __slots__ = ("name", "outside", "relevance", "section")

    def __init__(self, section: SectionCell, scope: int, slot: int, name: str) -> None:
        super().__init__(scope, slot, "items")
        self.section = section
        self.outside = scope != section.inside
        self.name = name
        self.relevance: Closure | None = None

    def run(self, live: Evaluation, frame: Frame) -> bool:
        values, section = frame.values, self.section
        relevant = (values[section.slot] if self.outside else section.holds_in(values)) and (
            self.relevance is None or self.relevance(live.root, values) is True
        )
        if relevant is not values[self.slot]:
            values[self.slot] = relevant
            live.touched[self, frame] = None
        return False

    def key(self, frame: Frame) -> str:
        return frame.keys + self.name

    def shown(self, live: Evaluation, frame: Frame) -> bool:
        return bool(frame.values[self.slot])


class OutcomeCell(Cell):
    """Whether an outcome fits."""

    __slots__ = ("outcome", "relevance")

    def __init__(self, outcome: "Outcome", slot: int) -> None:
        super().__init__(0, slot, "outcomes")
        self.outcome = outcome
        self.relevance: Closure | None = None

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
