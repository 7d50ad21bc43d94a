"""Who is opened beside the likeliest: by the ends of numbers, in the years around, and where one word is right and another hardly."""

from collections import Counter
from typing import Any

import pytest

from runtime.search import classes
from runtime.search.dates import born_of, near_years
from runtime.search.index import answer
from runtime.search.names import NEWEST
from runtime.search.query import Named, parse
from runtime.search.rerank import score, surely
from tests.bench.population import Citizen
from tests.unit.search.test_index import add


def found_by(text: str) -> list[Any]:
    return [hit.party_id for hit in answer(parse(text))]


@pytest.fixture
def named(db: None) -> Any:
    """`named("Ann", "Peeters")`: somebody of that name is there."""

    def make(given: str, family: str, **more: str) -> Any:
        return add(
            Citizen(
                given, family, **{"birth_date": "", "phone": "", "national_number": "", **more}
            )
        ).pk

    return make


def test_whoever_has_the_right_surname_is_found_though_the_given_name_is_hardly_legible(
    named: Any,
) -> None:
    meant = named("Mathel", "Blanrnendael")
    named("Fadelle", "Blanrnendael-Laurkasaerts")
    assert meant in found_by("ftahel Blanrnendael")


def test_a_long_word_that_is_right_does_not_vouch_for_a_short_one() -> None:
    typed = parse("oamill Vercquosoux")
    wrong, right = Named("Emllel", "Vercquosoux"), Named("Oamil", "Vercquosoux")
    assert score(typed, wrong) > 0.9
    assert not surely(typed, wrong)
    assert surely(typed, right)


def test_a_national_number_is_asked_by_its_end_and_the_day_it_begins_with() -> None:
    assert classes.likeliest("85073003328") == (
        (("nl", "03328"),),
        (("bd", "1985-07-30"), ("bd", "2085-07-30")),
    )


def test_who_is_filed_under_another_day_is_found_by_their_national_number_all_the_same(
    named: Any,
) -> None:
    meant = named("Ann", "Peeters", birth_date="1984-01-01", national_number="85073003328")
    assert found_by("85.07.30-033.28") == [meant]


def test_a_long_number_that_begins_with_no_day_is_a_telephone() -> None:
    assert born_of("32470123456") == ()
    assert classes.likeliest("32470123456") == ((("ph", "123456"),),)


@pytest.mark.parametrize("number", ["1234", "12345", "123456"])
def test_a_short_number_is_asked_in_every_way_at_once(number: str) -> None:
    assert classes.likeliest(number) == ()


def test_a_foreign_number_is_found_whole_and_by_its_end(named: Any) -> None:
    meant = named("Ann", "Peeters", national_number="123456789")
    named("Ann", "Maes", national_number="623456789")
    assert found_by("123456789") == [meant]
    assert meant in found_by("56789")


def test_a_day_is_looked_for_in_the_years_around() -> None:
    years = near_years("1981-03-12")
    assert years[0] == "1961-03-12"
    assert years[-1] == "2001-03-12"
    assert len(years) == 41
    assert near_years("0001-01-01")[0] == "0001-01-01"
    assert len(near_years("2000-02-29")) == 11  # leap days


def test_words_run_together_are_stored_whole_and_by_sound_only() -> None:
    """Hardly two people share the letters left of `mariefrance`: each would be a token of its own."""
    one = Named("Marie-France", "Maes")
    kinds = Counter(
        kind for kind, value in classes.terms_of(one, NEWEST) if value.startswith("mariefr")
    )
    assert kinds == {"gw": 1}


def test_nobody_has_a_token_for_a_whole_number() -> None:
    told = {
        value
        for _kind, value in classes.terms_of(
            Named(phone="0470123456", national_number="85073003328")
        )
    }
    assert told == {"3456", "123456", "03328"}
