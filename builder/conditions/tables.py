"""Decision tables, seen in expressions: rows of a condition and a result, the first that holds or all that do.

    first     ["or_else", ["when", CONDITION, RESULT].., OTHERWISE]      a row that is false or unknown is passed over
    all       ["collect", ["when", CONDITION, NAME]..], or that with `or_else` and what is given when no row holds

`or_else` over `when`, and no chain of `if`: an `if` with an unknown condition is Missing as a whole, and would end the
table at the first question that has no answer yet.
"""

from dataclasses import dataclass

from builder.conditions.nodes import Call, Constant, Expression


@dataclass(frozen=True, slots=True)
class Table:
    """The rows in their order, as pairs of condition and result, and what is given when none holds."""

    first: bool
    rows: tuple[tuple[Expression, Expression], ...]
    otherwise: Expression | None = None


def table_in(expression: Expression) -> Table | None:
    """The table that an expression is; None for any other."""
    if not isinstance(expression, Call):
        return None
    if expression.operator == "collect":
        return _table(expression.args, None, first=False)
    if expression.operator != "or_else":
        return None
    *rows, last = expression.args
    inner = rows[0]
    if len(rows) == 1 and isinstance(inner, Call) and inner.operator == "collect":
        return _table(inner.args, last, first=False)
    if _is_row(last):
        return _table(expression.args, None, first=True)
    return _table(tuple(rows), last, first=True)


def _is_row(node: Expression) -> bool:
    return isinstance(node, Call) and node.operator == "when"


def _table(
    rows: tuple[Expression, ...], otherwise: Expression | None, *, first: bool
) -> Table | None:
    pairs = tuple(
        (row.args[0], row.args[1]) for row in rows if isinstance(row, Call) and _is_row(row)
    )
    return Table(first, pairs, otherwise) if pairs and len(pairs) == len(rows) else None


def covers(earlier: Expression, later: Expression) -> bool:
    """Whether the earlier condition holds wherever the later one does, as far as their shape tells: so that a row with
    the later one can never be reached. It tells too little rather than too much.
    """
    if isinstance(earlier, Constant):
        return earlier.value is True
    if isinstance(earlier, Call) and earlier.operator == "or":
        return any(covers(part, later) for part in earlier.args) or _parts(later, "or") <= _parts(
            earlier, "or"
        )
    return _parts(earlier, "and") <= _parts(later, "and")


def _parts(node: Expression, operator: str) -> frozenset[Expression]:
    joined = isinstance(node, Call) and node.operator == operator
    return frozenset(node.args) if isinstance(node, Call) and joined else frozenset((node,))
