"""Decision tables: rows of a condition and a result. The first that holds, or all that do; a row whose condition is false, or
not known yet, is passed over; where no row holds, what stands under “otherwise”, else nothing.
"""

from typing import Any

import pytest

from builder.conditions import covers, parse, table_in
from tests.spec.book import Book

b1, b2, n1 = (["answer", name] for name in ("b1", "b2", "n1"))
HIGH = ["ge", n1, ["value", "number", "38"]]
T, F, M = True, False, None


def text(value: str) -> Any:
    return ["value", "text", value]


def one(value: str) -> Any:
    return ["value", "one", value]


# high fever: hospital; ill: home; else nothing
FIRST = ["or_else", ["when", HIGH, text("hospital")], ["when", b1, text("home")]]
WITH_OTHERWISE = [*FIRST, text("none")]
ALL = [
    "collect",
    ["when", HIGH, one("rest")],
    ["when", b1, one("test")],
    ["when", b2, one("rest")],
]
ALL_OTHERWISE = ["or_else", ALL, ["value", "many", ["nothing"]]]
ROWS: list[tuple[Any, dict[str, Any], Any]] = [
    (FIRST, {"n1": "39", "b1": T}, "hospital"),
    (FIRST, {"n1": "37", "b1": T}, "home"),
    # The first row is unknown: it is passed over, and does not stop the table.
    (FIRST, {"b1": T}, "home"),
    (FIRST, {"n1": "37", "b1": F}, M),
    (FIRST, {}, M),
    (WITH_OTHERWISE, {}, "none"),
    (WITH_OTHERWISE, {"n1": "37"}, "none"),
    (WITH_OTHERWISE, {"n1": "39"}, "hospital"),
    # A chain of `if` is no table: its unknown condition makes the whole Missing.
    (["if", HIGH, text("hospital"), ["if", b1, text("home"), text("none")]], {"b1": T}, M),
    (ALL, {"n1": "39", "b1": T, "b2": F}, ["rest", "test"]),
    (ALL, {"n1": "39", "b2": T}, ["rest"]),
    (ALL, {"b1": T, "b2": T}, ["test", "rest"]),
    (ALL, {"n1": "37", "b1": F}, M),
    (ALL_OTHERWISE, {"n1": "37", "b1": F}, ["nothing"]),
    (ALL_OTHERWISE, {"b1": T}, ["test"]),
]
COVERED = [
    (b1, b1, T),
    (b1, ["and", b1, b2], T),
    (["and", b2, b1], ["and", b1, HIGH, b2], T),
    (["or", b1, b2], b2, T),
    (["or", b1, b2, HIGH], ["or", b2, b1], T),
    (["or", b1, b2], ["and", b1, HIGH], T),
    (["value", "bool", True], HIGH, T),
    (["and", b1, b2], b1, F),
    (b1, ["or", b1, b2], F),
    (b1, ["not", b1], F),
    (["value", "bool", False], ["value", "bool", False], F),
    (b1, HIGH, F),
]


@pytest.mark.parametrize(("table", "answers", "value"), ROWS)
def test_a_table_gives(book: Book, table: Any, answers: Any, value: Any) -> None:
    assert book.evaluate(table, answers).value("x") == value


@pytest.mark.parametrize(("earlier", "later", "expected"), COVERED)
def test_a_row_that_another_covers_is_known_by_its_shape(
    earlier: Any, later: Any, expected: bool
) -> None:
    one, two = parse(earlier, "", []), parse(later, "", [])
    assert one is not None
    assert two is not None
    assert covers(one, two) is expected


@pytest.mark.parametrize(
    ("expression", "shape"),
    [
        (FIRST, (True, 2, False)),
        (WITH_OTHERWISE, (True, 2, True)),
        (ALL, (False, 3, False)),
        (ALL_OTHERWISE, (False, 3, True)),
        (["or_else", b1, b2], None),
        (["collect", ["answer", "c1"]], None),
        (b1, None),
        (["and", b1, b2], None),
    ],
)
def test_a_table_is_seen_in_its_expression(expression: Any, shape: Any) -> None:
    table = table_in(parse(expression, "", []))  # type: ignore[arg-type]
    seen = table and (table.first, len(table.rows), table.otherwise is not None)
    assert seen == shape
