"""Piped texts: answers as people read them; Missing prints nothing; what is typed is never read as a hole."""

from typing import Any

import pytest

from tests.definitions import calculation, definition, line, question, section
from tests.spec.book import Book, given

FORM = definition(
    section(
        "one",
        question("name"),
        question("n", "decimal"),
        question("d", "date"),
        question("b", "yes_no"),
        question(
            "c", "choose_one", choices=[("red", {"en": "Red", "fr": "Rouge"}), ("blue", "Blue")]
        ),
        question(
            "m",
            "choose_several",
            choices=[("red", {"en": "Red", "fr": "Rouge"}), ("blue", "Blue")],
        ),
        calculation("twice", "number", ["add", ["answer", "n"], ["answer", "n"]]),
        line("t", dict.fromkeys(("en", "fr", "de", "nl"), "{name}|{n}|{twice}|{d}|{b}|{c}|{m}")),
        question("q", hint="As {name}", explanation="{name}", label="Plain"),
        title="For {{name}}",
    ),
    kind="form",
    languages=["en", "fr", "de", "nl"],
)
ANSWERS: dict[str, Any] = {
    "name": "Ada",
    "n": "1.5",
    "d": "2026-03-01",
    "b": False,
    "c": "red",
    "m": ["red", "blue"],
}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Ada|1.5|3|1 March 2026|No|Red|Red, Blue"),
        ("fr", "Ada|1,5|3|1 mars 2026|Non|Rouge|Rouge, Blue"),
        ("de", "Ada|1,5|3|1. März 2026|Nein|Red|Red, Blue"),
        ("nl", "Ada|1,5|3|1 maart 2026|Nee|Red|Red, Blue"),
    ],
)
def test_values_as_people_read_them(book: Book, language: str, said: str) -> None:
    assert book.play(FORM, given(**ANSWERS), language=language).view["texts"]["t"] == said


def test_missing_prints_nothing(book: Book) -> None:
    assert book.play(FORM, []).view["texts"] == {
        "t": "||||||",
        "question-q.hint": "As ",
        "question-q.explanation": "",
    }


@pytest.mark.parametrize("typed", ["{n}", "$&", "$1", "{{n}}", "\\1", "%s", "<b>", "😀 e\u0301"])
def test_what_is_typed_stays_as_it_is(book: Book, typed: str) -> None:
    texts = book.play(FORM, given(name=typed, n="7")).view["texts"]
    assert texts["question-q.hint"] == "As " + typed.replace("e\u0301", "é")
