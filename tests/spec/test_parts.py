"""Answers in parts: an object from the names of the parts to their values; what is empty is absent, wholly empty is Missing."""

from typing import Any

import pytest

from builder.conditions import parse
from builder.definition import DefinitionUnreadable, check, describe, index, load
from builder.question_types import TYPES
from tests.definitions import calculation, data, definition, question, section
from tests.spec.book import UNREADABLE, Book, given

CHOICES = [("yes", {"en": "Yes", "fr": "Oui"}), ("no", {"en": "No", "fr": "Non"})]
ROWS = [("cough", {"en": "Cough", "fr": "Toux"}), ("constructor", "Constructor")]
UNITS = [("kg", {"en": "kilograms", "fr": "kilos"}), ("g", "grams")]
ITEMS = (
    question("weight", "quantity", units=UNITS, decimals=1, least="0", most="500"),
    question("person", "person"),
    question("home", "postal_address"),
    question("place", "point"),
    question("signs", "matrix", rows=ROWS, choices=CHOICES, required=True),
)
FORM = definition(section("one", *ITEMS), kind="form", languages=["en", "fr"])
BAD = UNREADABLE
ADMITTED: list[tuple[str, Any, Any]] = [
    ("weight", {"unit": "kg", "number": "72.5"}, {"number": "72.5", "unit": "kg"}),
    ("weight", {"number": "500", "unit": None}, {"number": "500"}),
    ("person", {"given_name": "e\u0301ric", "phone": " "}, {"given_name": "éric"}),
    ("person", {"email": "A@B.Org"}, {"email": "A@b.org"}),
    ("person", {"birth_date": "1985-04-03"}, {"birth_date": "1985-04-03"}),
    ("home", {"street": "Rue X; bte 3", "box": "a: b"}, {"street": "Rue X; bte 3", "box": "a: b"}),
    ("place", {"latitude": "-90", "longitude": "180"}, {"latitude": "-90", "longitude": "180"}),
    ("signs", {"constructor": "no"}, {"constructor": "no"}),
]
EMPTY: list[tuple[str, Any]] = [
    ("person", {}),
    ("person", {"given_name": " "}),
    ("home", {"city": None, "street": "\u00a0"}),
    ("signs", None),
]
REFUSED: list[tuple[str, Any, str]] = [
    ("weight", {"number": "500.1", "unit": "kg"}, "range"),
    ("weight", {"number": "-1"}, "range"),
    ("weight", {"number": "1.25"}, "type"),
    ("weight", {"number": 5}, "type"),
    ("weight", {"unit": "lb"}, "choice"),
    ("weight", {"unit": ["kg"]}, "type"),
    ("weight", {"number": "1", "note": "x"}, "type"),
    ("weight", "5 kg", "type"),
    ("weight", [], "type"),
    ("weight", True, "type"),
    ("person", {"given_name": "x" * 201}, "too_long"),
    ("person", {"given_name": "a\x00"}, "type"),
    ("person", {"email": "nobody"}, "type"),
    ("person", {"birth_date": "1985-02-30"}, "type"),
    ("person", {"birth_date": {}}, "type"),
    ("person", {"__proto__": "x"}, "type"),
    ("place", {"latitude": "90.1"}, "range"),
    ("place", {"accuracy": "-1"}, "range"),
    ("signs", {"toString": "yes"}, "type"),
    ("signs", {"cough": "maybe"}, "choice"),
]
READ: list[tuple[str, str, str, Any]] = [
    ("weight", "fr", "number: 72,5\nunit: kilos\n", {"number": "72.5", "unit": "kg"}),
    ("weight", "en", "number: 72.5; unit: KG", {"number": "72.5", "unit": "kg"}),
    ("weight", "en", "number: 600\nunit: kg\n", BAD),
    ("weight", "en", "number: many\n", BAD),
    ("weight", "en", "72 kg", BAD),
    (
        "person",
        "en",
        "given_name: Ann\nbirth_date: 3/4/85\n",
        {"given_name": "Ann", "birth_date": "1985-04-03"},
    ),
    ("person", "en", "email: Ann @ Example.ORG\n", {"email": "Ann@example.org"}),
    ("person", "en", "phone: 0470 12 34 56\n", {"phone": "0470 12 34 56"}),
    ("person", "en", "given_name: \n", None),
    ("person", "en", "birth_date: soon\n", BAD),
    ("home", "en", "street: Rue X; bte 3: b\n", {"street": "Rue X; bte 3: b"}),
    (
        "place",
        "fr",
        "latitude: 50,8503\nlongitude: 4.35\n",
        {"latitude": "50.8503", "longitude": "4.35"},
    ),
    ("place", "en", "latitude: 91\n", BAD),
    ("signs", "fr", "Toux: oui; constructor: non", {"cough": "yes", "constructor": "no"}),
    ("signs", "en", "cough: perhaps", BAD),
    ("signs", "en", " ; ", None),
]
SHOWN: list[tuple[int, Any, str, str]] = [
    (0, {"number": "72.5", "unit": "kg"}, "fr", "72,5 kilos"),
    (0, {"number": "72.5", "unit": "kg"}, "en", "72.5 kilograms"),
    (
        1,
        {"given_name": "Ann", "family_name": "Maes", "birth_date": "1985-04-03"},
        "nl",
        "Ann Maes, 3 april 1985",
    ),
    (1, {"phone": "0470", "email": "a@b.org"}, "en", "0470, a@b.org"),
    (
        2,
        {"street": "Veldstraat", "number": "5", "postcode": "9000", "city": "Gent"},
        "en",
        "Veldstraat 5, 9000 Gent",
    ),
    (
        3,
        {"latitude": "50.85", "longitude": "4.35", "accuracy": "10"},
        "fr",
        "50.85, 4.35 (± 10 m)",
    ),
    (4, {"cough": "yes", "constructor": "no"}, "fr", "Toux: Oui; Constructor: Non"),
]


@pytest.mark.parametrize(("place", "value", "kept"), ADMITTED)
def test_the_door_admits(book: Book, place: str, value: Any, kept: Any) -> None:
    played = book.play(FORM, given(**{place: value}))
    assert played.value(place) == kept


@pytest.mark.parametrize(("place", "value"), EMPTY)
def test_wholly_empty_is_no_answer(book: Book, place: str, value: Any) -> None:
    assert book.play(FORM, given(**{place: value})).events == [
        {"event": "cleared", "place": place}
    ]


@pytest.mark.parametrize(("place", "value", "code"), REFUSED)
def test_the_door_refuses(book: Book, place: str, value: Any, code: str) -> None:
    played = book.play(FORM, given(**{place: value}))
    assert (played.refused, played.state["answers"]) == (code, {})


@pytest.mark.parametrize(("place", "language", "typed", "expected"), READ)
def test_what_is_typed_means(
    book: Book, place: str, language: str, typed: str, expected: Any
) -> None:
    assert book.read(FORM, place, typed, language) == expected


@pytest.mark.parametrize(("at", "value", "language", "shown"), SHOWN)
def test_people_read(book: Book, at: int, value: Any, language: str, shown: str) -> None:
    assert book.shown(ITEMS[at], value, language) == shown


@pytest.mark.parametrize(
    ("place", "half", "whole"),
    [
        ("weight", {"number": "5"}, {"number": "5", "unit": "g"}),
        ("place", {"latitude": "5"}, {"latitude": "5", "longitude": "5"}),
        ("signs", {"cough": "yes"}, {"cough": "yes", "constructor": "no"}),
    ],
)
def test_half_an_answer_is_kept_and_told(book: Book, place: str, half: Any, whole: Any) -> None:
    assert book.play(FORM, given(**{place: half})).codes(place) == ["required"]
    assert book.play(FORM, given(**{place: whole})).codes(place) == []


def test_an_answer_in_parts_has_a_column_for_each() -> None:
    settings = index(FORM).questions["signs"].settings
    assert TYPES["matrix"].columns("s", settings) == ("s.cough", "s.constructor")
    assert TYPES["matrix"].cells({"cough": "yes"}, settings) == ("yes", "")
    assert TYPES["matrix"].cells(None, settings) == ("", "")
    assert TYPES["matrix"].column_labels(settings, "fr", "en") == ("Toux", "Constructor")


def test_a_condition_on_a_part_is_said_in_words() -> None:
    node = parse(["eq", ["part", "signs", "cough"], ["value", "one", "yes"]], "", [])
    assert describe(node, FORM) == "Signs: Cough is Yes"
    assert describe(node, FORM, "fr") == "Signs: Toux is Oui"


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        (["answered", ["part", "home", "planet"]], "unknown_part"),
        (["answered", ["part", "name", "city"]], "unknown_part"),
        (["answered", ["part", "nobody", "city"]], "unknown_reference"),
        (["gt", ["part", "home", "city"], ["value", "text", "1"]], "type_mismatch"),
        (["eq", ["part", "signs", "cough"], ["value", "one", "maybe"]], "type_mismatch"),
        (["eq", ["answer", "home"], ["answer", "home"]], "type_mismatch"),
    ],
)
def test_what_cannot_be_read_of_parts_is_not_published(expression: Any, code: str) -> None:
    more = question("late", relevance=expression)
    found = check(definition(section("one", *ITEMS, question("name"), more), kind="form"))
    assert code in [problem.code for problem in found]


def test_an_answer_in_parts_is_neither_written_out_nor_calculated() -> None:
    assert parse(["value", "parts", {"city": "Gent"}], "", []) is None
    made = data(section("one", *ITEMS), kind="form")
    made["sections"][0]["items"].append(calculation("c", "parts", ["answer", "home"]))
    with pytest.raises(DefinitionUnreadable):
        load(made)


def test_a_draft_that_reads_a_part_where_there_is_none_is_still_shown(book: Book) -> None:
    wrong = question("late", relevance=["answered", ["part", "name", "length"]])
    made = definition(section("one", question("name"), wrong), kind="form")
    assert not book.play(made, given(name="Ann")).view["questions"]["late"]["relevant"]
