"""What each question type says of itself, to editors and to screens: a change here is a change for people."""

from typing import Any

import pytest

from builder.question_types import QUESTION_TYPES, TYPES
from builder.question_types.base import Part

BOUNDS = (("minimum", "number", None), ("maximum", "number", None))
CHOICES = ("choices", "choices", ())
COUNTRY = ("country", "country", "BE")
# name, answer type, field, keyboard, icon, settings
ROWS: list[tuple[str, str, str, str, str, tuple[Any, ...]]] = [
    ("text", "text", "line", "text", "pilcrow", (("maximum_length", "whole", 2000), ("pattern", "pattern", ""))),
    ("long_text", "text", "area", "text", "draft", (("maximum_length", "whole", 5000),)),
    ("integer", "number", "line", "numeric", "order", BOUNDS),
    ("decimal", "number", "line", "decimal", "decimal", (("scale", "whole", 2), *BOUNDS)),
    ("scale", "number", "scale", "text", "sliders", (
        ("minimum", "figure", "0"), ("maximum", "figure", "10"), ("minimum_label", "label", None), ("maximum_label", "label", None))),
    ("date", "date", "line", "text", "date", (("minimum", "condition", None), ("maximum", "condition", None))),
    ("time", "time", "line", "text", "history", ()),
    ("date_time", "moment", "line", "text", "calendar", ()),
    ("partial_date", "partial", "line", "text", "calendar-check", ()),
    ("yes_no", "bool", "yes_no", "text", "check", ()),
    ("consent", "bool", "yes_no", "text", "lock-open", ()),
    ("choose_one", "one", "radios", "text", "radio-full", (CHOICES,)),
    ("choose_several", "many", "checks", "text", "tasks", (CHOICES,)),
    ("choose_from_list", "one", "list", "text", "list-ul", (CHOICES,)),
    ("rank", "ranked", "rank", "text", "list-ol", (CHOICES, ("places", "whole", 0))),
    ("phone", "text", "line", "tel", "mobile-alt", (COUNTRY,)),
    ("email", "text", "line", "email", "mail", ()),
    ("url", "text", "line", "url", "link", ()),
    ("national_number", "text", "line", "numeric", "user", (COUNTRY,)),
    ("iban", "text", "line", "text", "calendar-alt", ()),
    ("barcode", "text", "line", "text", "code", (("checksum", "option", "none"),)),
    ("quantity", "parts", "parts", "text", "decimal", (
        ("units", "choices", ()), ("decimals", "whole", 2), ("least", "figure", None), ("most", "figure", None))),
    ("person", "parts", "parts", "text", "user", ()),
    ("postal_address", "parts", "parts", "text", "home", ()),
    ("point", "parts", "parts", "text", "site", ()),
    ("matrix", "parts", "parts", "text", "table", (("rows", "choices", ()), CHOICES)),
    ("file", "parts", "file", "text", "doc-full", (("accepts", "option", "any"), ("largest", "whole", 10))),
    ("photo", "parts", "file", "text", "image", (("longest_side", "whole", 2000), ("largest", "whole", 10))),
    ("signature", "parts", "signature", "text", "edit", ()),
    ("hidden", "text", "none", "text", "no-view", (("maximum_length", "whole", 2000),)),
]  # fmt: skip
TRAITS = {
    "door": {"phone", "national_number", "iban"},
    "free": {"text", "long_text", "hidden"},
    "unasked": {"hidden"},
    "demanding": {"consent", "rank", "quantity", "point", "matrix"},
    "whole": {"quantity", "point"},
    "stored": {"file", "photo", "signature"},
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_what_it_declares(row: tuple[Any, ...]) -> None:
    kind = TYPES[row[0]]
    settings = tuple((one.name, one.kind, one.default) for one in kind.settings)
    told = (kind.name, kind.answer_type, kind.control, kind.keyboard, kind.icon, settings)
    assert told == row


def test_they_are_offered_in_this_order() -> None:
    assert [kind.name for kind in QUESTION_TYPES] == [row[0] for row in ROWS]


@pytest.mark.parametrize("trait", list(TRAITS))
def test_what_only_some_are(trait: str) -> None:
    assert {kind.name for kind in QUESTION_TYPES if getattr(kind, trait)} == TRAITS[trait]


def test_what_a_code_may_be_checked_for() -> None:
    (setting,) = TYPES["barcode"].settings
    assert [word for word, _label in setting.options] == ["none", "ean13", "gtin"]


@pytest.mark.parametrize(
    ("kind", "answer_type"),
    [
        ("text", "text"), ("number", "number"), ("date", "date"), ("one", "one"),
        ("email", "text"), ("phone", "text"),
    ],
)  # fmt: skip
def test_the_type_of_a_part(kind: str, answer_type: str) -> None:
    assert Part("p", "P", kind).answer_type == answer_type
    assert Part("p", "P").answer_type == "text"


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("person", ["given_name", "family_name", "birth_date", "phone", "email"]),
        ("postal_address", ["street", "number", "box", "postcode", "city", "country"]),
        ("point", ["latitude", "longitude", "accuracy"]),
    ],
)
def test_the_parts_that_are_always_the_same(kind: str, parts: list[str]) -> None:
    assert [part.name for part in TYPES[kind].parts(None)] == parts  # type: ignore[arg-type]
    assert all(isinstance(part.label, str) and part.label for part in TYPES[kind].parts(None))  # type: ignore[arg-type]
