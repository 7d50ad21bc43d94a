"""Static types of expressions: found before anything is published; nothing is ever coerced."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

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
from builder.conditions.operators import OPERATORS, Operator
from builder.conditions.patterns import pattern_problem_cached
from builder.problems import Words
from builder.problems import gettext_noop as _

TypeOf = Callable[[str], str | None]


@dataclass(slots=True)
class Faults:
    """What is wrong with an expression's types: sentences with their parameters."""

    found: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def add(self, message: str, **params: object) -> None:
        """Note one."""
        self.found.append((message, params))


WORDS: Final = {
    "text": _("a text"),
    "number": _("a number"),
    "date": _("a date"),
    "time": _("a time"),
    "moment": _("a date and time"),
    "partial": _("a date that may lack its day or month"),
    "bool": _("yes or no"),
    "one": _("a choice"),
    "many": _("several choices"),
    "ranked": _("choices in order"),
    "parts": _("an answer in parts"),
}


def typecheck(expression: Expression, type_of: TypeOf, faults: Faults) -> str | None:
    """The type an expression gives, None if that cannot be said.

    `type_of` gives the answer type of a name (of a part as `name.part`), None for an unknown one (whoever owns the names reports that).
    """
    match expression:
        case Constant(answer_type, _value):
            return answer_type
        case Answer(name) | Previous(name):
            return type_of(name)
        case Part(name, part):
            return type_of(f"{name}.{part}")
        case Today():
            return "date"
        case Score():
            return "number"
        case Offered():
            return "one"
        case Call():
            return _call(expression, type_of, faults)
        case _:
            faults.add(_("The answers of all entries can only be summed up or counted."))
            return None


def _call(call: Call, type_of: TypeOf, faults: Faults) -> str | None:
    row = OPERATORS[call.operator]
    if row.takes[0] in {"each", "entries"}:
        given = _aggregate(row, call.args[0], type_of, faults)
        if len(call.args) > 1 and isinstance(call.args[0], Each):
            of_each = type_of(call.args[0].name)
            _bind(row, of_each, typecheck(call.args[1], type_of, faults), faults)
        return given
    bound: str | None = None
    for position, arg in enumerate(call.args):
        wanted = row.parameter(position)
        if wanted == "pattern":
            _pattern(arg, faults)
            continue
        given = typecheck(arg, type_of, faults)
        if wanted == "A":
            bound = _bind(row, bound, given, faults)
        elif given is not None and given != wanted:
            _mismatch(row, wanted, given, faults)
    return bound if row.gives == "A" else row.gives


def _bind(row: Operator, bound: str | None, given: str | None, faults: Faults) -> str | None:
    if given is None:
        return bound
    if given not in row.among:
        faults.add(
            _("“%(operator)s” does not work with %(given)s."),
            operator=row.sign,
            given=Words(WORDS[given]),
        )
        return bound
    if bound is not None and bound != given:
        _mismatch(row, bound, given, faults)
    return bound or given


def _mismatch(row: Operator, wanted: str, given: str, faults: Faults) -> None:
    message = _("“%(operator)s” needs %(wanted)s here, not %(given)s.")
    faults.add(message, operator=row.sign, wanted=Words(WORDS[wanted]), given=Words(WORDS[given]))


def _pattern(arg: Expression, faults: Faults) -> None:
    if not isinstance(arg, Constant) or arg.type != "text":
        faults.add(_("A pattern must be written out."))
        return
    problem = pattern_problem_cached(str(arg.value))
    if problem is not None:
        faults.add(problem)


def _aggregate(row: Operator, arg: Expression, type_of: TypeOf, faults: Faults) -> str | None:
    if row.name == "count" and isinstance(arg, Entries):
        return "number"
    if not isinstance(arg, Each):
        faults.add(_("“%(operator)s” needs the answers of a repeat."), operator=row.sign)
        return None
    given = type_of(arg.name)
    if given is not None and given not in row.among:
        faults.add(
            _("“%(operator)s” does not work with %(given)s."),
            operator=row.sign,
            given=Words(WORDS[given]),
        )
        return None
    return given if row.gives == "A" else row.gives
