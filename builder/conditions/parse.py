"""Expressions from and to JSON. Reading collects problems; it never raises, whatever it is given."""

from typing import Any, Final

from builder.conditions.nodes import (
    Answer,
    Call,
    Constant,
    Each,
    Entries,
    Expression,
    Offered,
    Part,
    Previous,
    Score,
    Today,
)
from builder.conditions.operators import OPERATORS
from builder.problems import Problem, note, quoted
from builder.problems import gettext_noop as _
from builder.values import CHOICE_NAME, LISTS, NAME, PLAIN_TYPES, clean, is_value

DEEPEST: Final = 30
MOST_ARGUMENTS: Final = 200


class _Reader:
    def __init__(self, place: str, problems: list[Problem]) -> None:
        self.place = place
        self.problems = problems

    def fault(self, message: str, **params: object) -> None:
        remedy = _("Build the condition again.")
        note(self.problems, Problem("expression", self.place, message, remedy, params))

    def read(self, data: Any, depth: int = 0) -> Expression | None:
        if depth > DEEPEST:
            self.fault(_("A condition is nested too deeply."))
            return None
        if not isinstance(data, list) or not data or not isinstance(data[0], str):
            self.fault(_("A condition is not written as one."))
            return None
        leaf = _LEAVES.get(data[0])
        if leaf is None:
            return self._call(data, depth)
        node: Expression | None = leaf(data[1:])
        if node is None:
            self.fault(_("A part of a condition cannot be read: %(part)s."), part=data[0])
        return node

    def _call(self, data: list[Any], depth: int) -> Expression | None:
        row = OPERATORS.get(data[0])
        if row is None:
            self.fault(_("There is no operator “%(operator)s”."), operator=quoted(data[0]))
            return None
        count = len(data) - 1
        if not row.least <= count <= (row.most or MOST_ARGUMENTS):
            self.fault(
                _("The operator “%(operator)s” has %(count)s arguments."),
                operator=row.name,
                count=count,
            )
            return None
        args = [self.read(arg, depth + 1) for arg in data[1:]]
        read = tuple(arg for arg in args if arg is not None)
        return Call(row.name, read) if len(read) == count else None


def _constant(args: list[Any]) -> Expression | None:
    if len(args) != 2 or not isinstance(args[0], str) or args[0] not in PLAIN_TYPES:
        return None
    answer_type, value = args
    if not is_value(answer_type, value):
        return None
    if answer_type == "text":
        return Constant("text", clean(value)) if len(value) <= 2000 else None
    return Constant(answer_type, tuple(value) if answer_type in LISTS else value)


def _is_name(name: Any) -> bool:
    return isinstance(name, str) and NAME.match(name) is not None


def _names(kind: Any, count: int) -> Any:
    def read(args: list[Any]) -> Expression | None:
        return kind(*args) if len(args) == count and all(map(_is_name, args)) else None

    return read


def _part(args: list[Any]) -> Expression | None:
    fits = len(args) == 2 and _is_name(args[0]) and isinstance(args[1], str)
    return Part(*args) if fits and CHOICE_NAME.match(args[1]) else None


_LEAVES: Final = {
    "value": _constant,
    "answer": _names(Answer, 1),
    "part": _part,
    "today": _names(Today, 0),
    "score": _names(Score, 0),
    "each": _names(Each, 2),
    "entries": _names(Entries, 1),
    "previous": _names(Previous, 1),
    "offered": _names(Offered, 1),
}


def parse(data: Any, place: str, problems: list[Problem]) -> Expression | None:
    """The expression that JSON data means. What is wrong is added to problems, and gives None."""
    return _Reader(place, problems).read(data)


def dump(expression: Expression) -> list[Any]:
    """The expression as JSON data."""
    match expression:
        case Constant(answer_type, value):
            return ["value", answer_type, list(value) if isinstance(value, tuple) else value]
        case Answer(name):
            return ["answer", name]
        case Part(name, part):
            return ["part", name, part]
        case Each(repeat, name):
            return ["each", repeat, name]
        case Call(operator, args):
            return [operator, *map(dump, args)]
        case _:
            return _dump_leaf(expression)


def _dump_leaf(expression: Expression) -> list[Any]:
    match expression:
        case Entries(repeat):
            return ["entries", repeat]
        case Previous(name):
            return ["previous", name]
        case Offered(attribute):
            return ["offered", attribute]
        case _:
            return ["today" if isinstance(expression, Today) else "score"]
