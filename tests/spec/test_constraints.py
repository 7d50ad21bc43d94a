"""Constraints are broken only when false; a breaking answer is kept, told, and still read by others."""

from typing import Any

import pytest

from tests.definitions import calculation, definition, question, section
from tests.spec.book import Book, given

FORM = definition(
    section(
        "one",
        question("start", "date", maximum=["today"]),
        question(
            "end",
            "date",
            constraints=[(["ge", ["answer", "end"], ["answer", "start"]], "Not before {start}.")],
        ),
        question("age", "integer", minimum="0", maximum="120"),
        question("code", pattern="[A-Z]{2}[0-9]{3}"),
        question(
            "half", "decimal", constraints=[(["lt", ["answer", "half"], ["answer", "age"]], "")]
        ),
        calculation("double", "number", ["mul", ["answer", "age"], ["value", "number", "2"]]),
    ),
    kind="form",
)


@pytest.mark.parametrize(
    ("answers", "place", "codes"),
    [
        ({"age": "120"}, "age", []),
        ({"age": "121"}, "age", ["range"]),
        ({"age": "-1"}, "age", ["range"]),
        ({"start": "2026-03-16"}, "start", []),
        ({"start": "2026-03-17"}, "start", ["range"]),
        ({"code": "AB123"}, "code", []),
        ({"code": "AB1234"}, "code", ["constraint"]),
        ({"end": "2026-01-01"}, "end", []),
        ({"start": "2026-01-02", "end": "2026-01-01"}, "end", ["constraint"]),
        ({"start": "2026-01-01", "end": "2026-01-01"}, "end", []),
        ({"age": "1", "half": "2"}, "half", ["constraint"]),
        ({}, "half", []),
    ],
)
def test_problems(book: Book, answers: Any, place: str, codes: list[str]) -> None:
    played = book.play(FORM, given(**answers))
    assert played.codes(place) == codes
    assert played.view["problems"] == played.view["sections"]["one"]["problems"] == len(codes)


def test_a_breaking_answer_is_kept_and_read(book: Book) -> None:
    played = book.play(FORM, given(age="200"))
    assert (played.value("age"), played.value("double")) == ("200", "400")


def test_a_message_is_in_words(book: Book) -> None:
    played = book.play(FORM, given(start="2026-01-02", end="2026-01-01"))
    assert played.view["questions"]["end"]["problems"] == [
        {"code": "constraint", "message": "Not before 2 January 2026."}
    ]
    silent = book.play(FORM, given(age="1", half="2"))
    assert silent.view["questions"]["half"]["problems"] == [
        {"code": "constraint", "message": None}
    ]


def test_a_change_elsewhere_clears_the_problem(book: Book) -> None:
    played = book.play(
        FORM, given(start="2026-01-02", end="2026-01-01") + given(start="2026-01-01")
    )
    assert played.codes("end") == []


def test_a_hidden_question_has_no_problem(book: Book) -> None:
    form = definition(
        section(
            "one",
            question("ill", "yes_no"),
            question("age", "integer", maximum="9", relevance=["answer", "ill"]),
        ),
        kind="form",
    )
    assert book.play(form, given(ill=True, age="10")).view["problems"] == 1
    assert book.play(form, given(ill=False, age="10")).view["problems"] == 0
