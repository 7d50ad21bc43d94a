"""From what an author picked to what the definition holds."""

from typing import Any

import pytest

from builder import definition as definitions
from builder.blocks.questions import SETTING_BLOCKS
from builder.compile import Body, Source, compile_source, repaired, with_ids
from builder.question_types import QUESTION_TYPES, TYPES
from tests.bodies import ask, compute, display, effect, line, outcome, section, when


def compiled(
    items: list[Any], outcomes: list[Any] | None = None, kind: str = "script", **settings: Any
) -> Any:
    people = section(
        "People", ask("integer", "minutes"), ask("text", "who"), name="people", repeat={"on": True}
    )
    body, ends = with_ids([people, section("Main", *items, name="main")], outcomes or [], "test")
    return compile_source(Source(kind, "test", {"en": Body("Test", body, ends)}, settings))


def last(*items: Any) -> Any:
    result = compiled(list(items))
    assert result.problems == ()
    return result.data["sections"][1]["items"][-1]


FIRST = [
    ask("yes_no", "well"),
    ask("integer", "age"),
    ask("date", "born"),
    ask("choose_one", "mood", choices=[{"name": "good", "label": "Good"}]),
]
FIRST += [
    ask("choose_several", "needs", choices=[{"name": "food", "label": "Food"}]),
    ask("date", "seen"),
    ask("text", "said"),
    ask("time", "at"),
    ask("rank", "order", choices=[{"name": "good", "label": "Good"}]),
    ask("postal_address", "home"),
    ask("quantity", "weight", units=[{"name": "kg", "label": "kg"}]),
    ask(
        "matrix",
        "signs",
        rows=[{"name": "cough", "label": "Cough"}],
        choices=[{"name": "yes", "label": "Yes"}],
    ),
]


@pytest.mark.parametrize(
    ("row", "expression"),
    [
        (("well", "eq", True), ["eq", ["answer", "well"], ["value", "bool", True]]),
        (("well", "eq", "no"), ["eq", ["answer", "well"], ["value", "bool", False]]),
        (("age", "ge", "18.50"), ["ge", ["answer", "age"], ["value", "number", "18.5"]]),
        (("age", "lt", 7), ["lt", ["answer", "age"], ["value", "number", "7"]]),
        (("age", "gt", "-0"), ["gt", ["answer", "age"], ["value", "number", "0"]]),
        (("mood", "eq", "good"), ["eq", ["answer", "mood"], ["value", "one", "good"]]),
        (
            ("mood", "one_of", ["good", "bad"]),
            ["one_of", ["answer", "mood"], ["value", "one", "good"], ["value", "one", "bad"]],
        ),
        (
            ("needs", "contains", "food"),
            ["contains", ["answer", "needs"], ["value", "one", "food"]],
        ),
        (
            ("needs", "lacks", "food"),
            ["not", ["contains", ["answer", "needs"], ["value", "one", "food"]]],
        ),
        (("said", "answered", None), ["answered", ["answer", "said"]]),
        (("said", "unanswered", None), ["not", ["answered", ["answer", "said"]]]),
        (
            ("born", "le", "2020-02-29"),
            ["le", ["answer", "born"], ["value", "date", "2020-02-29"]],
        ),
        (("born", "le", {"today": 0}), ["le", ["answer", "born"], ["today"]]),
        (
            ("born", "ge", {"today": -14}),
            ["ge", ["answer", "born"], ["add_days", ["today"], ["value", "number", "-14"]]],
        ),
        (("seen", "ge", {"answer": "born"}), ["ge", ["answer", "seen"], ["answer", "born"]]),
        (("home.city", "eq", "Gent"), ["eq", ["part", "home", "city"], ["value", "text", "Gent"]]),
        (
            ("weight.number", "gt", "5.0"),
            ["gt", ["part", "weight", "number"], ["value", "number", "5"]],
        ),
        (("weight.unit", "eq", "kg"), ["eq", ["part", "weight", "unit"], ["value", "one", "kg"]]),
        (
            ("signs.cough", "eq", "yes"),
            ["eq", ["part", "signs", "cough"], ["value", "one", "yes"]],
        ),
        (("home", "answered", None), ["answered", ["answer", "home"]]),
        (("at", "lt", "09:00"), ["lt", ["answer", "at"], ["value", "time", "09:00"]]),
        (
            ("order", "contains", "good"),
            ["contains", ["answer", "order"], ["value", "one", "good"]],
        ),
        (
            ("people", "gt", "1"),
            ["gt", ["count", ["entries", "people"]], ["value", "number", "1"]],
        ),
    ],
)
def test_a_condition(row: Any, expression: Any) -> None:
    assert last(*FIRST, line("Hello", relevance=when(row)))["relevance"] == expression


@pytest.mark.parametrize(
    "asked", ["home.planet", "home.", "said.city", "signs.fever", "nobody.city"]
)
def test_a_part_that_is_not_there_is_a_problem(asked: str) -> None:
    result = compiled([*FIRST, line("Hello", relevance=when((asked, "answered", None)))])
    assert [problem.code for problem in result.problems] == (
        [] if asked == "home." else ["unknown_reference"]
    )


@pytest.mark.parametrize("kind", [each.name for each in QUESTION_TYPES])
def test_every_type_can_be_written_with_what_the_editor_offers(kind: str) -> None:
    lists = {
        setting.name: [{"name": "a", "label": "A"}, {"name": "b", "label": "B"}]
        for setting in TYPES[kind].settings
        if setting.kind == "choices"
    }
    result = compiled([ask(kind, "asked", **lists)], [outcome("done")])
    assert result.problems == ()
    found = definitions.check(definitions.load(result.data))
    assert [problem.code for problem in found if not problem.warning] == []


def test_a_right_answer_in_parts_is_told_and_not_taken() -> None:
    result = compiled([ask("person", "who", right="Ann")], kind="lesson")
    assert [problem.code for problem in result.problems] == ["right_answer"]


def test_rows_are_joined() -> None:
    rows = [("well", "eq", True), ("age", "eq", "7")]
    assert last(*FIRST, line("Hello", relevance=when(*rows)))["relevance"][0] == "and"
    assert last(*FIRST, line("Hello", relevance=when(*rows, join="any")))["relevance"][0] == "or"


@pytest.mark.parametrize(
    "value", ["", None, "many", "1e5", "2026-13-01", [], {"answer": "nobody"}]
)
def test_a_value_that_does_not_fit_is_a_problem(value: Any) -> None:
    result = compiled([*FIRST, line("Hello", relevance=when(("age", "eq", value)))])
    assert [problem.place for problem in result.problems] == [
        result.data["sections"][1]["items"][-1]["id"]
    ]


@pytest.mark.parametrize(
    ("calculation", "expression"),
    [
        (
            compute("date_plus_days", "x", question="born", number="-2"),
            ["add_days", ["answer", "born"], ["value", "number", "-2"]],
        ),
        (
            compute("first_answered", "x", question="born", second="seen"),
            ["or_else", ["answer", "born"], ["answer", "seen"]],
        ),
        (
            compute("days_between", "x", question="born", second="seen"),
            ["days_between", ["answer", "born"], ["answer", "seen"]],
        ),
        (compute("age", "x", question="born"), ["age", ["answer", "born"], ["today"]]),
        (
            compute("times", "x", question="age", number="2.0"),
            ["mul", ["answer", "age"], ["value", "number", "2"]],
        ),
        (compute("sum", "x", question="minutes"), ["sum", ["each", "people", "minutes"]]),
        (compute("count", "x", question="people"), ["count", ["entries", "people"]]),
    ],
)
def test_a_calculation(calculation: Any, expression: Any) -> None:
    assert last(*FIRST, calculation)["expression"] == expression


def test_a_constraint_speaks_of_its_own_answer() -> None:
    question = last(
        ask(
            "integer",
            "age",
            constraints=[{"test": when(("this", "lt", "150")), "message": "Too old"}],
        )
    )
    assert question["constraints"] == [
        {
            "test": ["lt", ["answer", "age"], ["value", "number", "150"]],
            "message": {"en": "Too old"},
        }
    ]


@pytest.mark.parametrize(
    ("kind", "written", "right"),
    [
        ("yes_no", "no", False),
        ("yes_no", False, False),
        ("integer", "2", "2"),
        ("choose_one", "Good", "good"),
        ("choose_several", "food, money", ["money", "food"]),
        ("choose_several", ["food"], ["food"]),
        ("text", "", None),
    ],
)
def test_a_right_answer(kind: str, written: Any, right: Any) -> None:
    choices = [{"name": name, "label": name.capitalize()} for name in ("good", "money", "food")]
    more = {"choices": choices} if kind.startswith("choose") else {}
    result = compiled([ask(kind, "quiz", right=written, **more)], kind="lesson")
    assert result.data["sections"][1]["items"][0]["right"] == right


def test_a_lesson_ends_by_its_percent() -> None:
    result = compiled(
        [ask("yes_no", "quiz", right="yes")],
        kind="lesson",
        pass_percent=75,
        skill="tracing",
        days=90,
    )
    passed, failed = result.data["outcomes"]
    assert result.data["pass_percent"] == "75"
    assert passed["relevance"] == ["ge", ["score"], ["value", "number", "75"]]
    assert passed["effects"] == [
        {"effect": "grant_skill", "arguments": {"skill": "tracing", "days": "90"}}
    ]
    assert (failed["name"], failed["effects"]) == ("failed", [])
    definition = definitions.load(result.data)
    assert [problem.code for problem in definitions.check(definition) if not problem.warning] == []


def test_effects_name_what_they_use() -> None:
    spawn = effect("spawn_items", campaign="calls", repeat="people")
    paper = effect("issue_document", document="paper", valid_from="born", valid_until="")
    result = compiled(FIRST, [outcome("done", spawn, paper)])
    assert result.data["outcomes"][0]["effects"] == [
        {"effect": "spawn_items", "arguments": {"campaign": "calls", "repeat": "people"}},
        {"effect": "issue_document", "arguments": {"document": "paper", "valid_from": "born"}},
    ]


def test_every_kind_of_setting_has_a_block() -> None:
    kinds = {
        setting.kind for question_type in QUESTION_TYPES for setting in question_type.settings
    }
    assert kinds <= set(SETTING_BLOCKS)


def test_what_is_compiled_loads() -> None:
    items = [
        *FIRST,
        ask("decimal", "fever", scale=1, maximum="43"),
        ask("phone", "phone"),
        ask("national_number", "number"),
        display("{said}"),
    ]
    result = compiled(items, [outcome("done")])
    definition = definitions.load(result.data)
    assert definitions.data(definition) == result.data
    assert definitions.check(definition) == ()


def test_names_in_place_of_ids_are_found_again_each_time() -> None:
    body = [section("Main", *FIRST, name="main")]
    assert with_ids(body, [], "a") == with_ids(body, [], "a")
    assert with_ids(body, [], "a") != with_ids(body, [], "b")


@pytest.mark.parametrize(
    "stream",
    [None, 7, "x", [7], [{"type": "section"}], [{"type": "section", "value": {"items": 7}}]],
)
def test_the_oddest_drafts_compile_to_problems_at_most(stream: Any) -> None:
    result = compile_source(Source("script", "test", {"en": Body("", repaired(stream), [])}))
    assert result.data["kind"] == "script"
