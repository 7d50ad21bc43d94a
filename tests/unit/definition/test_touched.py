"""What a newer definition does to answers of an older one, and which names may be declared to be others now."""

from typing import Any

import pytest

from builder.definition import Definition
from builder.definition.renames import composed, pairs, valid
from builder.definition.touched import lossless, newly_asked, touched
from tests.definitions import calculation, definition, question, section


def with_items(*items: Any, **more: Any) -> Definition:
    return definition(section("one", *items, **more))


def codes(before: Definition, after: Definition, **renames: str) -> dict[str, str]:
    return {one.name: one.code for one in touched(before, after, renames)}


@pytest.mark.parametrize(
    ("was", "now", "code"),
    [
        ([question("a")], [], "removed"),
        ([question("a")], [question("a", "yes_no")], "type"),
        ([question("a")], [question("a", "long_text")], None),
        (
            [question("a", "choose_one", choices=["x", "y"])],
            [question("a", "choose_one", choices=["x"])],
            "choices",
        ),
        (
            [question("a", "choose_one", choices=["x"])],
            [question("a", "choose_from_list", choices=["y", "x"])],
            None,
        ),
        ([question("a")], [question("a", maximum_length=5)], "shorter"),
        ([question("a", maximum_length=5)], [question("a", maximum_length=9)], None),
        ([question("a")], [calculation("a", "text", ["value", "text", "x"])], "calculated"),
    ],
)
def test_what_may_cost_an_answer_is_named(was: Any, now: Any, code: str | None) -> None:
    before, after = with_items(question("z"), *was), with_items(question("z"), *now)
    assert codes(before, after) == ({"a": code} if code else {})
    assert lossless(before, after, {}) is (code is None)


def test_a_question_in_another_repeat_has_lost_its_place() -> None:
    before = definition(section("one", question("a")), section("two", question("b"), repeat=True))
    after = definition(section("one", question("b")), section("two", question("a"), repeat=True))
    assert codes(before, after) == {"a": "moved", "b": "moved"}


def test_a_repeat_that_is_called_otherwise_keeps_its_entries_when_that_is_said() -> None:
    before = definition(section("two", question("b"), repeat=True))
    after = definition(section("three", question("b"), repeat=True))
    assert codes(before, after) == {"two": "removed", "b": "moved"}
    assert codes(before, after, two="three") == {"two": "renamed"}


def test_a_declared_rename_loses_nothing() -> None:
    before, after = with_items(question("a")), with_items(question("b"))
    (one,) = touched(before, after, {"a": "b"})
    assert (one.code, one.now) == ("renamed", "b")
    assert lossless(before, after, {"a": "b"})


def test_what_is_required_now_is_asked() -> None:
    before = with_items(
        question("a"), question("b", required=True), question("old", required=True)
    )
    after = with_items(
        question("a", required=True),
        question("b", required=True),
        question("c", required=True),
        question("new", required=True),
    )
    assert [one.name for one in newly_asked(before, after, {"old": "new"})] == ["a", "c"]


def test_the_same_block_with_another_name_is_the_likeliest() -> None:
    before = with_items(question("a", id="q-1"), question("b", id="q-2", label="Town"))
    after = with_items(
        question("x", id="q-1", label="Town"), question("y", id="q-3", label="Village")
    )
    found = {pair.gone.name: pair.likely for pair in pairs(before, after)}
    assert found == {"a": "x", "b": ""}


def test_only_what_holds_the_same_kind_of_answer_is_offered() -> None:
    before = with_items(question("a", "date"))
    after = with_items(question("b"), question("c", "date"))
    (pair,) = pairs(before, after)
    assert [one.name for one in pair.candidates] == ["c"]


@pytest.mark.parametrize(
    ("renames", "kept"),
    [
        ({"a": "x"}, {"a": "x"}),
        ({"a": "x", "b": "x"}, {"a": "x"}),
        ({"a": "stays"}, {}),
        ({"stays": "x"}, {}),
        ({"a": "nothing"}, {}),
    ],
)
def test_a_rename_holds_between_what_is_gone_and_what_is_new(renames: Any, kept: Any) -> None:
    before = with_items(question("a"), question("b"), question("stays"))
    after = with_items(question("x"), question("stays"))
    assert valid(before, after, renames) == kept


def test_renames_of_one_version_after_the_other() -> None:
    assert composed({"a": "b"}, {"b": "c", "d": "e"}) == {"a": "c", "b": "c", "d": "e"}
