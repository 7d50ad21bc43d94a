"""Required: missing is relevant and required and without an answer. false and 0 are answers; blank is none."""

from typing import Any

import pytest

from tests.definitions import definition, question, section
from tests.spec.book import Book, given

FORM = definition(
    section(
        "one",
        question("name", required=True),
        question("ill", "yes_no", required=True),
        question("pets", "integer", required=True),
        question("doctor", required=True, relevance=["answer", "ill"]),
    ),
    kind="form",
)


@pytest.mark.parametrize(
    ("answers", "missing"),
    [
        ({}, ["name", "ill", "pets"]),
        ({"ill": False, "pets": "0"}, ["name"]),
        ({"name": " \t\u00a0", "ill": True}, ["name", "pets", "doctor"]),
        ({"name": "Ada", "ill": True, "pets": "1", "doctor": "Who"}, []),
    ],
)
def test_what_is_missing(book: Book, answers: Any, missing: list[str]) -> None:
    played = book.play(FORM, given(**answers))
    assert [place for place, row in played.view["questions"].items() if row["missing"]] == missing
    assert played.view["missing"] == played.view["sections"]["one"]["missing"] == len(missing)


def test_clearing_makes_it_missing_again(book: Book) -> None:
    played = book.play(FORM, [*given(name="Ada"), {"command": "clear", "place": "name"}])
    assert played.view["questions"]["name"]["missing"]


def test_a_blank_answer_clears(book: Book) -> None:
    played = book.play(FORM, given(name="Ada") + given(name="  "))
    assert played.events == [{"event": "cleared", "place": "name"}]
    assert played.state["answers"] == {}
