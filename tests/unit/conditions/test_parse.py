"""Expressions from JSON and to it; whatever is given, the answer is an expression or a problem."""

from typing import Any

import pytest

from builder.conditions import covers, dump, nearest, parse, parse_formula, table_in
from builder.problems import Problem, say

ONE, N = ["value", "number", "1"], ["answer", "n"]
NONE = "A condition is not written as one. Build the condition again."
DEEP = "A condition is nested too deeply. Build the condition again."


def found(data: Any) -> tuple[Any, list[str]]:
    """The expression written again, and what is said."""
    problems: list[Problem] = []
    node = parse(data, "here", problems)
    assert all((problem.code, problem.place) == ("expression", "here") for problem in problems)
    return (None if node is None else dump(node)), [say(problem) for problem in problems]


def part(name: str) -> str:
    return f"A part of a condition cannot be read: {name}. Build the condition again."


def count(operator: str, number: int) -> str:
    return f"The operator “{operator}” has {number} arguments. Build the condition again."


def nested(depth: int) -> Any:
    data: Any = ["value", "bool", True]
    for _ in range(depth):
        data = ["not", data]
    return data


@pytest.mark.parametrize(
    "data",
    [
        ["value", "text", "x" * 2000],
        ["value", "bool", False],
        ["value", "many", ["a", "b"]],
        ["value", "ranked", ["b", "a"]],
        N,
        ["part", "n", "B-2"],
        ["today"],
        ["score"],
        ["each", "r", "n"],
        ["entries", "r"],
        ["previous", "n"],
        ["offered", "kin"],
        ["add", *[ONE] * 200],
        ["if", ["answer", "b"], N, ONE],
        nested(30),
    ],
)
def test_what_is_read_is_written_again(data: Any) -> None:
    assert found(data) == (data, [])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, [NONE]),
        ("today", [NONE]),
        ([], [NONE]),
        ([7], [NONE]),
        ([["today"]], [NONE]),
        ({"answer": "n"}, [NONE]),
        (["power", N, N], ["There is no operator “power”. Build the condition again."]),
        (["x" * 100], [f"There is no operator “{'x' * 80}”. Build the condition again."]),
        (["value", "text", "x" * 2001], [part("value")]),
        (["value", "text", ""], [part("value")]),
        (["value", "text"], [part("value")]),
        (["value", "text", "a", "b"], [part("value")]),
        (["value", "virus", "a"], [part("value")]),
        (["value", "parts", {"a": "b"}], [part("value")]),
        (["value", 7, "a"], [part("value")]),
        (["value", "number", 1], [part("value")]),
        (["answer"], [part("answer")]),
        (["answer", "n", "n"], [part("answer")]),
        (["answer", "N"], [part("answer")]),
        (["answer", "n\n"], [part("answer")]),
        (["answer", 7], [part("answer")]),
        (["part", "n"], [part("part")]),
        (["part", "n", 7], [part("part")]),
        (["part", "n", "a b"], [part("part")]),
        (["part", "N", "a"], [part("part")]),
        (["part", 7, "a"], [part("part")]),
        (["part", "n", "a", "b"], [part("part")]),
        (["today", "n"], [part("today")]),
        (["score", "n"], [part("score")]),
        (["each", "r"], [part("each")]),
        (["each", "r", "N"], [part("each")]),
        (["entries"], [part("entries")]),
        (["previous"], [part("previous")]),
        (["offered"], [part("offered")]),
        (["not"], [count("not", 0)]),
        (["not", N, N], [count("not", 2)]),
        (["eq", N], [count("eq", 1)]),
        (["eq", N, N, N], [count("eq", 3)]),
        (["add", *[ONE] * 201], [count("add", 201)]),
        (["add", ["answer"], ["power"]], [part("answer"), "There is no operator “power”. Build the condition again."]),
        (["add", N, ["answer"]], [part("answer")]),
        (nested(31), [DEEP]),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(data: Any, said: list[str]) -> None:
    assert found(data) == (None, said)


@pytest.mark.parametrize(
    ("word", "known", "near"),
    [
        ("adn", ["or", "and"], "and"),
        ("ADN", ["and"], "and"),
        ("zzz", ["and"], ""),
        ("", ["", "and"], ""),
        ("x" * 63, ["x" * 63], "x" * 63),
        ("x" * 64, ["x" * 64], ""),
        ("and", [], ""),
    ],
)
def test_did_you_mean(word: str, known: list[str], near: str) -> None:
    assert nearest(word, known) == near


def node(data: Any) -> Any:
    made = parse(data, "", [])
    assert made is not None
    return made


B, C = ["answer", "b"], ["answer", "c"]
RED, BLUE = ["value", "one", "red"], ["value", "one", "blue"]
ROW, OTHER = ["when", B, RED], ["when", C, BLUE]


@pytest.mark.parametrize(
    ("expression", "first", "rows", "otherwise"),
    [
        (["or_else", ROW, OTHER], True, [(B, RED), (C, BLUE)], None),
        (["or_else", ROW, OTHER, RED], True, [(B, RED), (C, BLUE)], RED),
        (["or_else", ROW, RED], True, [(B, RED)], RED),
        (["collect", ROW], False, [(B, RED)], None),
        (["collect", ROW, OTHER], False, [(B, RED), (C, BLUE)], None),
        (["or_else", ["collect", ROW], ["value", "many", ["a"]]], False, [(B, RED)], ["value", "many", ["a"]]),
    ],
)  # fmt: skip
def test_a_table_is_seen(expression: Any, first: bool, rows: Any, otherwise: Any) -> None:
    table = table_in(node(expression))
    assert table is not None
    assert table.first is first
    assert [(dump(test), dump(result)) for test, result in table.rows] == rows
    assert (None if table.otherwise is None else dump(table.otherwise)) == otherwise


@pytest.mark.parametrize(
    "expression",
    [
        N,
        ["add", N, N],
        ["collect", RED],
        ["collect", ROW, RED],
        ["or_else", N, ONE],
        ["or_else", RED, ROW],
        ["or_else", ROW, RED, BLUE],
        ["or_else", ["collect", RED], ["value", "many", ["a"]]],
        ["or_else", ["collect", ROW], ["collect", ROW], ["value", "many", ["a"]]],
        ROW,
    ],
)
def test_what_is_no_table(expression: Any) -> None:
    assert table_in(node(expression)) is None


TRUE, FALSE = ["value", "bool", True], ["value", "bool", False]
D = ["answer", "d"]


@pytest.mark.parametrize(
    ("earlier", "later", "covered"),
    [
        (B, B, True),
        (B, C, False),
        (TRUE, B, True),
        (FALSE, B, False),
        (FALSE, FALSE, False),
        (B, ["and", B, C], True),
        (["and", B, C], B, False),
        (["and", B, C], ["and", C, B], True),
        (["and", B, C], ["and", C, B, D], True),
        (["and", B, D], ["and", C, B], False),
        (["or", B, C], B, True),
        (["or", B, C], D, False),
        (["or", B, C], ["and", B, D], True),
        (["or", B, C], ["or", C, B], True),
        (["or", B, C], ["or", B, D], False),
        (["or", B, C, D], ["or", D, B], True),
        (B, ["or", B, C], False),
    ],
)
def test_a_row_that_can_never_be_reached(earlier: Any, later: Any, covered: bool) -> None:
    assert covers(node(earlier), node(later)) is covered


def test_a_problem_of_a_formula_knows_its_line_and_column() -> None:
    problems = parse_formula("1 +\n  zz", {})
    assert isinstance(problems, tuple)
    assert (problems[0].place, problems[0].code) == ("2:3", "unknown_reference")
    assert (problems[0].params["line"], problems[0].params["column"]) == (2, 3)
