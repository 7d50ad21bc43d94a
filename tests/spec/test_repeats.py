"""Repeats: entries have ids; inside an entry a name means the same entry first; from outside, aggregates only."""

from typing import Any

import pytest

from tests.definitions import calculation, definition, line, question, section
from tests.spec.book import Book, entry, given

FORM = definition(
    section("root", question("limit", "integer")),
    section(
        "contacts",
        question("first", required=True),
        question(
            "days",
            "integer",
            constraints=[(["le", ["answer", "days"], ["answer", "limit"]], "At most {limit}.")],
        ),
        question("phone", relevance=["gt", ["answer", "days"], ["value", "number", "1"]]),
        calculation("left", "number", ["sub", ["answer", "limit"], ["answer", "days"]]),
        line("hello", "Hello {first}!", ["answered", ["answer", "first"]]),
        repeat={"minimum": 1, "maximum": 3, "entry_label": "{first}: {days}"},
    ),
    section(
        "sums",
        calculation("total", "number", ["sum", ["each", "contacts", "days"]]),
        calculation("people", "number", ["count", ["entries", "contacts"]]),
        calculation("most_left", "number", ["max", ["each", "contacts", "left"]]),
        question(
            "why",
            relevance=["gt", ["count", ["each", "contacts", "phone"]], ["value", "number", "0"]],
        ),
    ),
    kind="form",
)


def test_the_least_entries_are_there_from_the_start(book: Book) -> None:
    assert book.play(FORM, []).state["entries"] == {"contacts": ["1"]}


def test_names_in_an_entry(book: Book) -> None:
    commands = (
        given(limit="5")
        + entry("contacts", "a", first="Ada", days="7")
        + given(**{"contacts/1/days": "2"})
    )
    played = book.play(FORM, commands)
    assert (played.value("contacts/1/left"), played.value("contacts/a/left")) == ("3", "-2")
    assert played.codes("contacts/a/days") == ["constraint"]
    assert played.view["questions"]["contacts/1/phone"]["relevant"]
    assert (played.value("total"), played.value("people"), played.value("most_left")) == (
        "9",
        "2",
        "3",
    )


def test_texts_and_items_carry_their_entry(book: Book) -> None:
    played = book.play(FORM, entry("contacts", "a", first="Ada", days="7"))
    assert played.view["items"] == {"1/hello": False, "a/hello": True}
    assert played.view["texts"] == {
        "1/section-contacts": ": ",
        "1/hello": "Hello !",
        "a/section-contacts": "Ada: 7",
        "a/hello": "Hello Ada!",
    }


def test_a_removed_entry_takes_its_answers_along(book: Book) -> None:
    commands = entry("contacts", "a", first="Ada", days="7")
    played = book.play(
        FORM, [*commands, {"command": "remove_entry", "repeat": "contacts", "entry": "a"}]
    )
    assert played.state["answers"] == {}
    late = book.play(
        FORM,
        [
            *commands,
            {"command": "remove_entry", "repeat": "contacts", "entry": "a"},
            *given(**{"contacts/a/first": "Eve"}),
        ],
    )
    assert late.refused == "unknown"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ({"command": "add_entry", "repeat": "contacts", "entry": "1"}, "duplicate"),
        ({"command": "add_entry", "repeat": "nobody", "entry": "x"}, "unknown"),
        ({"command": "add_entry", "repeat": "root", "entry": "x"}, "unknown"),
        ({"command": "add_entry", "repeat": "contacts", "entry": "A b"}, "shape"),
        ({"command": "add_entry", "repeat": "contacts", "entry": "x" * 41}, "shape"),
        ({"command": "add_entry", "repeat": ["contacts"], "entry": "x"}, "unknown"),
        ({"command": "remove_entry", "repeat": "contacts", "entry": "1"}, "range"),
        ({"command": "remove_entry", "repeat": "contacts", "entry": "x"}, "unknown"),
        ({"command": "answer", "place": "contacts/x/first", "value": "a"}, "unknown"),
        ({"command": "answer", "place": "first", "value": "a"}, "unknown"),
        ({"command": "answer", "place": "contacts/1/limit", "value": "1"}, "unknown"),
        ({"command": "answer", "place": "contacts/1/left", "value": "1"}, "calculated"),
    ],
)
def test_what_is_refused(book: Book, command: Any, code: str) -> None:
    assert book.play(FORM, [command]).refused == code


def test_no_more_than_the_most_entries(book: Book) -> None:
    commands = entry("contacts", "a") + entry("contacts", "b") + entry("contacts", "c")
    played = book.play(FORM, commands)
    assert played.refused == "range"
    assert played.state["entries"] == {"contacts": ["1", "a", "b"]}


def test_a_hidden_repeat_has_no_entries_for_others(book: Book) -> None:
    form = definition(
        section("root", question("any", "yes_no")),
        section("r", question("n", "integer"), repeat=True, relevance=["answer", "any"]),
        section("sums", calculation("people", "number", ["count", ["entries", "r"]])),
        kind="form",
    )
    assert book.play(form, given(any=True) + entry("r", "a", n="1")).value("people") == "1"
    assert (
        book.play(form, given(any=True) + entry("r", "a", n="1") + given(any=False)).value(
            "people"
        )
        == "0"
    )


def test_what_is_said_before_the_first_question_of_a_repeat_is_said_once(book: Book) -> None:
    form = definition(
        section("root", question("since", "date")),
        section(
            "contacts",
            line("whom", "Whom have you met since {since}?"),
            line("careful", "Take care.", ["answered", ["answer", "since"]]),
            question("first"),
            line("hello", "Who is {first}?"),
            repeat={"minimum": 1, "maximum": 3},
        ),
        kind="form",
    )
    view = book.play(form, given(since="2026-03-01")).view
    assert view["texts"] == {
        "whom": "Whom have you met since 1 March 2026?",
        "1/hello": "Who is ?",
    }
    assert view["items"] == {"whom": True, "careful": True, "1/hello": True}
    assert book.play(form, []).view["items"]["careful"] is False
