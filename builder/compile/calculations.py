"""Calculations: one row a kind, from what the author picked to an expression."""

from collections.abc import Callable
from typing import Any

from builder.compile.conditions import Expression, number, reference
from builder.compile.desk import Desk
from builder.compile.formulas import formula
from builder.compile.index import value_of
from builder.compile.source import Block
from builder.compile.tables import table
from builder.problems import gettext_noop

AGGREGATES = {"sum": "sum", "average": "avg", "smallest": "min", "largest": "max"}
DATES = {"date_plus_days": "add_days", "date_plus_months": "add_months"}
NUMBERS = {"plus": "add", "minus": "sub", "times": "mul"}
NEVER_PUBLISHED = {
    "number": "0",
    "text": "?",
    "date": "2000-01-01",
    "bool": False,
    "one": "x",
    "many": ["x"],
}
Compute = Callable[[Desk, Block], Expression | None]


def calculation(desk: Desk, block: Block) -> dict[str, Any]:
    value, place = value_of(block), block["id"]
    thing = desk.things[place]
    # A type that nobody can tell has a problem of its own, or hangs on itself.
    answer_type = thing.type or "number"
    before = len(desk.problems)
    compute = (
        table if block["type"] == "decision_table" else KINDS.get(str(value.get("kind")), _none)
    )
    expression = compute(desk, block)
    if expression is None and len(desk.problems) == before:
        desk.problem(
            "incomplete_calculation",
            place,
            gettext_noop("This calculation lacks a question or a number."),
            gettext_noop("Pick the question and write the number."),
        )
    return {
        "kind": "calculation",
        "id": place,
        "name": thing.name,
        "type": answer_type,
        "label": desk.texts.field(place, "label"),
        # What stands here when the expression is incomplete is never published: its problem vetoes.
        "expression": expression or ["value", answer_type, NEVER_PUBLISHED[answer_type]],
        "shown": bool(value.get("shown", True)),
        "relevance": None,
    }


def _none(_desk: Desk, _block: Block) -> None:
    """A kind that nobody knows: the calculation is told as not complete."""


def _formula(desk: Desk, block: Block) -> Expression | None:
    return formula(desk, str(value_of(block).get("formula") or ""), block["id"])


def _answer(desk: Desk, block: Block, key: str) -> Expression | None:
    picked = value_of(block).get(key)
    return reference(desk, picked, block["id"]) if picked else None


def _constant(block: Block) -> Expression | None:
    written = value_of(block).get("number")
    found = None if written in (None, "") else number(written)
    return None if found is None else ["value", "number", found]


def _with(operator: str, *operands: Expression | None) -> Expression | None:
    return None if None in operands else [operator, *operands]


def _date(desk: Desk, block: Block) -> Expression | None:
    return _with(
        DATES[value_of(block)["kind"]], _answer(desk, block, "question"), _constant(block)
    )


def _two(operator: str) -> Compute:
    def compute(desk: Desk, block: Block) -> Expression | None:
        return _with(operator, _answer(desk, block, "question"), _answer(desk, block, "second"))

    return compute


def _numbers(desk: Desk, block: Block) -> Expression | None:
    second = _answer(desk, block, "second") or _constant(block)
    return _with(NUMBERS[value_of(block)["kind"]], _answer(desk, block, "question"), second)


def _age(desk: Desk, block: Block) -> Expression | None:
    at = _answer(desk, block, "second") if value_of(block).get("second") else ["today"]
    return _with("age", _answer(desk, block, "question"), at)


def _aggregate(desk: Desk, block: Block) -> Expression | None:
    thing = desk.things.get(value_of(block).get("question") or "")
    if thing is None:
        return _answer(desk, block, "question")
    if thing.repeat is None:
        desk.problem(
            "not_repeated",
            block["id"],
            gettext_noop("%(name)s is not asked in a repeat, so there is nothing to add up."),
            gettext_noop("Pick a question of a section that is answered several times."),
            name=thing.name,
        )
        return None
    return [
        AGGREGATES[value_of(block)["kind"]],
        ["each", desk.things[thing.repeat].name, thing.name],
    ]


def _count(desk: Desk, block: Block) -> Expression | None:
    thing = desk.things.get(value_of(block).get("question") or "")
    if thing is not None and thing.repeat is not None:
        return ["count", ["each", desk.things[thing.repeat].name, thing.name]]
    return _answer(desk, block, "question")


KINDS: dict[str, Compute] = {
    **dict.fromkeys(DATES, _date),
    **dict.fromkeys(NUMBERS, _numbers),
    **dict.fromkeys(AGGREGATES, _aggregate),
    "first_answered": _two("or_else"),
    "days_between": _two("days_between"),
    "age": _age,
    "count": _count,
    "formula": _formula,
}
