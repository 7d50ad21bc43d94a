"""What may hold sometimes only, defaults, filters, bounds, warnings, and where a section lies: written, compiled, told."""

from typing import Any

import pytest

from builder.compile import Body, Source, compile_source, with_ids
from builder.definition import check, load
from builder.problems import say
from tests.bodies import ask, compute, formula, outcome, section, when
from tests.unit.builder_blocks.test_compile import compiled

PROVINCES = [{"name": name, "label": name.title()} for name in ("east", "west")]
TOWNS = [
    {"name": "ghent", "label": "Ghent", "attributes": {"province": "east"}},
    {"name": "bruges", "label": "Bruges", "attributes": {"province": "west"}},
]
FIRST = [
    ask("yes_no", "ill"),
    ask("integer", "rooms"),
    ask("date", "onset"),
    ask("choose_one", "province", choices=PROVINCES),
]
ILL = ["answer", "ill"]


def asked(kind: str, **value: Any) -> dict[str, Any]:
    result = compiled([*FIRST, ask(kind, "asked", **value)])
    assert result.problems == ()
    return result.data["sections"][1]["items"][-1]


def told(*items: Any) -> list[str]:
    """What is said at the last of these items, warnings too."""
    result = compiled([*FIRST, *items], [outcome("done")])
    found = [*result.problems, *check(load(result.data))]
    place = result.data["sections"][1]["items"][-1]["id"]
    return [say(problem) for problem in found if problem.place == place]


@pytest.mark.parametrize("flag", ["required", "read_only"])
def test_a_flag_may_be_a_condition(flag: str) -> None:
    picked = {f"{flag}_when": when(("ill", "eq", True))}
    assert asked("text", **picked)[flag] == ["eq", ILL, ["value", "bool", True]]
    assert asked("text", **{f"{flag}_when": formula("ill")})[flag] == ILL
    assert asked("text", **{flag: True})[flag] is True
    assert asked("text")[flag] is False


def test_a_flag_and_its_condition_at_once_are_told() -> None:
    both = ask("text", "asked", required=True, required_when=formula("ill"))
    (said,) = told(both)
    assert said.startswith("“Required” is ticked, and “Required when” has a condition.")


@pytest.mark.parametrize(
    ("kind", "written", "expression"),
    [
        ("integer", "3", ["value", "number", "3"]),
        ("integer", "rooms * 2", ["mul", ["answer", "rooms"], ["value", "number", "2"]]),
        ("yes_no", "yes", ["value", "bool", True]),
        ("text", '"none"', ["value", "text", "none"]),
        ("date", "onset + 10 days", ["add_days", ["answer", "onset"], ["value", "number", "10"]]),
        ("choose_one", "ghent", ["value", "one", "ghent"]),
        ("choose_one", "if ill then bruges", ["when", ILL, ["value", "one", "bruges"]]),
        ("choose_several", 'choices ("ghent")', ["value", "many", ["ghent"]]),
    ],
)
def test_a_default_is_a_value_or_a_formula(kind: str, written: str, expression: Any) -> None:
    choices = {"choices": TOWNS} if kind.startswith("choose") else {}
    assert asked(kind, default=written, **choices)["default"] == expression


def test_what_says_nothing_is_left_out() -> None:
    item = asked("text", default=" ", constraints=[{"test": formula("ill"), "message": "No"}])
    assert {"default", "choice_filter"} & item.keys() == set()
    assert "warning" not in item["constraints"][0]


@pytest.mark.parametrize(
    ("kind", "written", "bound"),
    [
        ("integer", "3", "3"),
        ("integer", 3, "3"),
        ("decimal", "2,50", "2.5"),
        ("integer", "rooms", ["answer", "rooms"]),
        ("integer", "", None),
        ("integer", None, None),
        ("date", "today", ["today"]),
        ("date", "today - 3", ["add_days", ["today"], ["value", "number", "-3"]]),
        ("date", "2026-12-31", ["value", "date", "2026-12-31"]),
        ("date", "onset + 1 day", ["add_days", ["answer", "onset"], ["value", "number", "1"]]),
    ],
)
def test_a_bound_is_a_value_or_a_formula(kind: str, written: Any, bound: Any) -> None:
    assert asked(kind, maximum=written)["settings"]["maximum"] == bound


def test_a_constraint_may_be_a_warning() -> None:
    row = {"test": formula("rooms < 9"), "message": "Many", "warning": True}
    assert asked("text", constraints=[row])["constraints"][0]["warning"] is True


@pytest.mark.parametrize(
    "choice_filter",
    [
        formula("offered province = province"),
        when(("offered.province", "eq", {"answer": "province"})),
    ],
)
def test_choices_cascade(choice_filter: Any) -> None:
    town = ask("choose_one", "asked", choices=TOWNS, choice_filter=choice_filter)
    assert told(town) == []
    item = asked("choose_one", choices=TOWNS, choice_filter=choice_filter)
    assert item["choice_filter"] == ["eq", ["offered", "province"], ["answer", "province"]]
    assert item["settings"]["choices"][0]["attributes"] == {"province": "east"}


def town(written: str, **attributes: str) -> dict[str, Any]:
    extra = [{"name": "rome", "label": "Rome", "attributes": attributes}] if attributes else []
    return ask("choose_one", "asked", choices=[*TOWNS, *extra], choice_filter=formula(written))


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (ask("text", "asked", required_when=formula("il")), "Required when, line 1, character 1: There is no question “il”. Did you mean “ill”?"),
        (ask("text", "asked", read_only_when=formula("rooms")), "Read only when, line 1, character 1: The formula gives a number, but yes or no is needed."),
        (ask("integer", "asked", default="room"), "Default, line 1, character 1: There is no question “room”. Did you mean “rooms”?"),
        (ask("choose_one", "asked", choices=TOWNS, default="gent"), "Default, line 1, character 1: “asked” has no choice “gent”. Did you mean “ghent”?"),
        (ask("integer", "asked", maximum="onset"), "The formula gives a date, but a number is needed."),
        (ask("date", "asked", minimum="onset + 3"), "Days are added with their unit"),
        (town("offered provinc = province"), "No choice says anything of “provinc”. Did you mean “province”?"),
        (town('offered province = "eest"'), "No choice has “eest” as its “province”. Did you mean “east”?"),
        (town("offered province = province", province="eest"), "The choice “rome” has “eest” as its “province”, which is no choice of “Province”. Did you mean “east”?"),
        (ask("text", "asked", default="asked"), "depend on each other in a ring"),
        (ask("text", "asked", required_when=formula('offered province = "east"')), "Only a filter of choices can ask what a choice says of itself."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_the_question(item: Any, said: str) -> None:
    assert any(said in each for each in told(item)), told(item)


HOME = [
    section("Household", ask("integer", "rooms"), ask("integer", "people"), name="home"),
    section("Person", ask("text", "who"), name="persons", repeat={"on": True, "count": "people"}),
    section("Habits", ask("yes_no", "smokes"), name="habits", within="persons"),
    section(
        "Visit",
        ask("integer", "hours", maximum="rooms"),
        name="visits",
        within="persons",
        relevance=formula("smokes"),
        repeat={"on": True, "minimum": 1, "maximum": 3},
    ),
    section(
        "Sums", compute("formula", "all_hours", formula="sum of hours in visits"), name="sums"
    ),
    section("Notes", ask("long_text", "note"), name="notes", side=True),
]


def household(*sections: Any) -> Any:
    body, ends = with_ids([*HOME, *sections], [outcome("done")], "test")
    return compile_source(Source("script", "test", {"en": Body("Test", body, ends)}, {}))


def test_sections_lie_within_others_at_the_side_and_follow_a_count() -> None:
    result = household()
    assert result.problems == ()
    assert [each for each in check(load(result.data)) if not each.warning] == []
    found = {row["name"]: row for row in result.data["sections"]}
    assert found["persons"]["repeat"]["count"] == ["answer", "people"]
    assert "count" not in found["visits"]["repeat"]
    assert (found["habits"]["within"], found["visits"]["within"]) == ("persons", "persons")
    assert (found["notes"]["side"], "within" in found["notes"]) == (True, False)
    assert found["sums"]["items"][0]["expression"] == ["sum", ["each", "visits", "hours"]]


@pytest.mark.parametrize(
    ("sections", "said"),
    [
        ([section("Lost", ask("text", "x"), name="lost", within="nowhere")], "This lies within a section that is not on the page."),
        ([section("Self", ask("text", "x"), name="self_", within="self_")], "which is no earlier section"),
        ([section("Two", ask("text", "x"), name="two", within="home", side=True)], "lies within another section"),
        ([section("Many", ask("text", "x"), name="many_", repeat={"on": True, "count": "peple"})], "As many entries as, line 1, character 1: There is no question “peple”. Did you mean “people”?"),
        ([section("Outside", compute("formula", "x", formula="hours + 1"), name="outside")], "Count or sum up the entries instead."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_section_is_told(sections: Any, said: str) -> None:
    result = household(*sections)
    found = [say(each) for each in (*result.problems, *check(load(result.data)))]
    assert any(said in each for each in found), found
