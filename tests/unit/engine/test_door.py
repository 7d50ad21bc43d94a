"""What the engine's door gives to the rest of the house, and what it keeps."""

import gc
from typing import Any

import pytest

from runtime.engine import admit, effective, entries_that_count, start, view
from runtime.engine.program import _programs, program_of
from tests.definitions import TODAY, Scenario, definition, line, question, section


def form() -> Any:
    return definition(
        section(
            "s", question("n", "integer"), question("t", relevance=["answered", ["answer", "n"]])
        ),
        section("r", question("q"), repeat={"maximum": 5}),
        section("within", question("p"), within="r", repeat={"maximum": 5}),
        kind="form",
    )


def seen(relevant: bool, value: Any, *codes: str) -> dict[str, Any]:
    return {"relevant": relevant, "value": value, "problems": [{"code": code} for code in codes]}


@pytest.mark.parametrize(
    ("shown", "counts"),
    [
        (seen(True, "7"), "7"),
        (seen(True, False), False),
        (seen(True, None), None),
        (seen(False, "7"), None),
        (seen(True, "seven", "unreadable"), None),
        (seen(True, "7", "range"), "7"),
        (seen(True, "seven", "range", "unreadable"), None),
    ],
)
def test_the_answer_that_counts(shown: dict[str, Any], counts: Any) -> None:
    assert effective(shown) == counts


def test_the_answer_that_counts_of_a_view() -> None:
    played = Scenario(form()).answer("n", "many", unreadable=True)
    assert played.view["questions"]["n"]["value"] == "many"
    assert effective(played.view["questions"]["n"]) is None
    assert effective(played.answer("n", "7").view["questions"]["n"]) == "7"


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("t", None),
        ("r/a/q", None),
        ("r/a/within/b/p", None),
        ("gone", "unknown"),
        ("q", "unknown"),
        ("r/q", "unknown"),
        ("r/a/t", "unknown"),
        ("s/a/q", "unknown"),
        ("r/A/q", "unknown"),
        ("r//q", "unknown"),
        ("r/" + "a" * 40 + "/q", None),
        ("r/" + "a" * 41 + "/q", "unknown"),
        ("r/a/p", "unknown"),
        ("r/a/r/b/p", "unknown"),
        ("within/a/r/b/p", "unknown"),
        ("r/a/within/b/q", "unknown"),
        ("r/a/within/b/p\n", "unknown"),
        ("", "unknown"),
        (None, "unknown"),
        (["t"], "unknown"),
    ],
)
def test_a_place_is_a_name_with_the_entries_on_its_way(place: Any, code: str | None) -> None:
    assert admit(form(), place, "x").code == code


def test_places_that_were_found_are_not_remembered_without_end() -> None:
    asked = form()
    program = program_of(asked)
    for number in range(20_010):
        assert admit(asked, f"r/{number}/q", "x").code is None
    assert len(program.found) <= 20_000
    assert admit(asked, "r/1/q", "x").code is None
    assert admit(asked, "t", "x").code is None


def test_a_program_is_kept_as_long_as_its_definition() -> None:
    asked, other = form(), form()
    program = program_of(asked)
    assert program_of(asked) is program
    assert program_of(other) is not program
    key, count = id(asked), len(_programs)
    del asked
    gc.collect()
    assert key not in _programs
    assert len(_programs) == count - 1
    assert program_of(other) is program_of(other)


def test_a_section_that_is_gone_leads_to_the_first() -> None:
    made = definition(section("a"), section("b"))
    shown = view(made, {**start(made, "en"), "section": "gone"}, TODAY)
    assert (shown["next"], shown["previous"]) == ("a", None)


@pytest.mark.parametrize(
    ("language", "kept"), [("en", "en"), ("fr", "fr"), ("de", "en"), ("", "en")]
)
def test_a_language_that_a_definition_lacks_becomes_its_first(language: str, kept: str) -> None:
    made = definition(section("s"), languages=["en", "fr"])
    assert start(made, language)["language"] == kept
    assert view(made, start(made, language), TODAY)["path"] == ["s"]


NESTED = definition(
    section("s", question("shown", "yes_no"), question("inner", "yes_no")),
    section("r", question("q"), repeat={"maximum": 5}, relevance=["answer", "shown"]),
    section(
        "inner_r",
        question("p"),
        within="r",
        repeat={"minimum": 1, "maximum": 5},
        relevance=["answer", "inner"],
    ),
    section("deep", question("d"), within="inner_r", repeat={"minimum": 2, "maximum": 5}),
    section("bare", line("said", "Nothing is asked here."), repeat={"minimum": 1, "maximum": 5}),
    kind="form",
)


@pytest.mark.parametrize(
    ("shown", "inner", "counts"),
    [
        (False, True, {}),
        (True, False, {"r": ["a", "b"]}),
        (
            True,
            True,
            {
                "r": ["a", "b"],
                "r/a/inner_r": ["1"],
                "r/a/inner_r/1/deep": ["1", "2"],
                "r/b/inner_r": ["1", "x"],
                "r/b/inner_r/1/deep": ["1", "2"],
                "r/b/inner_r/x/deep": ["1", "2"],
            },
        ),
    ],
)
def test_the_entries_that_count(shown: bool, inner: bool, counts: Any) -> None:
    played = Scenario(NESTED).answers(shown=True, inner=True).add("r", "a").add("r", "b")
    played.add("r/b/inner_r", "x").answers(shown=shown, inner=inner)
    assert entries_that_count(NESTED, played.view) == counts


def test_entries_count_in_the_order_they_are_in() -> None:
    played = Scenario(NESTED).answers(shown=True).add("r", "a").add("r", "b")
    played.command("move_entry", repeat="r", entry="b", before="a")
    assert entries_that_count(NESTED, played.view) == {"r": ["b", "a"]}
