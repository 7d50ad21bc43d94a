"""Scores: percent of the points of relevant questions with a right answer; a lesson's outcomes read it."""

from typing import Any

import pytest

from builder.definition import project
from tests.definitions import calculation, definition, outcome, question, section
from tests.spec.book import Book, given

LESSON = definition(
    section(
        "quiz",
        question("a", "yes_no", right=True),
        question("b", "choose_several", choices=["x", "y", "z"], right=["x", "z"], points="2"),
        question("c", "integer", right="7", points="0.5", relevance=["answer", "a"]),
        question("free"),
    ),
    kind="lesson",
    pass_percent="80",
    outcomes=[
        outcome("passed", relevance=["ge", ["score"], ["value", "number", "80"]]),
        outcome("failed", relevance=["lt", ["score"], ["value", "number", "80"]]),
    ],
)


@pytest.mark.parametrize(
    ("answers", "score", "relevant"),
    [
        ({}, "0", "failed"),
        ({"a": False, "b": ["z", "x"]}, "66.666666666667", "failed"),
        ({"a": True, "b": ["x", "z"]}, "85.714285714286", "passed"),
        ({"a": True, "b": ["x", "z"], "c": "7"}, "100", "passed"),
        ({"a": True, "b": ["x", "y", "z"], "c": "7"}, "42.857142857143", "failed"),
    ],
)
def test_scoring(book: Book, answers: Any, score: str, relevant: str) -> None:
    view = book.play(LESSON, given(**answers)).view
    assert view["score"] == score
    assert [name for name, row in view["outcomes"].items() if row["relevant"]] == [relevant]


def test_where_nothing_has_a_right_answer_there_is_no_score(book: Book) -> None:
    learner = project(LESSON, "learner")
    view = book.play(learner, given(a=True)).view
    assert view["score"] is None
    assert not any(row["relevant"] for row in view["outcomes"].values())


def test_the_score_is_told_beside_the_day(book: Book) -> None:
    lesson = definition(
        section(
            "quiz",
            question("a", "yes_no", right=True),
            calculation("day", "date", ["today"]),
            calculation("reached", "number", ["score"]),
        ),
        kind="lesson",
    )
    played = book.play(lesson, given(a=True), today="2026-03-17")
    assert (played.value("day"), played.value("reached")) == ("2026-03-17", "100")
    played = book.play(lesson, given(a=False), today="2026-03-17")
    assert (played.value("day"), played.value("reached")) == ("2026-03-17", "0")
