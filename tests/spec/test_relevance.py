"""Relevance is inherited, holds only when true, and hides without destroying."""

from typing import Any

from tests.definitions import calculation, definition, line, question, section
from tests.spec.book import Book, given

FEVER = ["answer", "fever"]
ADULT = ["ge", ["answer", "age"], ["value", "number", "18"]]

SCRIPT = definition(
    section("first", question("fever", "yes_no"), question("age", "integer")),
    section(
        "second",
        question("since", "date", relevance=ADULT, required=True),
        line("warning", "Stay at home.", ADULT),
        relevance=FEVER,
    ),
    section("third", question("name", relevance=["answered", ["answer", "since"]])),
    section("sums", calculation("known", "bool", ["answered", ["answer", "since"]])),
    kind="form",
)


def shown(view: dict[str, Any]) -> list[str]:
    return [place for place, row in view["questions"].items() if row["relevant"]]


def test_unknown_hides(book: Book) -> None:
    played = book.play(SCRIPT, [])
    assert shown(played.view) == ["fever", "age", "known"]
    assert played.view["path"] == ["first", "third", "sums"]


def test_a_section_hides_all_that_is_in_it(book: Book) -> None:
    played = book.play(SCRIPT, given(age="20", fever=False))
    assert played.view["items"] == {"warning": False}
    assert played.view["sections"]["second"] == {"relevant": False, "missing": 0, "problems": 0}


def test_section_and_own_condition_must_both_hold(book: Book) -> None:
    assert "since" not in shown(book.play(SCRIPT, given(fever=True, age="17")).view)
    assert "since" in shown(book.play(SCRIPT, given(fever=True, age="18")).view)


def test_a_hidden_answer_is_missing_for_all_who_read_it(book: Book) -> None:
    played = book.play(
        SCRIPT, given(fever=True, age="18", since="2026-03-01", name="Ada") + given(fever=False)
    )
    assert played.value("since") is None
    assert played.value("name") is None
    assert played.value("known") is False
    assert played.state["answers"]["since"] == "2026-03-01"


def test_shown_again_the_answer_is_back(book: Book) -> None:
    commands = (
        given(fever=True, age="18", since="2026-03-01") + given(fever=False) + given(fever=True)
    )
    played = book.play(SCRIPT, commands)
    assert played.value("since") == "2026-03-01"
    assert played.value("known") is True


def test_an_answer_for_a_hidden_question_is_kept_and_not_effective(book: Book) -> None:
    played = book.play(SCRIPT, given(since="2026-03-01"))
    assert played.refused is None
    assert played.value("since") is None
    assert played.state["answers"] == {"since": "2026-03-01"}
