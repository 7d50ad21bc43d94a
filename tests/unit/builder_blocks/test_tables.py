"""Decision tables in the editor: what they compile to, and problems at the row concerned."""

from typing import Any

import pytest

from builder.compile import Body, Source, compile_source, with_ids
from builder.definition import check, load
from builder.problems import say
from tests.bodies import compute, formula, line, outcome, when
from tests.unit.builder_blocks.test_compile import FIRST, compiled, last

ADULT = ["ge", ["answer", "age"], ["value", "number", "18"]]
WELL = ["eq", ["answer", "well"], ["value", "bool", True]]
OLD, ILL = formula("age >= 18"), when(("well", "eq", True))


def table(*cases: tuple[Any, Any], **value: Any) -> Any:
    rows = [{"test": test, "result": result} for test, result in cases]
    return {
        "type": "decision_table",
        "value": {"label": "Advice", "name": "advice", "cases": rows, **value},
    }


def problems(*cases: tuple[Any, Any], **value: Any) -> list[tuple[int, str]]:
    """(number of the row or 0, what is said) of each problem."""
    body, _ends = with_ids(
        [
            {
                "type": "section",
                "value": {"title": "Main", "items": [*FIRST, table(*cases, **value)]},
            }
        ],
        [],
        "test",
    )
    rows = [row["id"] for row in body[0]["value"]["items"][-1]["value"]["cases"]]
    found = compile_source(Source("form", "test", {"en": Body("Test", body)})).problems
    places = [rows.index(problem.place) + 1 if problem.place in rows else 0 for problem in found]
    return [*zip(places, map(say, found), strict=True)]


@pytest.mark.parametrize(
    ("made", "expression", "gives"),
    [
        (
            table((OLD, "vaccine"), (ILL, "wait"), otherwise="ask"),
            [
                "or_else",
                ["when", ADULT, ["value", "text", "vaccine"]],
                ["when", WELL, ["value", "text", "wait"]],
                ["value", "text", "ask"],
            ],
            "text",
        ),
        (
            table((OLD, "2.50"), gives="number"),
            ["when", ADULT, ["value", "number", "2.5"]],
            "number",
        ),
        (table((OLD, "yes"), gives="bool"), ["when", ADULT, ["value", "bool", True]], "bool"),
        (
            table((OLD, "a"), (ILL, "b"), hit="collect", gives="text"),
            [
                "collect",
                ["when", ADULT, ["value", "one", "a"]],
                ["when", WELL, ["value", "one", "b"]],
            ],
            "many",
        ),
        (
            table((OLD, "a"), hit="collect", otherwise="none"),
            [
                "or_else",
                ["collect", ["when", ADULT, ["value", "one", "a"]]],
                ["value", "many", ["none"]],
            ],
            "many",
        ),
    ],
)
def test_a_table_compiles_to_a_calculation(made: Any, expression: Any, gives: str) -> None:
    item = last(*FIRST, made)
    assert (item["kind"], item["expression"], item["type"]) == ("calculation", expression, gives)


def test_a_table_is_read_like_any_answer() -> None:
    items = [
        *FIRST,
        table((OLD, "a"), (ILL, "b"), gives="one"),
        compute("formula", "x", formula="advice = a"),
    ]
    item = last(*items, line("Hello", relevance=when(("advice", "eq", "a"))))
    assert item["relevance"] == ["eq", ["answer", "advice"], ["value", "one", "a"]]
    result = compiled([*items, line("Hello", relevance=formula("advice = xyz"))])
    assert "“advice” has no choice “xyz”. Its choices are: a, b." in say(result.problems[0])


@pytest.mark.parametrize(
    ("cases", "value", "row", "said"),
    [
        ([], {}, 0, "The table has no rows."),
        ([(None, "a")], {}, 1, "Row 1 has no condition."),
        ([(OLD, " ")], {}, 1, "Row 1 has no result."),
        (
            [(OLD, "a"), (formula("agee > 3"), "b")],
            {},
            2,
            "There is no question “agee”. Did you mean “age”?",
        ),
        ([(OLD, "many")], {"gives": "number"}, 1, "The result “many” is not a number."),
        ([(OLD, "two words")], {"gives": "one"}, 1, "The result “two words” is not a choice."),
        ([(OLD, "a")], {"gives": "date", "otherwise": "x"}, 0, "The result “x” is not a date."),
        (
            [(OLD, "a"), (OLD, "b")],
            {},
            2,
            "Row 2 can never be reached: row 1 holds wherever it would.",
        ),
        ([(ILL, "a"), (formula("yes"), "b"), (OLD, "c")], {}, 3, "row 2 holds wherever it would."),
        ([(OLD, "a"), (formula("well and age >= 18"), "b")], {}, 2, "Row 2 can never be reached"),
    ],
)
def test_what_is_wrong_is_told_at_its_row(cases: Any, value: Any, row: int, said: str) -> None:
    found = problems(*cases, **value)
    assert row in [place for place, _words in found]
    assert any(said in words for place, words in found if place == row)


@pytest.mark.parametrize("gives", ["text", "number", "one", "date", "bool"])
def test_a_table_that_cannot_be_compiled_has_that_problem_only(gives: str) -> None:
    result = compiled([*FIRST, table((None, "yes"), gives=gives)], [outcome("done")])
    assert "no_condition" in [problem.code for problem in result.problems]
    assert [problem for problem in check(load(result.data)) if not problem.warning] == []


def test_the_same_condition_twice_may_be_collected() -> None:
    assert problems((OLD, "a"), (OLD, "b"), hit="collect") == []


def test_a_damaged_table_is_a_problem_and_no_crash() -> None:
    damaged = table((OLD, "a"), gives="x", hit="y")
    assert last(*FIRST, damaged)["type"] == "text"
