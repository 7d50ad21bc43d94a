"""Operators on values and on Missing. A comparison with Missing is unknown, and unknown is Missing; logic has three values."""

from typing import Any

import pytest

from builder.conditions import OPERATORS
from tests.node import Twin
from tests.spec.book import Book

n1, n2, t1, t2 = (["answer", name] for name in ("n1", "n2", "t1", "t2"))
d1, d2, b1, b2 = (["answer", name] for name in ("d1", "d2", "b1", "b2"))
c1, m1, k1 = (["answer", name] for name in ("c1", "m1", "k1"))
h1, h2, w1, w2, p1 = (["answer", name] for name in ("h1", "h2", "w1", "w2", "p1"))


def number(value: str) -> Any:
    return ["value", "number", value]


def one(value: str) -> Any:
    return ["value", "one", value]


EN = ["each", "r", "en"]
ED = ["each", "r", "ed"]
T, F, M = True, False, None
NUMBER, UNIT = ["part", "q1", "number"], ["part", "q1", "unit"]
CITY, BORN = ["part", "a1", "city"], ["part", "u1", "birth_date"]

ROWS: list[tuple[Any, dict[str, Any], Any]] = [
    # logic: false decides `and`, true decides `or`, else unknown stays, also under `not`
    (["and", b1, b2], {"b1": T, "b2": T}, T),
    (["and", b1, b2], {"b1": T, "b2": F}, F),
    (["and", b1, b2], {"b2": F}, F),
    (["and", b1, b2], {"b1": F}, F),
    (["and", b1, b2], {"b1": T}, M),
    (["and", b1, b2], {}, M),
    (["and", b1, b2, ["value", "bool", False]], {}, F),
    (["or", b1, b2], {"b1": F, "b2": F}, F),
    (["or", b1, b2], {"b2": T}, T),
    (["or", b1, b2], {"b1": T}, T),
    (["or", b1, b2], {"b1": F}, M),
    (["or", b1, b2], {}, M),
    (["not", b1], {"b1": T}, F),
    (["not", b1], {"b1": F}, T),
    (["not", b1], {}, M),
    # equality: within one type, nothing is coerced; `ne` with Missing is unknown too
    (["eq", n1, number("2")], {"n1": "2"}, T),
    (["eq", n1, n2], {"n1": "0.3", "n2": "0.3"}, T),
    (["eq", n1, n2], {"n1": "2"}, M),
    (["eq", t1, t2], {"t1": "10", "t2": "9"}, F),
    (["eq", t1, ["value", "text", "é"]], {"t1": "e\u0301"}, T),
    (["eq", d1, d2], {"d1": "2026-01-31", "d2": "2026-01-31"}, T),
    (["eq", b1, b2], {"b1": F, "b2": F}, T),
    (["eq", c1, one("red")], {"c1": "red"}, T),
    (["eq", c1, one("red")], {"c1": "green"}, F),
    (["eq", c1, one("red")], {}, M),
    (["ne", c1, one("red")], {"c1": "green"}, T),
    (["ne", c1, one("red")], {"c1": "red"}, F),
    (["ne", c1, one("red")], {}, M),
    (["ne", n1, n2], {"n1": "1", "n2": "2"}, T),
    (["eq", h1, ["value", "time", "09:30"]], {"h1": "09:30"}, T),
    (["ne", w1, w2], {"w1": "2026-03-16T23:59", "w2": "2026-03-17T00:00"}, T),
    # a partial date is equal to what is known as exactly as it; it has no order, but a first and a last day
    (["eq", p1, ["value", "partial", "2026-03"]], {"p1": "2026-03"}, T),
    (["eq", p1, ["value", "partial", "2026-03"]], {"p1": "2026-03-01"}, F),
    (["eq", p1, ["value", "partial", "2026"]], {}, M),
    # order: numbers as numbers, dates as dates
    (["lt", n1, n2], {"n1": "9", "n2": "10"}, T),
    (["lt", n1, n2], {"n1": "10", "n2": "10"}, F),
    (["lt", n1, n2], {"n2": "10"}, M),
    (["lt", n1, number("5")], {}, M),
    (["le", n1, n2], {"n1": "-0.5", "n2": "-0.5"}, T),
    (["le", n1, n2], {"n1": "1"}, M),
    (["gt", n1, n2], {"n1": "-1", "n2": "-2"}, T),
    (["gt", d1, d2], {"d1": "2026-02-01", "d2": "2025-12-31"}, T),
    (["gt", n1, n2], {}, M),
    (["lt", h1, h2], {"h1": "09:30", "h2": "14:00"}, T),
    (["lt", h1, ["value", "time", "09:00"]], {"h1": "09:30"}, F),
    (["lt", h1, h2], {"h1": "09:30"}, M),
    (["le", w1, w2], {"w1": "2026-03-16T23:59", "w2": "2026-03-17T00:00"}, T),
    (["ge", w1, ["value", "moment", "2026-03-17T00:00"]], {"w1": "2026-03-16T23:59"}, F),
    (["gt", w1, w2], {}, M),
    (["ge", n1, number("18")], {"n1": "18"}, T),
    (["ge", n1, number("18")], {"n1": "17.999999999999"}, F),
    (["ge", n1, number("0")], {}, M),
    # sets
    (["one_of", n1, number("1"), number("2")], {"n1": "2"}, T),
    (["one_of", c1, one("red"), one("green")], {"c1": "green"}, T),
    (["one_of", t1, ["value", "text", "a"]], {"t1": "b"}, F),
    (["one_of", c1, one("red")], {}, M),
    (["contains", m1, one("red")], {"m1": ["blue", "red"]}, T),
    (["contains", m1, one("red")], {"m1": ["green"]}, F),
    (["contains", m1, one("red")], {}, M),
    (["contains", m1, c1], {"m1": ["red"]}, M),
    (["contains", k1, one("red")], {"k1": ["blue", "red"]}, T),
    (["contains", k1, one("red")], {"k1": ["green"]}, F),
    (["contains", k1, one("red")], {}, M),
    # answered is never unknown; false and 0 are answers
    (["answered", b1], {"b1": F}, T),
    (["answered", n1], {"n1": "0"}, T),
    (["answered", t1], {}, F),
    (["answered", m1], {"m1": []}, F),
    (["answered", k1], {"k1": ["red"]}, T),
    (["answered", h1], {"h1": "00:00"}, T),
    (["answered", w1], {}, F),
    (["answered", p1], {"p1": "2026"}, T),
    (["answered", t1], {"t1": " \u00a0\n"}, F),
    # patterns match the whole value, in ASCII classes
    (["matches", t1, ["value", "text", "[A-Z]{2}[0-9]+"]], {"t1": "AB12"}, T),
    (["matches", t1, ["value", "text", "[A-Z]{2}[0-9]+"]], {"t1": "AB12x"}, F),
    (["matches", t1, ["value", "text", "^a.c$"]], {"t1": "a😀c"}, T),
    (["matches", t1, ["value", "text", "a\\sc"]], {"t1": "a\u00a0c"}, F),
    (["matches", t1, ["value", "text", "\\d"]], {"t1": "٣"}, F),
    (["matches", t1, ["value", "text", "a"]], {"t1": "a\n"}, F),
    (["matches", t1, ["value", "text", "a.c"]], {"t1": "a\u2028c"}, T),
    (["matches", t1, ["value", "text", "[\\s-]*\\S"]], {"t1": " -x"}, T),
    (["matches", t1, ["value", "text", "a"]], {}, M),
    # parts of an answer: of the type they have, Missing where they are absent
    (["gt", NUMBER, number("2")], {"q1": {"number": "2.5", "unit": "kg"}}, T),
    (["gt", NUMBER, number("2")], {"q1": {"unit": "kg"}}, M),
    (["gt", NUMBER, number("2")], {}, M),
    (["eq", UNIT, one("kg")], {"q1": {"number": "2.5", "unit": "kg"}}, T),
    (["mul", NUMBER, number("2")], {"q1": {"number": "2.5", "unit": "kg"}}, "5"),
    (["matches", CITY, ["value", "text", "Gh.*"]], {"a1": {"city": "Ghent"}}, T),
    (["answered", CITY], {"a1": {"street": "Veldstraat"}}, F),
    (["answered", ["answer", "a1"]], {"a1": {"street": "Veldstraat"}}, T),
    (["answered", ["answer", "a1"]], {"a1": {"street": " "}}, F),
    (["answered", ["answer", "a1"]], {}, F),
    (["age", BORN, d1], {"u1": {"birth_date": "2000-03-01"}, "d1": "2026-03-01"}, "26"),
    (["or_else", CITY, ["value", "text", "?"]], {"u1": {"given_name": "Ann"}}, "?"),
    # arithmetic: a Missing operand gives Missing
    (["add", n1, n2], {"n1": "0.1", "n2": "0.2"}, "0.3"),
    (["add", n1, n2, number("1")], {"n1": "1", "n2": "1"}, "3"),
    (["add", n1, n2], {"n1": "1"}, M),
    (["sub", n1, n2], {"n1": "1", "n2": "1.5"}, "-0.5"),
    (["sub", n1, n2], {"n2": "1"}, M),
    (["mul", n1, n2], {"n1": "1.5", "n2": "-2"}, "-3"),
    (["mul", n1, n2], {}, M),
    (["div", n1, n2], {"n1": "1", "n2": "4"}, "0.25"),
    (["div", n1, n2], {"n1": "1", "n2": "0"}, M),
    (["div", n1, n2], {"n1": "1"}, M),
    # choosing
    (["or_else", n1, number("0")], {"n1": "4"}, "4"),
    (["or_else", n1, number("0")], {}, "0"),
    (["or_else", c1, one("red")], {}, "red"),
    (["or_else", n1, n2, number("0")], {"n2": "4"}, "4"),
    (["or_else", n1, n2, number("0")], {}, "0"),
    (["or_else", n1, n2], {}, M),
    (["or_else", h1, ["value", "time", "08:00"]], {}, "08:00"),
    (["or_else", k1, ["value", "ranked", ["blue", "red"]]], {}, ["blue", "red"]),
    (["if", b1, n1, n2], {"b1": T, "n1": "1"}, "1"),
    (["if", b1, n1, n2], {"b1": F, "n1": "1"}, M),
    (["if", b1, n1, n2], {"n1": "1", "n2": "2"}, M),
    (["if", b1, n1, n2], {}, M),
    # a value that holds only when a condition does; an unknown condition gives nothing, and stops nothing
    (["when", b1, n1], {"b1": T, "n1": "1"}, "1"),
    (["when", b1, n1], {"b1": F, "n1": "1"}, M),
    (["when", b1, n1], {"n1": "1"}, M),
    (["when", b1, n1], {"b1": T}, M),
    (["or_else", ["when", b1, one("red")], ["when", b2, one("green")]], {"b2": T}, "green"),
    # what holds, each once, in the order of writing; nothing at all is Missing, not an empty list
    (["collect", c1, one("green"), one("red")], {"c1": "red"}, ["red", "green"]),
    (
        ["collect", ["when", b1, one("B-2")], ["when", b2, one("a")]],
        {"b1": T, "b2": T},
        ["B-2", "a"],
    ),
    (["collect", ["when", b1, one("B-2")], ["when", b2, one("a")]], {"b1": F}, M),
    (["collect", c1], {}, M),
    # dates
    (["add_days", d1, n1], {"d1": "2026-02-27", "n1": "2"}, "2026-03-01"),
    (["add_days", d1, n1], {"d1": "2026-02-27"}, M),
    (["add_months", d1, n1], {"d1": "2026-01-31", "n1": "1"}, "2026-02-28"),
    (["add_months", d1, n1], {"n1": "1"}, M),
    (["days_between", d1, d2], {"d1": "2026-03-01", "d2": "2026-02-27"}, "-2"),
    (["days_between", d1, d2], {"d1": "2026-03-01"}, M),
    (["age", d1, d2], {"d1": "1985-04-03", "d2": "2026-04-02"}, "40"),
    (["age", d1, ["today"]], {}, M),
    (["first_day", p1], {"p1": "2024"}, "2024-01-01"),
    (["first_day", p1], {"p1": "2024-02"}, "2024-02-01"),
    (["first_day", p1], {"p1": "2024-02-29"}, "2024-02-29"),
    (["first_day", p1], {}, M),
    (["last_day", p1], {"p1": "2024"}, "2024-12-31"),
    (["last_day", p1], {"p1": "2024-02"}, "2024-02-29"),
    (["last_day", p1], {"p1": "2023-02"}, "2023-02-28"),
    (["last_day", p1], {"p1": "2024-02-29"}, "2024-02-29"),
    (["last_day", p1], {}, M),
    (["days_between", ["first_day", p1], ["last_day", p1]], {"p1": "2026-04"}, "29"),
]
IN_REPEATS: list[tuple[Any, list[dict[str, Any]], Any]] = [
    (["sum", EN], [{"en": "1.5"}, {}, {"en": "2"}], "3.5"),
    (["sum", EN], [], "0"),
    (["min", EN], [{"en": "10"}, {"en": "9"}, {}], "9"),
    (["min", ED], [{"ed": "2026-01-02"}, {"ed": "2025-12-31"}], "2025-12-31"),
    (["min", EN], [{}], M),
    (["max", EN], [{"en": "10"}, {"en": "9"}], "10"),
    (["max", ED], [], M),
    (["avg", EN], [{"en": "1"}, {"en": "2"}, {}], "1.5"),
    (["avg", EN], [{}], M),
    (["count", ["entries", "r"]], [{}, {}], "2"),
    (["count", EN], [{}, {"en": "0"}], "1"),
    (["count", ["entries", "r"]], [], "0"),
    (["occurs", EN, ["value", "number", "2"]], [{"en": "2"}, {"en": "3"}, {"en": "2"}], "2"),
    (["occurs", ED, ["value", "date", "2026-01-02"]], [{"ed": "2026-01-02"}, {}], "1"),
    (["occurs", EN, ["value", "number", "2"]], [], "0"),
    (["occurs", EN, ["answer", "n1"]], [{"en": "2"}, {}], M),
]


@pytest.mark.parametrize(("expression", "answers", "expected"), ROWS)
def test_an_expression_gives(book: Book, expression: Any, answers: Any, expected: Any) -> None:
    assert book.evaluate(expression, answers).value("x") == expected


@pytest.mark.parametrize(("expression", "entries", "expected"), IN_REPEATS)
def test_an_aggregate_gives(book: Book, expression: Any, entries: Any, expected: Any) -> None:
    assert book.evaluate(expression, {}, entries).value("x") == expected


def test_every_operator_is_here_with_and_without_missing() -> None:
    with_missing = {row[0][0] for row in ROWS if len(row[1]) < 2} | {
        row[0][0] for row in IN_REPEATS if {} in row[1] or not row[1]
    }
    answered = {row[0][0] for row in ROWS if row[1]} | {row[0][0] for row in IN_REPEATS if row[1]}
    assert with_missing == answered == set(OPERATORS)


def test_the_twins_know_the_same_operators(twin: Twin) -> None:
    assert sorted(twin.ask("operators")) == sorted(OPERATORS)
