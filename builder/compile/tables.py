"""Decision tables, made into the expression of a calculation; what is wrong with a row is told at that row."""

from collections.abc import Iterator, Mapping
from typing import Any

from builder.compile.conditions import Expression, condition, constant
from builder.compile.desk import Desk
from builder.compile.index import results_of, value_of
from builder.compile.source import Block
from builder.conditions import covers, parse
from builder.conditions.typecheck import WORDS
from builder.problems import Words, gettext_noop
from builder.values import is_value

Row = tuple[str, int, Mapping[str, Any]]


def table(desk: Desk, block: Block) -> Expression | None:
    """The expression of a table; None where something is wrong with it, and then the problems say what."""
    value, before = value_of(block), len(desk.problems)
    gives, collects = results_of(value), value.get("hit") == "collect"
    rows = list(_rows(block))
    if not rows:
        message = gettext_noop("The table has no rows.")
        desk.problem("empty_table", block["id"], message, gettext_noop("Add a row."))
    read = [(row, _test(desk, row), _result(desk, row, gives)) for row in rows]
    if not collects:
        _unreachable(desk, [(row, test) for row, test, _found in read])
    otherwise = _otherwise(desk, block, gives)
    if len(desk.problems) > before:
        return None
    cases = [["when", test, result] for _row, test, result in read]
    return _collected(cases, otherwise) if collects else _first(cases, otherwise)


def _rows(block: Block) -> Iterator[Row]:
    for number, case in enumerate(value_of(block).get("cases") or [], start=1):
        yield str(case.get("id") or block["id"]), number, case.get("value") or {}


def _first(cases: list[Expression], otherwise: Expression | None) -> Expression:
    choices = [*cases, otherwise] if otherwise else cases
    return ["or_else", *choices] if len(choices) > 1 else choices[0]


def _collected(cases: list[Expression], otherwise: Expression | None) -> Expression:
    collected = ["collect", *cases]
    return ["or_else", collected, ["value", "many", [otherwise[2]]]] if otherwise else collected


def _test(desk: Desk, row: Row) -> Expression | None:
    place, number, value = row
    before = len(desk.problems)
    found = condition(desk, value.get("test"), place)
    if found is None and len(desk.problems) == before:
        message = gettext_noop("Row %(row)s has no condition.")
        remedy = gettext_noop("Pick one, or write the result under “Otherwise”.")
        desk.problem("no_condition", place, message, remedy, row=number)
    return found


def _result(desk: Desk, row: Row, gives: str) -> Expression | None:
    place, number, value = row
    written = str(value.get("result") or "").strip()
    if written:
        return _read(desk, written, gives, place)
    message = gettext_noop("Row %(row)s has no result.")
    desk.problem("no_result", place, message, gettext_noop("Write what it gives."), row=number)
    return None


def _otherwise(desk: Desk, block: Block, gives: str) -> Expression | None:
    written = str(value_of(block).get("otherwise") or "").strip()
    return _read(desk, written, gives, block["id"]) if written else None


def _read(desk: Desk, written: str, gives: str, place: str) -> Expression | None:
    found = constant(written, gives)
    if found is not None and is_value(gives, found[2]):
        return found
    message = gettext_noop("The result “%(result)s” is not %(wanted)s.")
    remedy = gettext_noop(
        "Write a number as 2.5, a date as 2026-12-31, yes or no, or a choice's name without blanks."
    )
    desk.problem("result", place, message, remedy, result=written, wanted=Words(WORDS[gives]))
    return None


def _unreachable(desk: Desk, tests: list[tuple[Row, Expression | None]]) -> None:
    """Rows behind one that holds wherever they would. The first of those that cover a row is named."""
    seen: list[tuple[int, Any]] = []
    for (place, number, _value), test in tests:
        node = parse(test, place, []) if test is not None else None
        if node is None:
            continue
        earlier = next((at for at, other in seen if covers(other, node)), None)
        if earlier is not None:
            message = gettext_noop(
                "Row %(row)s can never be reached: row %(earlier)s holds wherever it would."
            )
            remedy = gettext_noop("Move it up, change its condition, or remove it.")
            desk.problem("unreachable_row", place, message, remedy, row=number, earlier=earlier)
        seen.append((number, node))
