"""Navigation: the path is the relevant sections in order; next and back walk it."""

from typing import Any

import pytest

from tests.definitions import definition, question, section
from tests.spec.book import Book, given

FORM = definition(
    section("a", question("skip", "yes_no")),
    section("b", question("x"), relevance=["not", ["answer", "skip"]]),
    section("c", question("y")),
    kind="form",
)
NEXT, BACK = {"command": "next"}, {"command": "back"}


@pytest.mark.parametrize(
    ("commands", "section_now", "refused"),
    [
        ([NEXT], "c", None),
        ([*given(skip=False), NEXT], "b", None),
        ([*given(skip=False), NEXT, NEXT], "c", None),
        ([NEXT, NEXT], "c", "not_available"),
        ([BACK], "a", "not_available"),
        ([NEXT, BACK], "a", None),
        ([*given(skip=False), NEXT, *given(skip=True), NEXT], "c", None),
        ([*given(skip=False), NEXT, *given(skip=True), BACK], "a", None),
        ([{"command": "open_section", "section": "c"}], "c", None),
        ([{"command": "open_section", "section": "b"}], "a", "not_available"),
        ([{"command": "open_section", "section": "z"}], "a", "unknown"),
        ([{"command": "open_section", "section": {"a": 1}}], "a", "unknown"),
    ],
)
def test_walking(book: Book, commands: list[Any], section_now: str, refused: str | None) -> None:
    played = book.play(FORM, commands)
    assert (played.state["section"], played.refused) == (section_now, refused)


def test_the_path_keeps_the_order_of_the_page(book: Book) -> None:
    """A section may hang on what is asked after it; it is walked where it stands all the same."""
    form = definition(
        section("a", question("w")),
        section("b", question("x"), relevance=["answered", ["answer", "y"]]),
        section("c", question("y")),
        kind="form",
    )
    view = book.play(form, [*given(y="1"), NEXT]).view
    assert (view["path"], view["next"], view["previous"]) == (["a", "b", "c"], "c", "a")
    assert book.play(form, [*given(y="1"), NEXT]).state["section"] == "b"


def test_visited_sections_are_remembered_once(book: Book) -> None:
    assert book.play(FORM, [NEXT, BACK, NEXT]).state["visited"] == ["a", "c"]


def test_the_view_names_path_next_and_previous(book: Book) -> None:
    view = book.play(FORM, [*given(skip=False), NEXT]).view
    assert (view["path"], view["next"], view["previous"]) == (["a", "b", "c"], "c", "a")
