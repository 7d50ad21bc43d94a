"""What an answer must satisfy beside its type: ranges, patterns, constraints. Broken only when false, never when unknown.

A check is `(root, entry, value) -> whether it is broken`, with the code and the message of its problem.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from builder.conditions import Expression
from builder.conditions.patterns import matches
from builder.definition import Question
from builder.question_types import TYPES, Settings
from builder.values import Localized, decimal
from runtime.engine.evaluate import Closure, Values, closure
from runtime.engine.piping import Text
from runtime.engine.slots import Slots

Broken = Callable[[Values, Values, Any], bool]


@dataclass(frozen=True, slots=True)
class Check:
    """One check of one question."""

    code: str
    broken: Broken
    message: Text | None = None


def checks(question: Question, slots: Slots, text: Callable[[Localized], Text]) -> list[Check]:
    """The checks of a question, in the order in which their problems are told."""
    found = [*_demands(question), *_setting_checks(question.settings, slots)]
    for constraint in question.constraints:
        message = text(constraint.message) if constraint.message else None
        found.append(Check("constraint", _is_false(closure(constraint.test, slots)), message))
    return found


def _demands(question: Question) -> list[Check]:
    """What is required and answered, but not enough: a consent that is refused, an order that is not complete; and
    half an answer, required or not."""
    kind, settings = TYPES[question.type], question.settings
    if not (kind.whole or (question.required and kind.demanding)):
        return []
    return [Check("required", lambda _root, _entry, value: not kind.satisfies(value, settings))]


def _setting_checks(settings: Settings, slots: Slots) -> list[Check]:
    given = settings.items()
    found = []
    for name, below in (("minimum", True), ("maximum", False)):
        bound = given.get(name)
        if isinstance(bound, str):
            found.append(Check("range", _beyond_number(bound, below=below)))
        elif bound is not None:
            found.append(Check("range", _beyond_date(bound, slots, below=below)))
    if given.get("pattern"):
        found.append(Check("constraint", _unlike(given["pattern"])))
    return found


def _is_false(test: Closure) -> Broken:
    return lambda root, entry, _value: test(root, entry) is False


def _beyond_number(text: str, *, below: bool) -> Broken:
    bound = decimal(text)
    if below:
        return lambda _root, _entry, value: value < bound
    return lambda _root, _entry, value: value > bound


def _beyond_date(expression: Expression, slots: Slots, *, below: bool) -> Broken:
    bound_of = closure(expression, slots)

    def broken(root: Values, entry: Values, value: Any) -> bool:
        bound = bound_of(root, entry)
        if not isinstance(bound, str):
            return False
        return bool(value < bound if below else value > bound)

    return broken


def _unlike(pattern: str) -> Broken:
    return lambda _root, _entry, value: not matches(value, pattern)
