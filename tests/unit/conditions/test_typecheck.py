"""The types of expressions: what each operator gives, and what is said of an argument that does not fit."""

from typing import Any

import pytest

from builder.conditions import OPERATORS, Faults, parse, typecheck
from builder.problems import Problem, say

TYPES = {
    "n": "number",
    "d": "date",
    "h": "time",
    "w": "moment",
    "t": "text",
    "p": "partial",
    "b": "bool",
    "c": "one",
    "m": "many",
    "k": "ranked",
    "q": "parts",
    "q.unit": "one",
}
ARTICLES = {
    "n": "a number",
    "d": "a date",
    "h": "a time",
    "w": "a date and time",
    "t": "a text",
    "p": "a date that may lack its day or month",
    "b": "yes or no",
    "c": "a choice",
    "m": "several choices",
    "k": "choices in order",
    "q": "an answer in parts",
}
ENTRIES = "The answers of all entries can only be summed up or counted."
COMPARABLE, EQUATABLE = "ndhw", "ndhwtpbc"


def found(expression: Any) -> tuple[str | None, list[str]]:
    """What an expression gives, and what is said of it."""
    problems: list[Problem] = []
    node = parse(expression, "", problems)
    assert node is not None, problems
    faults = Faults()
    gives = typecheck(node, TYPES.get, faults)
    return gives, [
        say(Problem("", "", message, params=params)).strip() for message, params in faults.found
    ]


def names(text: str) -> list[Any]:
    return [["answer", name] for name in text]


@pytest.mark.parametrize(
    ("operator", "arguments", "gives"),
    [
        *(("and", names(row), "bool") for row in ("bb", "bbbb")),
        *(("or", names(row), "bool") for row in ("bb", "bbb")),
        ("not", names("b"), "bool"),
        *((name, names(row * 2), "bool") for name in ("eq", "ne") for row in EQUATABLE),
        *(
            (name, names(row * 2), "bool")
            for name in ("lt", "le", "gt", "ge")
            for row in COMPARABLE
        ),
        *(("one_of", names(row * 3), "bool") for row in EQUATABLE),
        *(("contains", names(row), "bool") for row in ("mc", "kc")),
        *(("answered", names(row), "bool") for row in ARTICLES),
        ("matches", [["answer", "t"], ["value", "text", "a+"]], "bool"),
        *((name, names(row), "number") for name in ("add", "mul") for row in ("nn", "nnnn")),
        *((name, names("nn"), "number") for name in ("sub", "div")),
        *(("or_else", names(row * 3), TYPES[row]) for row in (*EQUATABLE, "m", "k")),
        *(("when", names(f"b{row}"), TYPES[row]) for row in (*EQUATABLE, "m", "k")),
        *(("if", names(f"b{row}{row}"), TYPES[row]) for row in (*EQUATABLE, "m", "k")),
        *(("collect", names(row), "many") for row in ("c", "ccc")),
        *((name, names("dn"), "date") for name in ("add_days", "add_months")),
        *((name, names("dd"), "number") for name in ("days_between", "age")),
        *((name, names("p"), "date") for name in ("first_day", "last_day")),
        *((name, [["each", "r", "n"]], "number") for name in ("sum", "avg")),
        *(
            (name, [["each", "r", row]], TYPES[row])
            for name in ("min", "max")
            for row in COMPARABLE
        ),
        *(("count", [["each", "r", row]], "number") for row in ARTICLES),
        ("count", [["entries", "r"]], "number"),
        *(("occurs", [["each", "r", row], ["answer", row]], "number") for row in EQUATABLE),
    ],
)
def test_what_fits_gives(operator: str, arguments: list[Any], gives: str) -> None:
    assert found([operator, *arguments]) == (gives, [])


@pytest.mark.parametrize(
    ("leaf", "gives"),
    [
        (["value", "number", "1"], "number"),
        (["value", "many", ["a"]], "many"),
        (["answer", "n"], "number"),
        (["previous", "d"], "date"),
        (["part", "q", "unit"], "one"),
        (["answer", "gone"], None),
        (["part", "q", "gone"], None),
        (["today"], "date"),
        (["score"], "number"),
        (["offered", "kin"], "one"),
    ],
)
def test_what_stands_alone_gives(leaf: Any, gives: str | None) -> None:
    assert found(leaf) == (gives, [])


@pytest.mark.parametrize("leaf", [["each", "r", "n"], ["entries", "r"]])
def test_entries_are_read_by_what_sums_or_counts_alone(leaf: Any) -> None:
    assert found(leaf) == (None, [ENTRIES])
    assert found(["add", leaf, ["answer", "n"]]) == ("number", [ENTRIES])


def needs(sign: str, wanted: str, given: str) -> str:
    return f"“{sign}” needs {ARTICLES[wanted]} here, not {ARTICLES[given]}."


def works_not(sign: str, given: str) -> str:
    return f"“{sign}” does not work with {ARTICLES[given]}."


GONE = ["answer", "gone"]


@pytest.mark.parametrize(
    ("expression", "gives", "said"),
    [
        (["and", *names("bn")], "bool", [needs("and", "b", "n")]),
        (["not", *names("t")], "bool", [needs("not", "b", "t")]),
        (["eq", *names("nt")], "bool", [needs("=", "n", "t")]),
        (["eq", *names("mm")], "bool", [works_not("=", "m")] * 2),
        (["ne", *names("qc")], "bool", [works_not("!=", "q")]),
        (["lt", *names("tn")], "bool", [works_not("<", "t")]),
        (["ge", *names("nb")], "bool", [works_not(">=", "b")]),
        (["one_of", *names("ntnc")], "bool", [needs("is one of", "n", "t"), needs("is one of", "n", "c")]),
        (["one_of", GONE, *names("nt")], "bool", [needs("is one of", "n", "t")]),
        (["one_of", ["answer", "n"], GONE, ["answer", "t"]], "bool", [needs("is one of", "n", "t")]),
        (["one_of", ["answer", "n"], ["answer", "m"], ["answer", "t"]], "bool", [works_not("is one of", "m"), needs("is one of", "n", "t")]),
        (["contains", *names("cc")], "bool", [works_not("contains", "c")]),
        (["contains", *names("mt")], "bool", [needs("contains", "c", "t")]),
        (["matches", ["answer", "n"], ["value", "text", "a"]], "bool", [needs("matches", "t", "n")]),
        (["matches", *names("tt")], "bool", ["A pattern must be written out."]),
        (["matches", ["answer", "t"], ["value", "number", "1"]], "bool", ["A pattern must be written out."]),
        (["matches", ["answer", "t"], ["value", "text", "(a+)+"]], "bool", ["The pattern uses something that cannot be used here."]),
        (["add", *names("nnd")], "number", [needs("+", "n", "d")]),
        (["or_else", *names("nt")], "number", [needs("or else", "n", "t")]),
        (["or_else", GONE, ["answer", "t"]], "text", []),
        (["or_else", GONE, GONE], None, []),
        (["or_else", *names("qn")], "number", [works_not("or else", "q")]),
        (["if", *names("nnt")], "number", [needs("if", "b", "n"), needs("if", "n", "t")]),
        (["when", *names("bq")], None, [works_not("if", "q")]),
        (["collect", *names("cm")], "many", [needs("collect", "c", "m")]),
        (["add_days", *names("pn")], "date", [needs("+ days", "d", "p")]),
        (["first_day", *names("d")], "date", [needs("first_day", "p", "d")]),
        (["sum", ["each", "r", "t"]], None, [works_not("sum of", "t")]),
        (["min", ["each", "r", "c"]], None, [works_not("min of", "c")]),
        (["min", ["each", "r", "gone"]], None, []),
        (["sum", ["each", "r", "gone"]], "number", []),
        (["avg", ["answer", "n"]], None, ["“avg of” needs the answers of a repeat."]),
        (["sum", ["entries", "r"]], None, ["“sum of” needs the answers of a repeat."]),
        (["occurs", ["each", "r", "n"], ["answer", "t"]], "number", [needs("count of", "n", "t")]),
        (["occurs", ["each", "r", "m"], ["answer", "c"]], None, [works_not("count of", "m"), needs("count of", "m", "c")]),
        (["occurs", ["each", "r", "gone"], ["answer", "m"]], "number", [works_not("count of", "m")]),
        (["occurs", ["entries", "r"], ["answer", "n"]], None, ["“count of” needs the answers of a repeat."]),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said(expression: Any, gives: str | None, said: list[str]) -> None:
    assert found(expression) == (gives, said)


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("and", 2, None), ("not", 1, 1), ("eq", 2, 2), ("one_of", 2, None), ("if", 3, 3),
        ("collect", 1, None), ("count", 1, 1), ("occurs", 2, 2),
    ],
)  # fmt: skip
def test_how_many_arguments(name: str, least: int, most: int | None) -> None:
    row = OPERATORS[name]
    assert (row.least, row.most) == (least, most)
    assert [row.parameter(at) for at in range(least)] == [one for one in row.takes if one != ".."]
    assert row.parameter(7) == [one for one in row.takes if one != ".."][-1]
