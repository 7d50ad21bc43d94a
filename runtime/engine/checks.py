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
from runtime.engine.evaluate import closure
from runtime.engine.piping import Text
from runtime.engine.reaching import Closure, Slots, Values

Broken = Callable[[Values, Values, Any], bool]


@dataclass(frozen=True, slots=True)
class Check:
    """One check of one question."""

    code: str
    broken: Broken
    message: Text | None = None
    warning: bool = False


def checks(question: Question, slots: Slots, text: Callable[[Localized], Text]) -> list[Check]:
    """The checks of a question, in the order in which their problems are told."""
    found = [*_demands(question, slots), *_setting_checks(question.settings, slots)]
    for constraint in question.constraints:
        message = text(constraint.message) if constraint.message else None
        broken = _is_false(closure(constraint.test, slots))
        found.append(Check("constraint", broken, message, constraint.warning))
    return found


def _demands(question: Question, slots: Slots) -> list[Check]:
    """What is required and answered, but not enough: a consent that is refused, an order that is not complete; and
    half an answer, required or not."""
    kind, settings = TYPES[question.type], question.settings
    required = True if kind.whole else question.required
    if not kind.demanding or required is False:
        return []
    if required is True:
        return [
            Check("required", lambda _root, _entry, value: not kind.satisfies(value, settings))
        ]
    needed = closure(required, slots)

    def broken(root: Values, entry: Values, value: Any) -> bool:
        return needed(root, entry) is True and not kind.satisfies(value, settings)

    return [Check("required", broken)]


def _setting_checks(settings: Settings, slots: Slots) -> list[Check]:
    given = settings.items()
    found = []
    for name, below in (("minimum", True), ("maximum", False)):
        bound = given.get(name)
        if bound is not None:
            found.append(Check("range", _beyond(bound, slots, below=below)))
    if given.get("pattern"):
        found.append(Check("constraint", _unlike(given["pattern"])))
    return found


def _is_false(test: Closure) -> Broken:
    return lambda root, entry, _value: test(root, entry) is False


def _beyond(bound: str | Expression, slots: Slots, *, below: bool) -> Broken:
    """A number that is written out, or an expression; one that is Missing bounds nothing."""
    if isinstance(bound, str):
        number = decimal(bound)
        if below:
            return lambda _root, _entry, value: value < number
        return lambda _root, _entry, value: value > number
    bound_of = closure(bound, slots)

    def broken(root: Values, entry: Values, value: Any) -> bool:
        limit = bound_of(root, entry)
        if limit is None or type(limit) is not type(value):
            return False
        return bool(value < limit if below else value > limit)

    return broken


def _unlike(pattern: str) -> Broken:
    return lambda _root, _entry, value: not matches(value, pattern)
