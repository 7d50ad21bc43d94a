"""Texts with one spelling: e-mail and web addresses, barcodes. What is none is not an answer."""

from typing import Any

import pytest

from tests.definitions import definition, question, section
from tests.spec.book import UNREADABLE, Book, given

FORM = definition(
    section(
        "one",
        question("email", "email"),
        question("url", "url"),
        question("any", "barcode"),
        question("ean", "barcode", checksum="ean13"),
        question("gtin", "barcode", checksum="gtin"),
    ),
    kind="form",
)
LONG = "a" * 64
ROWS: list[tuple[str, str, str | None]] = [
    ("email", "ann@example.org", "ann@example.org"),
    ("email", " Ann.Maes+x @ Example.ORG ", "Ann.Maes+x@example.org"),
    ("email", "mailto:ann@example.org", "ann@example.org"),
    ("email", "<ann@example.org>", "ann@example.org"),
    ("email", f"{LONG}@example.org", f"{LONG}@example.org"),
    ("email", f"{LONG}a@example.org", None),
    ("email", "ann", None),
    ("email", "ann@localhost", None),
    ("email", "ann@@example.org", None),
    ("email", "ann..maes@example.org", None),
    ("email", ".ann@example.org", None),
    ("email", "ann@-example.org", None),
    ("email", "ann@example.o", None),
    ("email", "ann@exämple.org", None),
    ("email", "ann@example.org, bob@example.org", None),
    ("email", "ann@" + "a." * 5000 + "org", None),
    ("email", "\u017fann@example.org", None),
    ("url", "https://example.org", "https://example.org"),
    ("url", " Example.org/A?b=c#d ", "https://example.org/A?b=c#d"),
    ("url", "HTTP://Example.ORG:8080/Path", "http://example.org:8080/Path"),
    ("url", "https://example.org/é", "https://example.org/é"),
    ("url", "javascript:alert(1)", None),
    ("url", "JavaScript://example.org/%0aalert(1)", None),
    ("url", "java\tscript:alert(1)", None),
    ("url", "data:text/html,x", None),
    ("url", "ftp://example.org", None),
    ("url", "//example.org", None),
    ("url", "https://user:word@example.org", None),
    ("url", "https://good.org\\@evil.org", None),
    ("url", "https://example", None),
    ("url", "http\u017f://example.org", None),
    ("url", "https://example.org/a b", None),
    ("url", 'https://example.org/"onclick="x', None),
    ("url", "https://example.org/<script>", None),
    ("url", "https://example.org/" + "a" * 2000, None),
    ("url", "https://example.org/" + "a" * 1980, "https://example.org/" + "a" * 1980),
    ("url", "https://example.org/" + "a" * 1981, None),
    ("any", " AB-12 ", "AB-12"),
    ("any", "x" * 201, None),
    ("ean", "5 410188 031072", "5410188031072"),
    ("ean", "4006381333931", "4006381333931"),
    ("ean", "4006381333932", None),
    ("ean", "96385074", None),
    ("gtin", "9638-5074", "96385074"),
    ("gtin", "036000291452", "036000291452"),
    ("gtin", "10012345678902", "10012345678902"),
    ("gtin", "123", None),
    ("gtin", "٩٦٣٨٥٠٧٤", None),
]


@pytest.mark.parametrize(("place", "typed", "kept"), ROWS)
def test_a_code_has_one_spelling(book: Book, place: str, typed: str, kept: str | None) -> None:
    assert book.read(FORM, place, typed) == (kept or UNREADABLE)
    played = book.play(FORM, given(**{place: typed}))
    assert played.state["answers"] == ({place: kept} if kept else {})


@pytest.mark.parametrize("place", ["email", "url", "any", "ean", "gtin"])
def test_blank_is_no_answer(book: Book, place: str) -> None:
    assert book.read(FORM, place, " \u00a0\n") is None
    assert book.play(FORM, given(**{place: " "})).events == [{"event": "cleared", "place": place}]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (5, "type"),
        (["a@b.org"], "type"),
        ("a@b", "type"),
        ("x" * 3000, "too_long"),
        ("\ud800", "type"),
    ],
)
def test_what_is_no_code_is_refused(book: Book, value: Any, code: str) -> None:
    assert book.play(FORM, given(email=value)).refused == code
