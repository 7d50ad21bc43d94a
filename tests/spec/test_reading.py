"""Lenient reading: what people type in numbers, dates and choices, on the server and in the browser."""

from typing import Any

import pytest

from builder.definition import index
from builder.problems import Problem
from builder.question_types import TYPES
from tests.definitions import definition, question, section
from tests.spec.book import READ_ON, UNREADABLE, Book

TODAY = READ_ON
FORM = definition(
    section(
        "s",
        question("text", maximum_length=5),
        question("integer", "integer"),
        question("decimal", "decimal", scale=3),
        question("date", "date"),
        question("yes_no", "yes_no"),
        question(
            "one",
            "choose_one",
            choices=[("red", {"en": "Red", "fr": "Rouge vif"}), ("blue", "Bleu")],
        ),
        question(
            "many",
            "choose_several",
            choices=[("red", {"en": "Red", "fr": "Rouge"}), ("blue", "Blue")],
        ),
    ),
    kind="form",
    languages=["en", "fr"],
)
BAD = UNREADABLE

ROWS: list[tuple[str, str, str, Any]] = [
    ("integer", "en", "42", "42"),
    ("integer", "en", " 1 234 ", "1234"),
    ("integer", "en", "1,234", "1234"),
    ("integer", "fr", "1.234", "1234"),
    ("integer", "en", "1'234'567", "1234567"),
    ("integer", "en", "007", "7"),
    ("integer", "en", "+3", "3"),
    ("integer", "en", "−3", "-3"),
    ("integer", "en", "-0", "0"),
    ("integer", "en", "3.0", "3"),
    ("integer", "en", "3.5", BAD),
    ("integer", "en", "three", BAD),
    ("integer", "en", "٣", BAD),
    ("integer", "en", "1e3", BAD),
    ("integer", "en", "", None),
    ("integer", "en", " \u00a0", None),
    ("decimal", "en", "1,5", "1.5"),
    ("decimal", "fr", "1,5", "1.5"),
    ("decimal", "en", "1.5", "1.5"),
    ("decimal", "fr", "1.234,5", "1234.5"),
    ("decimal", "en", "1,234.5", "1234.5"),
    ("decimal", "fr", "1 234,5", "1234.5"),
    ("decimal", "en", "1.234", "1.234"),
    ("decimal", "fr", "1,234", "1.234"),
    ("decimal", "en", "1.234.567", "1234567"),
    ("decimal", "en", "1.2.3", BAD),
    ("decimal", "en", "1,23.4,5", BAD),
    ("decimal", "en", ".5", "0.5"),
    ("decimal", "en", " ", None),
    ("decimal", "en", "5.", "5"),
    ("decimal", "en", ".", BAD),
    ("decimal", "en", "1.2345", BAD),
    ("decimal", "en", "1" * 16, BAD),
    ("decimal", "en", "9" * 100, BAD),
    ("date", "en", "2026-03-01", "2026-03-01"),
    ("date", "en", "3/4", "2026-04-03"),
    ("date", "en", "3/4/2025", "2025-04-03"),
    ("date", "en", "3.4.25", "2025-04-03"),
    ("date", "en", "3/4/85", "1985-04-03"),
    ("date", "en", "12-10", "2025-10-12"),
    ("date", "en", "3/25/2025", "2025-03-25"),
    ("date", "en", "03041985", "1985-04-03"),
    ("date", "en", "19850403", "1985-04-03"),
    ("date", "en", "030485", "1985-04-03"),
    ("date", "en", "29/2", "2028-02-29"),
    ("date", "en", "30/2/2026", BAD),
    ("date", "en", "today", TODAY),
    ("date", "fr", "HIER", "2026-03-17"),
    ("date", "nl", "eergisteren", "2026-03-16"),
    ("date", "de", "übermorgen", "2026-03-20"),
    ("date", "fr", "avant-hier", "2026-03-16"),
    ("date", "fr", "aujourd’hui", TODAY),
    ("date", "en", "-3", "2026-03-15"),
    ("date", "en", "3 days ago", "2026-03-15"),
    ("date", "fr", "il y a 3 jours", "2026-03-15"),
    ("date", "de", "vor 2 Tagen", "2026-03-16"),
    ("date", "nl", "over 2 dagen", "2026-03-20"),
    ("date", "en", "mon", "2026-03-16"),
    ("date", "en", "wed", TODAY),
    ("date", "en", "thu", "2026-03-12"),
    ("date", "fr", "mar", "2026-03-17"),
    ("date", "de", "Fr.", "2026-03-13"),
    ("date", "en", "3 april", "2026-04-03"),
    ("date", "en", "April 3rd, 2025", "2025-04-03"),
    ("date", "en", "the 3rd of april", "2026-04-03"),
    ("date", "fr", "1er août 2025", "2025-08-01"),
    ("date", "de", "3. März 2025", "2025-03-03"),
    ("date", "nl", "3 maart", "2026-03-03"),
    ("date", "en", "2025 april 3", "2025-04-03"),
    ("date", "en", "soon", BAD),
    ("date", "en", "32/1/2026", BAD),
    ("date", "en", "1/1/0999", BAD),
    ("date", "en", "٣/٤", BAD),
    ("date", "en", "", None),
    ("date", "en", "x" * 5000, BAD),
    ("date", "en", "3 april 2o25", BAD),
    ("date", "en", "3 april 025", BAD),
    ("date", "en", "3 april 20255", BAD),
    ("yes_no", "fr", "Oui", True),
    ("yes_no", "de", "nein", False),
    ("yes_no", "en", "perhaps", BAD),
    ("yes_no", "en", " ", None),
    ("one", "en", "RED", "red"),
    ("one", "fr", "rouge  vif", "red"),
    ("one", "en", "blue", "blue"),
    ("one", "en", "rouge vif", BAD),
    ("one", "en", "", None),
    ("many", "en", "blue; red", ["red", "blue"]),
    ("many", "fr", "Rouge", ["red"]),
    ("many", "en", "red, pink", BAD),
    ("many", "en", ",", None),
    ("text", "en", "  Ada\n", "Ada"),
    ("text", "en", "e\u0301", "é"),
    ("text", "en", "ab\r\ncd", "ab\ncd"),
    ("text", "en", "123456", BAD),
    ("text", "en", "a\x00", BAD),
    ("text", "en", "", None),
]


@pytest.mark.parametrize(("name", "language", "typed", "expected"), ROWS)
def test_what_is_typed_means(
    book: Book, name: str, language: str, typed: str, expected: Any
) -> None:
    assert book.read(FORM, name, typed, language) == expected


@pytest.mark.parametrize(
    ("type_name", "typed", "expected"),
    [
        ("phone", "0470 12 34 56", "+32470123456"),
        ("phone", "+33 1 42 68 53 00", "+33142685300"),
        ("phone", "12", BAD),
        ("phone", "call me", BAD),
        ("phone", "1" * 400, BAD),
        ("phone", " ", None),
        ("national_number", "85.07.30-033 28", "85073003328"),
        ("national_number", "85073003329", BAD),
        ("national_number", "", None),
        ("national_number", "9" * 400, BAD),
        ("iban", "be68 5390 0754 7034", "BE68539007547034"),
        ("iban", "DE89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        ("iban", "BE68 5390 0754 7035", BAD),
        ("iban", "BE68", BAD),
        ("iban", "my account", BAD),
        ("iban", " ", None),
        ("iban", "9" * 400, BAD),
    ],
)
def test_what_the_server_alone_reads(type_name: str, typed: str, expected: Any) -> None:
    form = definition(section("s", question("q", type_name)), kind="form")
    read = TYPES[type_name].read(typed, index(form).questions["q"].settings, TODAY, "en")
    assert (BAD if isinstance(read, Problem) else read) == expected
