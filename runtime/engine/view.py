"""The view: all that a screen needs of a state on a day, as JSON data."""

from collections.abc import Iterator, Mapping
from typing import Any

from builder.definition import Definition
from builder.values import canonical
from runtime.engine.evaluate import SCORE
from runtime.engine.program import (
    CalculationCell,
    Program,
    QuestionCell,
    SectionCell,
    TextCell,
    program_of,
)
from runtime.engine.solve import Frame, Solution
from runtime.engine.state import State

View = dict[str, Any]


def view(definition: Definition, state: State, today: str) -> View:
    """What the state shows on that day, in the state's language."""
    program = program_of(definition)
    return _Painter(program, Solution(program, state, today), state).view()


def effective(seen: Mapping[str, Any]) -> Any:
    """The answer of a viewed question that counts: a hidden one and a text that could not be read are Missing."""
    unread = any(problem["code"] == "unreadable" for problem in seen["problems"])
    return None if unread or not seen["relevant"] else seen["value"]


def totals(program: Program, solution: Solution, state: State) -> tuple[int, int]:
    """How many required answers are missing, and how many problems there are, in all that is relevant."""
    painter = _Painter(program, solution, state)
    for cell in program.sections.values():
        painter.section(cell)
    return painter.missing, painter.problems


def path_of(program: Program, solution: Solution, state: State) -> dict[str, Any]:
    """The relevant sections in order, with the one after and the one before the current section."""
    names = list(program.sections)
    here = names.index(state["section"]) if state["section"] in program.sections else -1
    path = [name for name in names if solution.relevant[name]]
    after = (name for name in path if program.sections[name].at > here)
    before = (name for name in reversed(path) if program.sections[name].at < here)
    return {"path": path, "next": next(after, None), "previous": next(before, None)}


class _Painter:
    def __init__(self, program: Program, solution: Solution, state: State) -> None:
        self.program = program
        self.solution = solution
        self.root = solution.root.values
        self.language = state["language"]
        self.state = state
        self.questions: dict[str, Any] = {}
        self.items: dict[str, bool] = {}
        self.texts: dict[str, str] = {}
        self.missing = 0
        self.problems = 0

    def view(self) -> View:
        sections = {name: self.section(cell) for name, cell in self.program.sections.items()}
        score = self.root[SCORE]
        return {
            "questions": self.questions,
            "items": self.items,
            "sections": sections,
            **path_of(self.program, self.solution, self.state),
            "outcomes": dict(self.outcomes()),
            "texts": self.texts,
            "missing": self.missing,
            "problems": self.problems,
            "score": None if score is None else canonical(score),
        }

    def section(self, cell: SectionCell) -> dict[str, Any]:
        """One section with all its cells; counts what is missing and wrong on the way."""
        missing, problems, name = self.missing, self.problems, cell.section.name
        self.say(cell.texts, "", self.root)
        relevant = self.solution.relevant[name]
        for said in cell.opening:
            self.item(said, self.solution.root, "", relevant)
            self.say(said.texts, "", self.root)
        for frame in self.solution.frames[name]:
            scope = "" if cell.entries is None else frame.prefix[len(name) + 1 :]
            self.say(cell.entry_texts, scope, frame.values)
            for inner in cell.cells:
                if isinstance(inner, QuestionCell):
                    self.question(inner, frame)
                elif isinstance(inner, CalculationCell):
                    self.calculation(inner, frame)
                else:
                    self.item(inner, frame, scope, relevant)
                if inner.texts:
                    self.say(inner.texts, scope, frame.values)
        return {
            "relevant": relevant,
            "missing": self.missing - missing,
            "problems": self.problems - problems,
        }

    def question(self, cell: QuestionCell, frame: Frame) -> None:
        question, slot = cell.question, cell.slot
        place = frame.prefix + question.name
        if not frame.relevant[slot]:
            self.questions[place] = {
                "relevant": False,
                "value": None,
                "missing": False,
                "required": question.required,
                "problems": [],
            }
            return
        value = frame.values[slot]
        missing = question.required and value is None
        problems = self.broken(cell, frame, value) if cell.checks and value is not None else []
        if value is None and place in self.solution.unreadable:
            problems = [{"code": "unreadable", "message": None}]
        self.missing += missing
        self.problems += len(problems)
        self.questions[place] = {
            "relevant": True,
            "value": self.solution.answers.get(place),
            "missing": missing,
            "required": question.required,
            "problems": problems,
        }

    def broken(self, cell: QuestionCell, frame: Frame, value: Any) -> list[dict[str, Any]]:
        problems = []
        for check in cell.checks:
            if check.broken(self.root, frame.values, value):
                message = check.message and check.message(self.root, frame.values, self.language)
                problems.append({"code": check.code, "message": message})
        return problems

    def calculation(self, cell: CalculationCell, frame: Frame) -> None:
        value = frame.values[cell.slot]
        if value is not None and cell.type == "number":
            value = canonical(value)
        elif value is not None and cell.type == "many":
            value = list(value)
        problems = [{"code": "range", "message": None}] if cell.slot in frame.faulty else []
        self.problems += len(problems)
        self.questions[frame.prefix + cell.calculation.name] = {
            "relevant": True,
            "value": value,
            "missing": False,
            "required": False,
            "problems": problems,
        }

    def item(self, cell: TextCell, frame: Frame, scope: str, relevant: bool) -> None:
        own = cell.relevance is None or cell.relevance(self.root, frame.values) is True
        self.items[scope + cell.item.id] = relevant and own

    def outcomes(self) -> Iterator[tuple[str, dict[str, bool]]]:
        clear = not self.missing and not self.problems
        for cell in self.program.outcomes:
            relevant = cell.relevance is None or cell.relevance(self.root, self.root) is True
            self.say(cell.texts, "", self.root)
            yield (
                cell.outcome.name,
                {"relevant": relevant, "ready": relevant and (clear or not cell.outcome.complete)},
            )

    def say(self, texts: list[Any], scope: str, values: list[Any]) -> None:
        for key, text in texts:
            self.texts[scope + key] = text(self.root, values, self.language)
