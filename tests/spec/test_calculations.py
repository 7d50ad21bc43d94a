"""Calculations stand outside relevance, are always evaluated, in any order, and cannot be answered."""

from tests.definitions import calculation, definition, question, section
from tests.spec.book import Book, given

# `last` is written before what it needs.
FORM = definition(
    section(
        "one",
        calculation("last", "number", ["add", ["answer", "middle"], ["value", "number", "1"]]),
        calculation("middle", "number", ["mul", ["answer", "n"], ["value", "number", "2"]]),
        question("n", "integer"),
        question("onset", "date"),
        calculation("until", "date", ["add_days", ["answer", "onset"], ["value", "number", "10"]]),
    ),
    section(
        "two",
        calculation(
            "hidden",
            "text",
            [
                "if",
                ["gt", ["answer", "n"], ["value", "number", "1"]],
                ["value", "text", "many"],
                ["value", "text", "few"],
            ],
        ),
        relevance=["value", "bool", False],
    ),
    kind="form",
)


def test_a_chain_is_followed_in_any_order(book: Book) -> None:
    played = book.play(FORM, given(n="4", onset="2026-02-20"))
    assert (played.value("middle"), played.value("last"), played.value("until")) == (
        "8",
        "9",
        "2026-03-02",
    )


def test_a_calculation_in_a_hidden_section_is_evaluated(book: Book) -> None:
    assert book.play(FORM, given(n="4")).value("hidden") == "many"


def test_a_calculation_cannot_be_answered(book: Book) -> None:
    assert book.play(FORM, given(last="4")).refused == "calculated"


def test_a_read_only_question_cannot_be_answered(book: Book) -> None:
    form = definition(section("one", question("id", read_only=True)), kind="form")
    assert book.play(form, given(id="4")).refused == "read_only"
