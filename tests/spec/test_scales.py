"""Scales, orders, long lists, consents and hidden values."""

from typing import Any

import pytest

from builder.definition import check, index
from builder.question_types import TYPES
from tests.definitions import definition, question, section
from tests.spec.book import UNREADABLE, Book, given

COLOURS = [("red", {"en": "Red", "fr": "Rouge"}), ("green", "Green"), ("blue", "Blue")]
FORM = definition(
    section(
        "one",
        question("scale", "scale", minimum="-2", maximum="2"),
        question("rank", "rank", choices=COLOURS, required=True),
        question("best", "rank", choices=COLOURS, places=2, required=True),
        question("list", "choose_from_list", choices=COLOURS),
        question("agreed", "consent", required=True),
        question("maybe", "consent"),
        question("source", "hidden"),
    ),
    kind="form",
)
BAD = UNREADABLE
ROWS: list[tuple[str, Any, Any, str | None]] = [
    ("scale", "2", "2", None),
    ("scale", "-2", "-2", None),
    ("scale", "3", None, "range"),
    ("scale", "-3", None, "range"),
    ("scale", "1.5", None, "type"),
    ("scale", 1, None, "type"),
    ("rank", ["blue", "red"], ["blue", "red"], None),
    ("rank", [], None, None),
    ("rank", ["red", "red"], None, "type"),
    ("rank", ["pink"], None, "choice"),
    ("rank", "red", None, "type"),
    ("best", ["blue", "red"], ["blue", "red"], None),
    ("best", ["blue", "red", "green"], None, "choice"),
    ("list", "blue", "blue", None),
    ("list", "pink", None, "choice"),
    ("agreed", False, False, None),
    ("agreed", "yes", None, "type"),
    ("source", "x", None, "read_only"),
]
READ: list[tuple[str, str, str, Any]] = [
    ("scale", "en", " −2 ", "-2"),
    ("scale", "en", "3", BAD),
    ("scale", "en", "many", BAD),
    ("scale", "en", "", None),
    ("rank", "fr", "Blue; rouge", ["blue", "red"]),
    ("rank", "en", "red, red", BAD),
    ("rank", "en", "red, pink", BAD),
    ("rank", "en", " , ", None),
    ("best", "en", "red, blue, green", BAD),
    ("list", "fr", "ROUGE", "red"),
    ("list", "en", "pink", BAD),
    ("agreed", "nl", "ja", True),
    ("agreed", "de", "Nein", False),
]
NOT_ENOUGH = [
    ("rank", ["blue", "red"]),
    ("best", ["blue"]),
    ("agreed", False),
]
ENOUGH = [
    ("rank", ["blue", "red", "green"]),
    ("best", ["blue", "red"]),
    ("agreed", True),
    ("maybe", False),
]


@pytest.mark.parametrize(("place", "value", "kept", "code"), ROWS)
def test_the_door(book: Book, place: str, value: Any, kept: Any, code: str | None) -> None:
    played = book.play(FORM, given(**{place: value}))
    assert played.refused == code
    assert played.state["answers"] == ({} if kept is None else {place: kept})


@pytest.mark.parametrize(("place", "language", "typed", "expected"), READ)
def test_what_is_typed_means(
    book: Book, place: str, language: str, typed: str, expected: Any
) -> None:
    assert book.read(FORM, place, typed, language) == expected


@pytest.mark.parametrize(("place", "value"), NOT_ENOUGH)
def test_an_answer_that_is_not_enough_is_kept_and_told(book: Book, place: str, value: Any) -> None:
    played = book.play(FORM, given(**{place: value}))
    assert (played.value(place), played.codes(place)) == (value, ["required"])
    assert not played.view["questions"][place]["missing"]


@pytest.mark.parametrize(("place", "value"), ENOUGH)
def test_an_answer_that_is_enough_has_no_problem(book: Book, place: str, value: Any) -> None:
    played = book.play(FORM, given(**{place: value}))
    assert (played.value(place), played.codes(place)) == (value, [])


@pytest.mark.parametrize(
    ("answers", "codes"),
    [
        ({"order": ["red"]}, []),
        ({"needed": False, "order": ["red"]}, []),
        ({"needed": True, "order": ["red"]}, ["required"]),
        ({"needed": True, "order": ["red", "green"]}, []),
        ({"needed": True}, []),
    ],
)
def test_enough_may_hang_on_a_condition(book: Book, answers: Any, codes: list[str]) -> None:
    needed = ["answer", "needed"]
    asked = question("order", "rank", choices=COLOURS, places=2, required=needed)
    form = definition(section("s", question("needed", "yes_no"), asked), kind="form")
    played = book.play(form, given(**answers))
    assert played.codes("order") == codes
    assert played.view["questions"]["order"]["missing"] is (answers == {"needed": True})


def test_an_order_is_shown_in_its_order(book: Book) -> None:
    asked = question("asked", "rank", choices=COLOURS)
    assert book.shown(asked, ["blue", "red"], "fr") == "Blue, Rouge"


def test_an_order_has_a_column_for_each_choice_with_its_place() -> None:
    settings = index(FORM).questions["rank"].settings
    assert TYPES["rank"].columns("r", settings) == ("r.red", "r.green", "r.blue")
    assert TYPES["rank"].cells(["blue", "red"], settings) == ("2", "", "1")
    assert TYPES["rank"].cells(None, settings) == ("", "", "")


def test_a_hidden_value_is_prefilled_read_and_never_asked(book: Book) -> None:
    assert index(FORM).questions["source"].read_only
    required = definition(section("s", question("h", "hidden", required=True)), kind="form")
    assert "unasked" in [problem.code for problem in check(required)]


@pytest.mark.parametrize(("count", "codes"), [(2, []), (20, []), (21, ["settings"])])
def test_twenty_choices_can_be_put_in_order(count: int, codes: list[str]) -> None:
    asked = question("rank", "rank", choices=[f"c{at}" for at in range(count)])
    found = check(definition(section("s", asked), kind="form"))
    assert [problem.code for problem in found] == codes


@pytest.mark.parametrize(("minimum", "maximum"), [("0", "1"), ("-1", "0"), ("0", "20")])
def test_a_scale_with_points_is_published(minimum: str, maximum: str) -> None:
    asked = question("scale", "scale", minimum=minimum, maximum=maximum)
    assert check(definition(section("s", asked), kind="form")) == ()


@pytest.mark.parametrize(
    ("minimum", "maximum"), [("0", "0"), ("5", "1"), ("0.5", "4"), ("0", "21"), (None, "5")]
)
def test_a_scale_without_points_is_not_published(minimum: Any, maximum: Any) -> None:
    asked = question("scale", "scale", minimum=minimum, maximum=maximum)
    found = check(definition(section("s", asked), kind="form"))
    assert [problem.code for problem in found] == ["settings"]
