"""Files, photos and signatures: an answer names a file by id, name, kind, size and fingerprint; the bytes are no part of it."""

from typing import Any

import pytest

from builder.definition import check, index
from builder.question_types import TYPES
from tests.definitions import definition, line, question, section
from tests.spec.book import UNREADABLE, Book, given

PDF = {
    "id": "0123456789abcdef" * 2,
    "name": "letter.pdf",
    "media_type": "application/pdf",
    "size": "1200",
    "digest": "a1" * 32,
}
JPEG = PDF | {"name": "arm.jpg", "media_type": "image/jpeg"}
PNG = PDF | {"name": "signature.png", "media_type": "image/png"}
TYPED = {"typed": "Ann Maes"}
LARGE = ["gt", ["part", "letter", "size"], ["value", "number", "1000"]]
IS_PDF = ["eq", ["part", "letter", "media_type"], ["value", "text", "application/pdf"]]
ITEMS = (
    question("letter", "file"),
    question("scan", "file", settings={"accepts": "pictures"}),
    question("arm", "photo"),
    question("signed", "signature", required=True),
    question("why_large", relevance=LARGE),
    question("pages", relevance=IS_PDF),
    question("why_none", relevance=["not", ["answered", ["answer", "letter"]]]),
    line("said", "Thank you for {letter}, {signed}"),
)
FORM = definition(section("one", *ITEMS), kind="form", languages=["en", "fr"])
ADMITTED: list[tuple[str, Any, Any]] = [
    ("letter", PDF, PDF),
    ("letter", {**PDF, "name": "e\u0301.pdf"}, {**PDF, "name": "é.pdf"}),
    ("scan", JPEG, JPEG),
    ("arm", JPEG, JPEG),
    ("signed", PNG, PNG),
    ("signed", TYPED, TYPED),
]
EMPTY: list[tuple[str, Any]] = [("letter", {}), ("signed", {"typed": " "}), ("arm", None)]
REFUSED: list[tuple[str, Any, str]] = [
    ("letter", "letter.pdf", "type"),
    ("letter", [PDF], "type"),
    ("letter", {"name": "letter.pdf"}, "type"),
    ("letter", {**PDF, "data": "JVBERi0="}, "type"),
    ("letter", {**PDF, "id": "../../etc/passwd"}, "type"),
    ("letter", {**PDF, "id": PDF["id"].upper()}, "type"),
    ("letter", {**PDF, "digest": "a1"}, "type"),
    ("letter", {**PDF, "media_type": "text/html"}, "type"),
    ("letter", {**PDF, "name": "x" * 201}, "too_long"),
    ("letter", {**PDF, "size": 1200}, "type"),
    ("letter", {**PDF, "size": "1200.5"}, "type"),
    ("letter", {**PDF, "size": "0"}, "range"),
    ("letter", {**PDF, "size": "10485761"}, "range"),
    ("letter", TYPED, "type"),
    ("scan", PDF, "type"),
    ("arm", PNG, "type"),
    ("signed", JPEG, "type"),
    ("signed", {**PNG, **TYPED}, "type"),
    ("signed", {"typed": "x" * 201}, "too_long"),
]
READ: list[tuple[str, str, Any]] = [
    ("letter", " ", None),
    ("letter", "letter.pdf", UNREADABLE),
    ("arm", "{}", UNREADABLE),
    ("signed", " Ann Maes ", TYPED),
    ("signed", "", None),
    ("signed", "x" * 201, UNREADABLE),
]
SHOWN: list[tuple[int, Any, str]] = [
    (0, PDF, "letter.pdf"),
    (2, JPEG, "arm.jpg"),
    (3, PNG, "signature.png"),
    (3, TYPED, "Ann Maes"),
]


@pytest.mark.parametrize(("place", "value", "kept"), ADMITTED)
def test_the_door_admits(book: Book, place: str, value: Any, kept: Any) -> None:
    assert book.play(FORM, given(**{place: value})).value(place) == kept


@pytest.mark.parametrize(("place", "value"), EMPTY)
def test_wholly_empty_is_no_answer(book: Book, place: str, value: Any) -> None:
    assert book.play(FORM, given(**{place: value})).events == [
        {"event": "cleared", "place": place}
    ]


@pytest.mark.parametrize(("place", "value", "code"), REFUSED)
def test_the_door_refuses(book: Book, place: str, value: Any, code: str) -> None:
    played = book.play(FORM, given(**{place: value}))
    assert (played.refused, played.state["answers"]) == (code, {})


@pytest.mark.parametrize(("place", "typed", "expected"), READ)
def test_what_is_typed_means(book: Book, place: str, typed: str, expected: Any) -> None:
    assert book.read(FORM, place, typed, "en") == expected


@pytest.mark.parametrize(("at", "value", "shown"), SHOWN)
def test_people_read(book: Book, at: int, value: Any, shown: str) -> None:
    assert book.shown(ITEMS[at], value, "fr") == shown


@pytest.mark.parametrize(
    ("value", "relevant"),
    [
        (PDF, ["pages", "why_large"]),
        ({**PDF, "size": "1000"}, ["pages"]),
        ({**JPEG, "size": "9"}, []),
        (None, ["why_none"]),
    ],
)
def test_conditions_read_whether_there_is_a_file_its_size_and_its_kind(
    book: Book, value: Any, relevant: list[str]
) -> None:
    seen = book.play(FORM, given(letter=value)).view["questions"]
    assert [n for n in ("pages", "why_large", "why_none") if seen[n]["relevant"]] == relevant


def test_a_text_tells_the_files_name(book: Book) -> None:
    played = book.play(FORM, given(letter=PDF, signed=TYPED))
    assert played.view["texts"]["said"] == "Thank you for letter.pdf, Ann Maes"


@pytest.mark.parametrize(("value", "missing"), [(None, True), (PNG, False), (TYPED, False)])
def test_a_drawing_or_a_typed_name_is_a_signature(book: Book, value: Any, missing: bool) -> None:
    assert book.play(FORM, given(signed=value)).view["questions"]["signed"]["missing"] is missing


def test_a_table_tells_of_the_file_what_people_can_use() -> None:
    settings = index(FORM).questions["letter"].settings
    kind = TYPES["file"]
    assert kind.columns("f", settings) == ("f.name", "f.media_type", "f.size", "f.digest")
    assert kind.cells(PDF, settings) == ("letter.pdf", "application/pdf", "1200", PDF["digest"])
    assert kind.cells(None, settings) == ("", "", "", "")
    assert TYPES["signature"].cells(TYPED, settings) == ("Ann Maes", "", "", "", "")


@pytest.mark.parametrize(
    ("type_name", "settings"),
    [
        ("file", {"largest": 0}),
        ("file", {"largest": 11}),
        ("photo", {"longest_side": 199}),
        ("photo", {"longest_side": 4097}),
    ],
)
def test_what_the_house_cannot_keep_is_not_published(type_name: str, settings: Any) -> None:
    made = definition(section("one", question("f", type_name, settings=settings)), kind="form")
    assert [problem.code for problem in check(made)] == ["settings"]
