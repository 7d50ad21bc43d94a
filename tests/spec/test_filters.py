"""Filters of choices: a choice is offered while the filter is true of it; a chosen one that is not offered reads as Missing, and is kept."""

from typing import Any

import pytest

from tests.definitions import calculation, definition, question, section
from tests.spec.book import Book, given


def town(name: str, province: str) -> dict[str, Any]:
    return {"name": name, "label": {"en": name}, "attributes": {"province": province}}


TOWNS = [
    town("luik", "liege"),
    town("hoei", "liege"),
    town("gent", "oost"),
    {"name": "other", "label": {"en": "Other"}},
]
SAME = ["eq", ["offered", "province"], ["answer", "province"]]
FORM = definition(
    section(
        "one",
        question("province", "choose_one", choices=["liege", "oost"]),
        question(
            "town",
            "choose_one",
            choices=TOWNS,
            choice_filter=["or", SAME, ["eq", ["offered", "name"], ["value", "one", "other"]]],
        ),
        question("visited", "choose_several", choices=TOWNS, choice_filter=SAME),
        calculation("at_home", "bool", ["eq", ["answer", "town"], ["value", "one", "gent"]]),
    ),
    kind="form",
)


@pytest.mark.parametrize(
    ("answers", "offered", "value"),
    [
        ({}, ["other"], None),
        ({"province": "liege"}, ["luik", "hoei", "other"], None),
        ({"province": "oost", "town": "gent"}, ["gent", "other"], "gent"),
        ({"province": "liege", "town": "gent"}, ["luik", "hoei", "other"], None),
        ({"town": "other"}, ["other"], "other"),
    ],
)
def test_cascading(book: Book, answers: Any, offered: list[str], value: str | None) -> None:
    played = book.play(FORM, given(**answers))
    shown = played.view["questions"]["town"]
    assert (shown["choices"], shown["value"]) == (offered, value)
    assert played.value("at_home") == (None if value is None else value == "gent")


def test_what_is_filtered_away_is_kept_and_comes_back(book: Book) -> None:
    away = given(province="oost", town="gent") + given(province="liege")
    played = book.play(FORM, away)
    assert played.view["questions"]["town"]["kept"]
    assert played.state["answers"]["town"] == "gent"
    assert book.play(FORM, away + given(province="oost")).value("town") == "gent"


def test_of_several_those_stay_that_are_offered(book: Book) -> None:
    both = given(province="liege", visited=["luik", "hoei"])
    assert book.play(FORM, both).value("visited") == ["luik", "hoei"]
    assert book.play(FORM, given(province="oost", visited=["luik", "gent"])).value("visited") == [
        "gent"
    ]
    assert book.play(FORM, both + given(province="oost")).value("visited") is None


def test_a_filter_changes_nothing_that_comes_before_it(book: Book) -> None:
    form = definition(
        section("hidden", question("first"), relevance=["answered", ["answer", "visited"]]),
        section("s", question("province", "choose_one", choices=["liege", "oost"])),
        section(
            "t",
            question("visited", "choose_several", choices=TOWNS, choice_filter=SAME),
            calculation(
                "big", "number", ["add", ["value", "number", "1"], ["value", "number", "2"]]
            ),
        ),
        kind="form",
    )
    played = book.play(form, given(province="oost"))
    assert played.view["path"] == ["s", "t"]
    assert not played.view["questions"]["first"]["relevant"]
    played = book.play(form, given(province="oost", visited=["gent"]) + given(province="liege"))
    assert played.view["path"] == ["s", "t"]
    assert played.view["questions"]["visited"]["choices"] == ["luik", "hoei"]
    assert played.value("big") == "3"


def test_nothing_is_offered_where_nothing_is_asked(book: Book) -> None:
    """Hidden and shown again, it offers what fits then."""
    form = definition(
        section(
            "s",
            question("province", "choose_one", choices=["liege", "oost"]),
            question("stays", "yes_no"),
            question(
                "town",
                "choose_one",
                choices=TOWNS,
                choice_filter=SAME,
                relevance=["eq", ["answer", "stays"], ["value", "bool", True]],
            ),
        ),
        kind="form",
    )
    asked = given(province="oost", stays=True)
    assert book.play(form, asked).view["questions"]["town"]["choices"] == ["gent"]
    hidden = book.play(form, asked + given(stays=False))
    assert hidden.view["questions"]["town"]["choices"] == []
    back = book.play(form, asked + given(stays=False, province="liege") + given(stays=True))
    assert back.view["questions"]["town"]["choices"] == ["luik", "hoei"]
