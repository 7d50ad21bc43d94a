"""Drafts: a page that still has problems is played in the preview all the same, and both engines make the same of it.

What names something that is not there is Missing; of two things with one name the first one counts; a ring ends where it reads backwards.
"""

from typing import Any

import pytest

from builder.definition import check
from tests.definitions import calculation, definition, line, outcome, question, section
from tests.spec.book import Book, entry, given

ONE = ["value", "number", "1"]


def form(expression: Any, gives: str = "number") -> Any:
    """A draft with a calculation at the root and one in a repeat."""
    return definition(
        section("a", question("n", "integer"), question("t"), question("who", "person")),
        section(
            "r",
            question("m", "integer"),
            calculation("inside", gives, expression),
            repeat=True,
        ),
        section("plain", question("x", "integer")),
        section("z", calculation("outside", gives, expression), line("said", "So {outside}.")),
        kind="form",
    )


@pytest.mark.parametrize(
    ("expression", "gives"),
    [
        (["answer", "gone"], "number"),
        (["add", ["answer", "gone"], ONE], "number"),
        (["part", "gone", "phone"], "text"),
        (["part", "n", "phone"], "text"),
        (["part", "who", "gone"], "text"),
        (["previous", "gone"], "number"),
        (["previous", "n"], "number"),
        (["sum", ["each", "gone", "m"]], "number"),
        (["sum", ["each", "r", "gone"]], "number"),
        (["sum", ["each", "r", "n"]], "number"),
        (["sum", ["each", "plain", "x"]], "number"),
        (["count", ["each", "gone", "m"]], "number"),
        (["count", ["entries", "gone"]], "number"),
        (["count", ["entries", "plain"]], "number"),
        (["occurs", ["each", "gone", "m"], ONE], "number"),
        (["occurs", ["each", "r", "gone"], ONE], "number"),
        (["each", "r", "m"], "number"),
        (["sum", ["answer", "n"]], "number"),
        (["sum", ["entries", "r"]], "number"),
        (["max", ["answer", "n"]], "number"),
        (["count", ["answer", "n"]], "number"),
        (["entries", "r"], "number"),
        (["offered", "kin"], "one"),
    ],
)
def test_what_is_not_there_is_missing(book: Book, expression: Any, gives: str) -> None:
    made = form(expression, gives)
    assert [problem for problem in check(made) if not problem.warning]
    played = book.play(made, [*given(n="1", x="2"), *entry("r", "e", m="3")])
    assert (played.value("outside"), played.value("r/e/inside")) == (None, None)
    assert played.view["texts"]["said"] == "So ."


def test_a_name_inside_a_repeat_is_missing_outside_of_it(book: Book) -> None:
    made = form(["add", ["answer", "m"], ONE])
    played = book.play(made, entry("r", "e", m="3"))
    assert (played.value("outside"), played.value("r/e/inside")) == (None, "4")


def test_a_hole_without_its_name_prints_nothing(book: Book) -> None:
    made = definition(
        section("a", question("n", "integer"), line("said", "{n}, {gone}{a}!")), kind="form"
    )
    assert book.play(made, given(n="1")).view["texts"]["said"] == "1, !"


def test_of_two_with_one_name_the_first_counts(book: Book) -> None:
    made = definition(
        section("a", question("n", "integer", label="First"), question("n", label="Second")),
        section("a", question("lost")),
        section("b", question("m"), calculation("n", "number", ONE)),
        section("c", calculation("twice", "number", ["add", ["answer", "n"], ["answer", "n"]])),
        outcomes=[outcome("done", complete=False), outcome("done", relevance=["answer", "n"])],
    )
    played = book.play(made, given(n="4", m="x", lost="y"))
    assert list(played.view["questions"]) == ["n", "m", "twice"]
    assert (played.value("n"), played.value("twice")) == ("4", "8")
    assert list(played.view["sections"]) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("first", "second", "values"),
    [
        (["answer", "y"], ["answer", "x"], [None, None]),
        (["answer", "x"], ONE, [None, "1"]),
        (["add", ["or_else", ["answer", "x"], ONE], ONE], ["answer", "x"], ["2", "2"]),
        (["or_else", ["answer", "y"], ONE], ["add", ["answer", "x"], ONE], ["1", None]),
    ],
)
def test_a_ring_ends(book: Book, first: Any, second: Any, values: list[Any]) -> None:
    made = definition(
        section("a", calculation("x", "number", first), calculation("y", "number", second)),
        kind="form",
    )
    played = book.play(made, [{"command": "nonsense"}])
    assert [played.value("x"), played.value("y")] == values


@pytest.mark.parametrize(
    ("kind", "value", "bound"),
    [
        ("date", "2026-03-16", ["answer", "n"]),
        ("date", "2026-03-16", ["answer", "gone"]),
        ("integer", "7", ["answer", "d"]),
        ("integer", "7", ["today"]),
    ],
)
def test_a_bound_of_another_type_bounds_nothing(
    book: Book, kind: str, value: str, bound: Any
) -> None:
    made = definition(
        section(
            "s",
            question("n", "integer"),
            question("d", "date"),
            question("x", kind, minimum=bound, maximum=bound),
        ),
        kind="form",
    )
    played = book.play(made, given(n="1", d="2026-01-01", x=value))
    assert (played.value("x"), played.codes("x")) == (value, [])


def test_a_section_within_one_that_is_not_there_lies_at_the_root(book: Book) -> None:
    made = definition(section("a", question("n"), within="gone"), section("b"), kind="form")
    played = book.play(made, given(n="x"))
    assert (played.value("n"), played.view["path"]) == ("x", ["a", "b"])
    assert book.play(definition(kind="form"), [{"command": "next"}]).refused == "not_available"
