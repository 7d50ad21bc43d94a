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


EITHER = definition(
    section(
        "one",
        question("phone", required=["not", ["answered", ["answer", "email"]]]),
        question("email", required=["not", ["answered", ["answer", "phone"]]]),
        question("sealed", read_only=["answered", ["answer", "phone"]]),
        question("pets", "integer", maximum=["answer", "rooms"], minimum="1"),
        question("rooms", "integer"),
    ),
    kind="form",
)


@pytest.mark.parametrize(
    ("answers", "missing"), [({}, ["phone", "email"]), ({"phone": "1"}, []), ({"email": "a"}, [])]
)
def test_one_of_two_is_required(book: Book, answers: Any, missing: list[str]) -> None:
    """A condition may read what is asked later, and the two may read each other."""
    played = book.play(EITHER, given(**answers))
    assert [place for place, row in played.view["questions"].items() if row["missing"]] == missing
    assert played.view["questions"]["phone"]["required"] is not bool(answers.get("email"))


def test_what_is_read_only_for_now_cannot_be_answered(book: Book) -> None:
    played = book.play(EITHER, given(sealed="a", phone="1") + given(sealed="b"))
    assert (played.refused, played.value("sealed")) == ("read_only", "a")
    assert played.view["questions"]["sealed"]["read_only"]
    cleared = [*given(phone="1"), {"command": "clear", "place": "sealed"}]
    assert book.play(EITHER, cleared).refused == "read_only"
    assert (
        book.play(EITHER, given(phone="1") + given(phone="") + given(sealed="b")).value("sealed")
        == "b"
    )


def test_what_is_hidden_may_be_read_only_too(book: Book) -> None:
    """An answer that comes late, when its question is hidden already, is kept only if it may be given."""
    locked = ["answered", ["answer", "phone"]]
    shown = ["not", ["answered", ["answer", "phone"]]]
    form = definition(
        section("one", question("phone"), question("sealed", read_only=locked, relevance=shown)),
        kind="form",
    )
    played = book.play(form, given(sealed="a", phone="1") + given(sealed="b"))
    assert (played.refused, played.state["answers"]["sealed"]) == ("read_only", "a")
    assert played.view["questions"]["sealed"]["read_only"]


@pytest.mark.parametrize(
    ("kind", "bound", "value", "codes"),
    [
        ("date", ["today"], "2026-03-15", ["range"]),
        ("date", ["today"], "2026-03-16", []),
        ("date", ["today"], "2026-03-17", ["range"]),
        ("integer", ["answer", "n"], "4", ["range"]),
        ("integer", ["answer", "n"], "5", []),
        ("integer", ["answer", "n"], "6", ["range"]),
        ("integer", "5", "4", ["range"]),
        ("integer", "5", "5", []),
        ("integer", "5", "6", ["range"]),
    ],
)
def test_a_bound_is_within(
    book: Book, kind: str, bound: Any, value: str, codes: list[str]
) -> None:
    asked = question("x", kind, minimum=bound, maximum=bound)
    form = definition(section("s", question("n", "integer"), asked), kind="form")
    assert book.play(form, given(n="5", x=value)).codes("x") == codes


@pytest.mark.parametrize(
    ("rooms", "pets", "codes"),
    [("2", "2", []), ("2", "3", ["range"]), (None, "9", []), ("2", "0", ["range"])],
)
def test_a_bound_may_follow_another_answer(
    book: Book, rooms: str | None, pets: str, codes: list[str]
) -> None:
    assert book.play(EITHER, given(rooms=rooms, pets=pets)).codes("pets") == codes
