"""Expressions as closures `(root, entry) -> value`: slots are looked up once, when a definition is compiled.

Missing is None, and so is the unknown of three-valued logic: `false and unknown` is false, `true or unknown` is true,
else the unknown stays. Strict operators (those with an `apply` in their row) are Missing when an argument is; the others
have a builder of their own here.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from builder.conditions import (
    OPERATORS,
    Answer,
    Call,
    Constant,
    Each,
    Entries,
    Expression,
    Faults,
    Part,
    Score,
    Today,
    typecheck,
)
from builder.values import LISTS, decimal, divide, within
from builder.values.decimals import CONTEXT
from runtime.engine.slots import Slots

Values = list[Any]
Closure = Callable[[Values, Values], Any]

# The first slots of the root: inputs and notes that belong to no question.
TODAY: Final = 0
SCORE: Final = 1
OVERFLOW: Final = 2
FIRST_SLOT: Final = 3

# Operators whose result may leave the range: their Missing is noted, and the calculation says so.
OVERFLOWING: Final = frozenset({"add", "sub", "mul", "add_days", "add_months"})


def closure(expression: Expression, slots: Slots) -> Closure:
    """The expression, ready to be carried out. One that is not well typed (a draft's) is always Missing."""
    faults = Faults()
    typecheck(expression, slots.type_of, faults)
    return _missing if faults.found else _build(expression, slots)


def _missing(_root: Values, _entry: Values) -> Any:
    return None


def typed(answer_type: str, value: Any) -> Any:
    """A canonical JSON value as the engine computes with it."""
    if answer_type == "number":
        return decimal(value)
    return tuple(value) if answer_type in LISTS else value


def _build(node: Expression, slots: Slots) -> Closure:
    match node:
        case Constant(answer_type, value):
            constant = typed(answer_type, value)
            return lambda _root, _entry: constant
        case Answer(name):
            return _answer(name, slots)
        case Part(name, part):
            return _part(name, part, slots)
        case Today():
            return lambda root, _entry: root[TODAY]
        case Score():
            return lambda root, _entry: root[SCORE]
        case Call(operator, args):
            builder = _LAZY.get(operator)
            return builder(args, slots) if builder else _strict(node, slots)
        case _:
            return _missing


def _answer(name: str, slots: Slots) -> Closure:
    own, at = slots.own(name), slots.root(name)
    if own is not None:
        return lambda _root, entry: entry[own]
    if at is not None:
        return lambda root, _entry: root[at]
    return _missing


def _part(name: str, part: str, slots: Slots) -> Closure:
    whole, answer_type = _answer(name, slots), slots.type_of(f"{name}.{part}")
    if answer_type is None:  # a draft reads a part of what has none
        return _missing

    def read(root: Values, entry: Values) -> Any:
        value = whole(root, entry)
        found = None if value is None else value.get(part)
        return None if found is None else typed(answer_type, found)

    return read


def _strict(node: Call, slots: Slots) -> Closure:
    apply: Any = OPERATORS[node.operator].apply
    args = tuple(_build(arg, slots) for arg in node.args)
    if node.operator in OVERFLOWING:
        return _watched(apply, args)
    if node.operator == "div":
        return _division(*args)
    if len(args) != 2:
        return _many_arguments(apply, args)
    left, right = args
    if isinstance(node.args[1], Constant):
        constant = right([], [])

        def beside_constant(root: Values, entry: Values) -> Any:
            value = left(root, entry)
            return None if value is None else apply(value, constant)

        return beside_constant

    def binary(root: Values, entry: Values) -> Any:
        one = left(root, entry)
        if one is None:
            return None
        two = right(root, entry)
        return None if two is None else apply(one, two)

    return binary


def _many_arguments(apply: Callable[..., Any], args: tuple[Closure, ...]) -> Closure:
    def strict(root: Values, entry: Values) -> Any:
        values = []
        for arg in args:
            value = arg(root, entry)
            if value is None:
                return None
            values.append(value)
        return apply(*values)

    return strict


def _watched(apply: Callable[..., Any], args: tuple[Closure, ...]) -> Closure:
    def strict(root: Values, entry: Values) -> Any:
        values = []
        for arg in args:
            value = arg(root, entry)
            if value is None:
                return None
            values.append(value)
        result = apply(*values)
        if result is None:
            root[OVERFLOW] = True
        return result

    return strict


def _division(left: Closure, right: Closure) -> Closure:
    def division(root: Values, entry: Values) -> Any:
        one = left(root, entry)
        if one is None:
            return None
        two = right(root, entry)
        if not two:
            return None
        result = divide(one, two)
        if result is None:
            root[OVERFLOW] = True
        return result

    return division


def _logic(decides: bool) -> Callable[[tuple[Expression, ...], Slots], Closure]:
    """`and` is decided by one false, `or` by one true."""

    def build(nodes: tuple[Expression, ...], slots: Slots) -> Closure:
        args = tuple(_build(arg, slots) for arg in nodes)

        def logic(root: Values, entry: Values) -> Any:
            unknown = False
            for arg in args:
                value = arg(root, entry)
                if value is decides:
                    return decides
                if value is None:
                    unknown = True
            return None if unknown else not decides

        return logic

    return build


def _not(nodes: tuple[Expression, ...], slots: Slots) -> Closure:
    arg = _build(nodes[0], slots)

    def negation(root: Values, entry: Values) -> Any:
        value = arg(root, entry)
        return None if value is None else not value

    return negation


def _answered(nodes: tuple[Expression, ...], slots: Slots) -> Closure:
    arg = _build(nodes[0], slots)
    return lambda root, entry: arg(root, entry) is not None


def _or_else(nodes: tuple[Expression, ...], slots: Slots) -> Closure:
    arg, default = (_build(node, slots) for node in nodes)

    def or_else(root: Values, entry: Values) -> Any:
        value = arg(root, entry)
        return default(root, entry) if value is None else value

    return or_else


def _if(nodes: tuple[Expression, ...], slots: Slots) -> Closure:
    condition, yes, no = (_build(node, slots) for node in nodes)

    def choice(root: Values, entry: Values) -> Any:
        value = condition(root, entry)
        if value is None:
            return None
        return yes(root, entry) if value else no(root, entry)

    return choice


def _aggregate(
    combine: Callable[[list[Any], Values], Any],
) -> Callable[[tuple[Expression, ...], Slots], Closure]:
    def build(nodes: tuple[Expression, ...], slots: Slots) -> Closure:
        node = nodes[0]
        assert isinstance(node, Each)  # noqa: S101 - the type check has seen to it
        at, slot = slots.entries(node.repeat), slots.each(node.repeat, node.name)
        if at is None or slot is None:
            return _missing

        def aggregate(root: Values, _entry: Values) -> Any:
            values = [entry[slot] for entry in root[at]]
            return combine([value for value in values if value is not None], root)

        return aggregate

    return build


def _exact_sum(numbers: list[Decimal]) -> Decimal:
    total = Decimal(0)
    for number in numbers:
        total = CONTEXT.add(total, number)
    return total


def _sum(numbers: list[Decimal], root: Values) -> Decimal | None:
    total = within(_exact_sum(numbers))
    if total is None:
        root[OVERFLOW] = True
    return total


def _average(numbers: list[Decimal], _root: Values) -> Decimal | None:
    return divide(_exact_sum(numbers), Decimal(len(numbers))) if numbers else None


def _count(nodes: tuple[Expression, ...], slots: Slots) -> Closure:
    node = nodes[0]
    if isinstance(node, Entries):
        at = slots.entries(node.repeat)
        return _missing if at is None else lambda root, _entry: Decimal(len(root[at]))
    return _aggregate(lambda values, _root: Decimal(len(values)))(nodes, slots)


_LAZY: Final[dict[str, Callable[[tuple[Expression, ...], Slots], Closure]]] = {
    "and": _logic(False),
    "or": _logic(True),
    "not": _not,
    "answered": _answered,
    "or_else": _or_else,
    "if": _if,
    "sum": _aggregate(_sum),
    "avg": _aggregate(_average),
    "min": _aggregate(lambda values, _root: min(values, default=None)),
    "max": _aggregate(lambda values, _root: max(values, default=None)),
    "count": _count,
}
