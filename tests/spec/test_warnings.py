"""Warnings: they stand in the way like a problem until the answer changes, or somebody sets them aside with a reason, which is kept."""

from typing import Any

import pytest

from tests.definitions import definition, outcome, question, section
from tests.spec.book import Book, given

FORM = definition(
    section(
        "one",
        question(
            "age",
            "integer",
            constraints=[
                (["ge", ["answer", "age"], ["value", "number", "0"]], "No age is below zero."),
                (
                    ["le", ["answer", "age"], ["value", "number", "110"]],
                    "{age} years, really?",
                    True,
                ),
            ],
        ),
        question("name"),
    ),
    outcomes=[outcome("done")],
)
SURE = {"command": "override", "place": "age", "reason": "Seen the card"}


def ready(played: Any) -> bool:
    return bool(played.view["outcomes"]["done"]["ready"])


def test_a_warning_is_a_problem_that_says_so(book: Book) -> None:
    played = book.play(FORM, given(age="120"))
    assert played.view["questions"]["age"]["problems"] == [
        {"code": "constraint", "message": "120 years, really?", "warning": True}
    ]
    assert (played.view["problems"], ready(played)) == (1, False)


def test_with_a_reason_it_stands_no_more_in_the_way(book: Book) -> None:
    played = book.play(FORM, [*given(age="120"), SURE])
    assert played.events == [{"event": "overridden", "place": "age", "reason": "Seen the card"}]
    assert played.view["questions"]["age"]["problems"][0]["overridden"] == "Seen the card"
    assert (played.view["problems"], ready(played)) == (0, True)


def test_another_answer_is_warned_of_anew(book: Book) -> None:
    played = book.play(FORM, [*given(age="120"), SURE, *given(age="121")])
    assert (played.state["overridden"], played.view["problems"]) == ({}, 1)


@pytest.mark.parametrize(
    ("before", "command", "code"),
    [
        (given(age="30"), SURE, "not_available"),
        ([], SURE, "not_available"),
        (given(age="-1"), SURE, "not_available"),
        (given(age="120"), {**SURE, "reason": " "}, "shape"),
        (given(age="120"), {**SURE, "reason": None}, "type"),
        (given(age="120"), {**SURE, "reason": "x" * 1001}, "too_long"),
        (given(age="120"), {**SURE, "place": "nobody"}, "unknown"),
    ],
)
def test_what_is_refused(book: Book, before: list[Any], command: Any, code: str) -> None:
    assert book.play(FORM, [*before, command]).refused == code
