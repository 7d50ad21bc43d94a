"""Why a row was found, and who stands together: tables, no database."""

import pytest

from runtime.search.grouping import Grouped, grouped
from runtime.search.query import Named, parse
from runtime.search.reasons import why

TODAY = "2026-11-27"
CARD = Named("Hélène", "Van den Berghe", "1985-07-30", "+32470123456", "85073003328")


def told(typed: str, card: Named = CARD, *, typing: bool = False) -> list[tuple[str, str]]:
    found = why(parse(typed, typing=typing, today=TODAY), card)
    return [(reason.code, reason.word) for reason in found.reasons]


def marked(typed: str, card: Named = CARD) -> list[str]:
    found = why(parse(typed, today=TODAY), card)
    return [card.given_name[a:b] for a, b in found.given] + [
        card.family_name[a:b] for a, b in found.family
    ]


@pytest.mark.parametrize(
    ("typed", "reasons"),
    [
        ("helene van den berghe", [("exact", "")]),
        ("HÉLÈNE Berghe", [("exact", "")]),
        ("van den berghe helene", [("exact", ""), ("swapped", "")]),
        ("elene vandenberghe", [("one_letter", "Hélène")]),
        ("helene vandenberg", [("begins", "Van den Berghe")]),
        ("helene berge", [("one_letter", "Van den Berghe")]),
        ("eleen vandenberghe", [("two_letters", "Hélène")]),
        ("helenevandenberghe", [("together", "")]),
        ("berghe 30/7/85", [("exact", ""), ("birth_date", "")]),
        ("30/7/1984", [("other_year", "")]),
        ("0470 12 34 56", [("phone", "")]),
        ("berghe 3456", [("exact", ""), ("phone_end", "")]),
        ("85.07.30-033.28", [("national_number", "")]),
        ("03328", [("national_end", "")]),
    ],
)
def test_each_reason(typed: str, reasons: list[tuple[str, str]]) -> None:
    assert told(typed) == reasons


@pytest.mark.parametrize(
    ("typed", "card", "reasons"),
    [
        ("decorte", Named("Jan", "De Korte"), [("one_letter", "De Korte")]),
        ("kwintens", Named("Jan", "Quintens"), [("two_letters", "Quintens")]),
        ("dekkersche", Named("Jan", "Deckersche"), [("one_letter", "Deckersche")]),
        ("filips", Named("Jan", "Phylips"), [("sounds", "Phylips")]),
    ],
)
def test_words_that_sound_alike(typed: str, card: Named, reasons: list[tuple[str, str]]) -> None:
    assert told(typed, card) == reasons


def test_a_word_that_is_being_typed_begins_the_name() -> None:
    assert told("hel", typing=True) == [("begins", "Hélène")]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("berghe", ["Van den Berghe"]),
        ("elene", ["Hélène"]),
        ("vandenberghe elene", ["Hélène", "Van den Berghe"]),
        ("0470123456", []),
    ],
)
def test_the_words_that_were_found_are_marked_as_they_are_written(
    typed: str, words: list[str]
) -> None:
    assert marked(typed) == words


def test_marks_fall_on_whole_words_in_any_script() -> None:
    assert marked("petrov", Named("Иван", "Петров")) == ["Петров"]
    assert marked("oneil", Named("Shaun", "O'Neil")) in (["Shaun", "O'Neil"], ["Neil"])


def test_people_of_one_telephone_stand_together_where_the_first_stood() -> None:
    cards = [
        Named("Luc", "Peeters", phone="+32470123456"),
        Named("An", "Janssens", phone="+32475000000"),
        Named("Eva", "Peeters", phone="0470 12 34 56"),
        Named("Tom", "Maes"),
        Named("Piet", "Claes", phone="+32475000000"),
        Named("Jo", "Maes"),
    ]
    assert grouped(cards) == [
        Grouped((0, 2), "household"),
        Grouped((1, 4), "same_phone"),
        Grouped((3,)),
        Grouped((5,)),
    ]
