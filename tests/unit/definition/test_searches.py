"""Which answers a record may be found by: many enough, in a way that suits them; never seen by a browser."""

from typing import Any

import pytest

from builder.definition import check, diff, dump, load
from builder.definition.projection import AUDIENCES, project
from builder.problems import say
from builder.question_types import QUESTION_TYPES, TELLS, WAYS
from tests.definitions import definition, outcome, question, section


def made(kind: str, way: str | None, **more: Any) -> Any:
    more = {"searchable": way, **more} if way else more
    asked = question("asked", kind, **more)
    return definition(section("opening", asked), outcomes=[outcome("done")])


def problems(kind: str, way: str, **more: Any) -> list[tuple[str, bool]]:
    return [(one.code, one.warning) for one in check(made(kind, way, **more))]


def test_every_way_says_what_a_thief_learns_and_some_type_offers_it() -> None:
    assert list(TELLS) == list(WAYS)
    assert {way for row in QUESTION_TYPES for way in row.searches} == set(WAYS)


@pytest.mark.parametrize(
    ("kind", "way", "more"),
    [
        ("text", "exact", {}), ("text", "name", {}), ("text", "number", {}), ("hidden", "number", {}),
        ("phone", "phone", {}), ("email", "exact", {}), ("national_number", "number", {}), ("iban", "number", {}),
        ("date", "date", {"maximum": ["today"]}), ("integer", "number", {}), ("integer", "number", {"minimum": "1", "maximum": "10000"}),
    ],
)  # fmt: skip
def test_answers_that_are_many_may_be_searched(kind: str, way: str, more: Any) -> None:
    assert problems(kind, way, **more) == []


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("yes_no", {}), ("consent", {}), ("scale", {"minimum": "1", "maximum": "9"}), ("choose_one", {"choices": ["a", "b"]}),
        ("choose_several", {"choices": ["a", "b"]}), ("choose_from_list", {"choices": ["a", "b"]}), ("time", {}),
        ("integer", {"minimum": "0", "maximum": "120"}), ("text", {"maximum_length": 3}),
        ("date", {"minimum": ["value", "date", "2026-01-01"], "maximum": ["value", "date", "2026-12-31"]}),
    ],
)  # fmt: skip
def test_answers_that_are_few_may_not(kind: str, more: Any) -> None:
    way = {"text": "exact", "date": "date", "integer": "number"}.get(kind, "exact")
    assert ("search_few", False) in problems(kind, way, **more)


def test_words_are_searched_with_a_warning_that_says_what_it_tells() -> None:
    (problem,) = check(made("long_text", "words"))
    assert (problem.code, problem.warning, problem.place) == (
        "search_words",
        True,
        "question-asked",
    )
    assert "how often each word occurs" in say(problem)


def test_no_browser_is_told() -> None:
    whole = made("phone", "phone")
    for audience in AUDIENCES:
        assert "searchable" not in dump(project(whole, audience, "en"))


def test_it_is_kept_left_out_where_it_says_nothing_and_compared_in_words() -> None:
    without, with_it = made("phone", None), made("phone", "phone")
    assert load(dump(with_it)) == with_it
    assert "searchable" not in dump(without)
    (change,) = diff(without, with_it)
    assert change.params["part"] == "Records are found by this answer"
    assert change.params["new"] == "as a telephone number, or its last digits"
