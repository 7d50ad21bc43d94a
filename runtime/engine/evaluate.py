"""Expressions as closures `(root, entry) -> value`: slots are looked up once, when a definition is compiled.

Missing is None, and so is the unknown of three-valued logic: `false and unknown` is false, `true or unknown` is true,
else the unknown stays. Strict operators (those with an `apply` in their row) are Missing when an argument is; the others
have a builder of their own here.
"""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import reduce
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
    Offered,
    Part,
    Previous,
    Score,
    Today,
    typecheck,
)
from builder.values import divide, within
from builder.values.decimals import CONTEXT
from runtime.engine.reaching import (
    OFFERED,
    OVERFLOW,
    SCORE,
    TODAY,
    Closure,
    Slots,
    Values,
    answer,
    gather,
    missing,
    once,
    part_of,
    previous,
    typed,
)

# Operators whose result may leave the range: their Missing is noted, and the calculation says so.
OVERFLOWING: Final = frozenset({"add", "sub", "mul", "add_days", "add_months"})


def closure(expression: Expression, slots: Slots) -> Closure:
    """The expression, ready to be carried out. One that is not well typed (a draft's) is always Missing."""
    faults = Faults()
    typecheck(expression, slots.type_of, faults)
    return missing if faults.found else _build(expression, slots)


def _build(node: Expression, slots: Slots) -> Closure:
    match node:
        case Constant(answer_type, value):
            constant = typed(answer_type, value)
            return lambda _root, _entry: constant
        case Answer(name):
            return answer(name, slots)
        case Part(name, part):
            return part_of(name, part, slots)
        case Today() | Score():
            input_slot = TODAY if isinstance(node, Today) else SCORE
            return lambda root, _entry: root[input_slot]
        case Previous(name):
            return previous(slots.previous(name))
        case Offered(attribute):
            return lambda root, _entry: (root[OFFERED] or {}).get(attribute)
        case _:
            assert isinstance(node, Call)  # noqa: S101 - only aggregates take anything else: the type check has seen to it
            builder = _LAZY.get(node.operator)
            return builder(node.args, slots) if builder else _strict(node, slots)


def _strict(node: Call, slots: Slots) -> Closure:
    apply: Any = OPERATORS[node.operator].apply
    args = tuple(_build(arg, slots) for arg in node.args)
    if node.operator == "div":
        return _division(*args)
    watched = node.operator in OVERFLOWING
    if watched or len(args) != 2:
        return _several(apply, args, watched=watched)
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


def _several(apply: Callable[..., Any], args: tuple[Closure, ...], *, watched: bool) -> Closure:
    def strict(root: Values, entry: Values) -> Any:
        values = []
        for arg in args:
            value = arg(root, entry)
            if value is None:
                return None
            values.append(value)
        result = apply(*values)
        if watched and result is None:
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
    args = tuple(_build(node, slots) for node in nodes)

    def or_else(root: Values, entry: Values) -> Any:
        for arg in args:
            value = arg(root, entry)
            if value is not None:
                return value
        return None

    return or_else


def _when(nodes: tuple[Expression, ...], slots: Slots) -> Closure:
    condition, value = (_build(node, slots) for node in nodes)
    return lambda root, entry: value(root, entry) if condition(root, entry) else None


def _collect(nodes: tuple[Expression, ...], slots: Slots) -> Closure:
    args = tuple(_build(node, slots) for node in nodes)

    def collect(root: Values, entry: Values) -> Any:
        found = dict.fromkeys(arg(root, entry) for arg in args)
        found.pop(None, None)
        return tuple(found) or None

    return collect


def _if(nodes: tuple[Expression, ...], slots: Slots) -> Closure:
    condition, yes, no = (_build(node, slots) for node in nodes)

    def choice(root: Values, entry: Values) -> Any:
        value = condition(root, entry)
        if value is None:
            return None
        return yes(root, entry) if value else no(root, entry)

    return choice


def _aggregate(
    combine: Callable[[list[Any]], Any],
) -> Callable[[tuple[Expression, ...], Slots], Closure]:
    return lambda nodes, slots: _combined(combine, nodes[0], slots) or missing


def _combined(
    combine: Callable[[list[Any]], Any], node: Expression, slots: Slots
) -> Closure | None:
    """What is made of the values of a name in all entries of a repeat, the Missing ones left out."""
    assert isinstance(node, Each)  # noqa: S101 - the type check has seen to it
    entries, slot = gather(node.repeat, slots), slots.each(node.repeat, node.name)
    if entries is None or slot is None:
        return None

    def combined(root: Values, entry: Values) -> Any:
        values = [values[slot] for values in entries(root, entry)]
        return combine([value for value in values if value is not None])

    return once(combined, node.repeat, slots)


def _occurs(nodes: tuple[Expression, ...], slots: Slots) -> Closure:
    counted, wanted = _combined(Counter, nodes[0], slots), _build(nodes[1], slots)
    if counted is None:
        return missing

    def occurs(root: Values, entry: Values) -> Any:
        value = wanted(root, entry)
        return None if value is None else Decimal(counted(root, entry)[value])

    return occurs


def _exact_sum(numbers: list[Decimal]) -> Decimal:
    return reduce(CONTEXT.add, numbers, Decimal(0))


def _sum(nodes: tuple[Expression, ...], slots: Slots) -> Closure:
    total = _combined(lambda numbers: within(_exact_sum(numbers)), nodes[0], slots)
    if total is None:
        return missing

    def summed(root: Values, entry: Values) -> Any:
        result = total(root, entry)
        if result is None:
            root[OVERFLOW] = True
        return result

    return summed


def _average(numbers: list[Decimal]) -> Decimal | None:
    return divide(_exact_sum(numbers), Decimal(len(numbers))) if numbers else None


def _count(nodes: tuple[Expression, ...], slots: Slots) -> Closure:
    node = nodes[0]
    if not isinstance(node, Entries):
        return _aggregate(lambda values: Decimal(len(values)))(nodes, slots)
    entries = gather(node.repeat, slots)
    if entries is None:
        return missing
    return once(lambda root, entry: Decimal(len(entries(root, entry))), node.repeat, slots)


_LAZY: Final[dict[str, Callable[[tuple[Expression, ...], Slots], Closure]]] = {
    "and": _logic(False),
    "or": _logic(True),
    "not": _not,
    "answered": _answered,
    "or_else": _or_else,
    "when": _when,
    "collect": _collect,
    "if": _if,
    "sum": _sum,
    "avg": _aggregate(_average),
    "min": _aggregate(lambda values: min(values, default=None)),
    "max": _aggregate(lambda values: max(values, default=None)),
    "count": _count,
    "occurs": _occurs,
}
