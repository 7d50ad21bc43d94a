"""What a person typed, read as names, dates and numbers; and what is stored for them."""

import pytest

from runtime.search.classes import terms_of
from runtime.search.query import Named, parse, phone_digits
from runtime.search.rerank import score

PERSON = Named("Ben", "De Smet", "1985-07-30", "+32470123456", "85073003328")


@pytest.mark.parametrize(
    "typed",
    ["30/07/1985", "30-7-1985", "30.07.1985", "1985-07-30", "desmet 30/7/1985", "30 07 1985"],
)
def test_a_birth_date_is_recognised(typed: str) -> None:
    query = parse(typed)
    assert (query.birth_date, query.numbers) == ("1985-07-30", ())


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0470 12 34 56", "0470123456"),
        ("+32 470/12.34.56", "32470123456"),
        ("85.07.30-033.28", "85073003328"),
        ("123456", "123456"),
    ],
)
def test_numbers_are_recognised(typed: str, number: str) -> None:
    assert parse(typed).numbers == (number,)


@pytest.mark.parametrize(
    "typed", ["0470123456", "+32470123456", "0032470123456", "32470123456", "470123456"]
)
def test_a_phone_number_is_compared_without_its_prefix(typed: str) -> None:
    assert phone_digits(typed) == "470123456"


@pytest.mark.parametrize("typed", ["", " ", "\x00", "?!", "12"])
def test_what_holds_nothing_to_search_is_an_empty_query(typed: str) -> None:
    query = parse(typed)
    assert query.empty or query.readings


def test_a_query_of_many_words_is_cut() -> None:
    assert all(len(reading) <= 8 for reading in parse("a b c d e f g h i j k " * 1000).readings)


@pytest.mark.parametrize(
    "typed", ["Ben De Smet", "De Smet Ben", "desmet ben", "Ben Smet", "smet, ben", "de smet"]
)
def test_a_person_whose_given_name_is_a_particle_is_found_in_any_order(typed: str) -> None:
    assert score(parse(typed), PERSON) > 0.8


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("0470123456", 1.0),
        ("123456", 1.0),
        ("123457", 0.0),
        ("85.07.30-033.28", 1.0),
        ("03328", 1.0),
        ("30/07/1985", 1.0),
        ("30/07/1984", 0.9),
        ("31/07/1985", 0.0),
    ],
)
def test_keys_must_be_equal(typed: str, found: float) -> None:
    assert score(parse(typed), PERSON) == pytest.approx(found)


def test_a_wrong_key_beside_a_right_name_finds_nobody() -> None:
    assert score(parse("ben de smet 0470999999"), PERSON) == 0.0


def test_no_short_prefix_and_no_year_is_stored() -> None:
    terms = terms_of(PERSON)
    assert not [value for kind, value in terms if kind.endswith("p") and len(value) < 3]
    assert "1985" not in {value for _, value in terms}


def test_facts_without_anything_have_no_terms() -> None:
    assert terms_of(Named()) == frozenset()
