"""Formulas in the editor: what they compile to, and problems at their block, with the line and the character."""

from typing import Any

import pytest

from builder.definition import check, load
from builder.problems import say
from tests.bodies import ask, compute, formula, line, outcome, when
from tests.unit.builder_blocks.test_compile import FIRST, compiled, last


@pytest.mark.parametrize(
    ("written", "expression", "gives"),
    [
        ("days between born and today", ["days_between", ["answer", "born"], ["today"]], "number"),
        ("born + 2 days", ["add_days", ["answer", "born"], ["value", "number", "2"]], "date"),
        ("mood = good", ["eq", ["answer", "mood"], ["value", "one", "good"]], "bool"),
        ("if well then said", ["when", ["answer", "well"], ["answer", "said"]], "text"),
        ("sum of minutes in people", ["sum", ["each", "people", "minutes"]], "number"),
        (
            "collect (if well then a)",
            ["collect", ["when", ["answer", "well"], ["value", "one", "a"]]],
            "many",
        ),
    ],
)
def test_a_calculation_gives_what_its_formula_gives(
    written: str, expression: Any, gives: str
) -> None:
    item = last(*FIRST, compute("formula", "x", formula=written))
    assert (item["expression"], item["type"]) == (expression, gives)


def test_types_follow_formulas_in_any_order() -> None:
    result = compiled(
        [
            *FIRST,
            compute("formula", "c", formula="b + 1 day"),
            compute("first_answered", "b", question="a", second="born"),
            compute("formula", "a", formula="born + 1 week"),
            line("Hello", relevance=when(("c", "ge", {"today": 0}))),
        ]
    )
    assert result.problems == ()
    items = result.data["sections"][1]["items"]
    assert [item["type"] for item in items[-4:-1]] == ["date", "date", "date"]


def test_formulas_that_need_each_other_are_told_as_a_ring() -> None:
    result = compiled(
        [compute("formula", "a", formula="b + 1"), compute("formula", "b", formula="a + 1")],
        [outcome("done")],
    )
    assert [problem.code for problem in check(load(result.data)) if not problem.warning] == [
        "cycle"
    ]


def test_conditions_may_be_formulas_wherever_one_is_picked() -> None:
    adult = ["ge", ["answer", "age"], ["value", "number", "18"]]
    items = [
        *FIRST,
        ask(
            "integer",
            "other",
            relevance=formula("age >= 18"),
            constraints=[{"test": formula("other > age"), "message": "Too low"}],
        ),
    ]
    result = compiled(items, [outcome("done", relevance=formula("age >= 18"))])
    assert result.problems == ()
    other = result.data["sections"][1]["items"][-1]
    assert other["relevance"] == result.data["outcomes"][0]["relevance"] == adult
    assert other["constraints"][0]["test"] == ["gt", ["answer", "other"], ["answer", "age"]]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "agee >= 18",
            "Formula, line 1, character 1: There is no question “agee”. Did you mean “age”?",
        ),
        (
            "well and\nmood = goot",
            "line 2, character 8: “mood” has no choice “goot”. Did you mean “good”?",
        ),
        ("age", "The formula gives a number, but yes or no is needed."),
        ("(" * 5000, "The formula is nested too deeply."),
    ],
)
def test_a_wrong_formula_is_told_at_its_block(written: str, said: str) -> None:
    result = compiled([*FIRST, line("Hello", relevance=formula(written))])
    (problem,) = result.problems
    assert problem.place == result.data["sections"][1]["items"][-1]["id"]
    assert said in say(problem)


def test_a_renamed_question_does_not_break_a_formula_silently() -> None:
    renamed = [*FIRST[:1], ask("integer", "age_in_years"), *FIRST[2:]]
    result = compiled([*renamed, compute("formula", "x", formula="age_of_years + 1")])
    assert "Did you mean “age_in_years”?" in say(result.problems[0])


@pytest.mark.parametrize(
    ("written", "code"),
    [("later > 3", "forward_reference"), ("minutes > 3", "inside_repeat")],
)
def test_what_cannot_be_known_there_is_told(written: str, code: str) -> None:
    items = [*FIRST, line("Hello", relevance=formula(written)), ask("integer", "later")]
    result = compiled(items, [outcome("done")])
    assert result.problems == ()
    (problem,) = [each for each in check(load(result.data)) if not each.warning]
    assert (problem.code, problem.place) == (
        code,
        result.data["sections"][1]["items"][-2]["id"],
    )


def test_an_empty_formula_is_a_problem() -> None:
    assert "The formula is empty." in say(compiled([compute("formula", "x")]).problems[0])
