"""Side sections: on no path, opened at any moment, and one returns from them to where one was."""

from tests.definitions import definition, question, section
from tests.spec.book import Book, given

FORM = definition(
    section("a", question("upset", "yes_no")),
    section("b", question("x")),
    section("distressed", question("calmed", "yes_no", required=True), side=True),
    section("objections", question("why"), side=True, relevance=["answer", "upset"]),
    section("c", question("y")),
    kind="form",
)
NEXT, BACK = {"command": "next"}, {"command": "back"}
DISTRESSED = {"command": "open_section", "section": "distressed"}
OBJECTIONS = {"command": "open_section", "section": "objections"}


def test_a_side_section_is_on_no_path(book: Book) -> None:
    played = book.play(FORM, [NEXT, NEXT])
    assert played.view["path"] == ["a", "b", "c"]
    assert (played.state["section"], played.state["visited"]) == ("c", ["a", "b", "c"])


def test_one_returns_to_the_place(book: Book) -> None:
    opened = book.play(FORM, [NEXT, DISTRESSED])
    assert (opened.state["section"], opened.state["left"]) == ("distressed", "b")
    assert (opened.view["next"], opened.view["previous"]) == ("b", "b")
    back = book.play(FORM, [NEXT, DISTRESSED, BACK])
    assert (back.state["section"], back.state["left"], back.view["next"]) == ("b", None, "c")


def test_from_one_side_section_to_another_one_still_returns_to_the_first_place(book: Book) -> None:
    played = book.play(FORM, [*given(upset=True), NEXT, DISTRESSED, OBJECTIONS, NEXT])
    assert (played.state["section"], played.state["left"]) == ("b", None)


def test_a_side_section_that_does_not_fit_is_not_opened(book: Book) -> None:
    assert book.play(FORM, [OBJECTIONS]).refused == "not_available"


def test_what_is_required_on_the_side_is_missing_like_the_rest(book: Book) -> None:
    assert book.play(FORM, []).view["sections"]["distressed"]["missing"] == 1
