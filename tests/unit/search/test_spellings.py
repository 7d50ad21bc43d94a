"""The box understands: birth dates, phones, national numbers, and all of them beside names. A table, with today as 2026-11-27."""

import pytest

from runtime.search.query import Named, Query, parse
from runtime.search.rerank import score

TODAY = "2026-11-27"
BORN = "1981-03-12"

# What is typed; the days it can be.
DATES: list[tuple[str, tuple[str, ...]]] = [
    *[
        (typed, (BORN,))
        for typed in (
            "12/3/81", "12/03/1981", "12-03-1981", "12.3.1981", "12 03 1981", "12 3 81", "12-3-81", "12.03.81",
            "1981-03-12", "1981/3/12", "1981.03.12", "81-03-12",
            "12 maart 1981", "12 mrt 1981", "12 mrt. 81", "12e maart 1981", "12 MAART 1981", "12maart1981",
            "12 mars 1981", "12 Mars 81", "le 12 mars 1981",
            "12. März 1981", "12 Maerz 1981", "12. Mrz. 1981", "12.März 81",
            "March 12, 1981", "12 March 1981", "12th of March 1981", "Mar 12 1981", "mar. 12th, '81", "12-mar-1981",
            "1981 March 12",
        )
    ],
    ("1er août 1950", ("1950-08-01",)),
    ("1 févr. 1950", ("1950-02-01",)),
    ("2 déc 1950", ("1950-12-02",)),
    ("3 Jänner 1950", ("1950-01-03",)),
    ("3 juil. 1950", ("1950-07-03",)),
    ("3/25/1981", ("1981-03-25",)),  # no month 25: the other order
    ("12/3/15", ("2015-03-12",)),  # 1915 is too long ago
    ("12/3/20", ("1920-03-12", "2020-03-12")),
    ("12 mei 26", ("1926-05-12", "2026-05-12")),
    ("12/3/27", ("1927-03-12",)),  # 2027 has not come
    ("29/2/00", ("2000-02-29",)),
    ("29/2/1981", ()),
    ("31/4/1981", ()),
    ("jan peeters", ()),
    ("april may", ()),
    ("0470 12 03 56", ()),
    ("+32 470/12.03.56", ()),
    ("0470 12.03.56", ()),
    ("02/12.03.81", ()),
    ("81.03.12-033.28", ()),
    ("2026-000123", ()),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "days"), DATES)
def test_a_birth_date_is_read(typed: str, days: tuple[str, ...]) -> None:
    assert parse(typed, today=TODAY).birth_dates == days


def test_without_today_both_centuries_are_possible() -> None:
    assert parse("12/3/81").birth_dates == (BORN, "2081-03-12")


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("0470 12 03 56", ("0470120356",)),
        ("+32 (0)470/12.03.56", ("320470120356",)),
        ("0032470120356", ("0032470120356",)),
        ("81.03.12-033.28", ("81031203328",)),
        ("81 03 12 033 28", ("81031203328",)),
        ("81031203328", ("81031203328",)),
        ("120356", ("120356",)),
    ],
)
def test_numbers_are_read(typed: str, numbers: tuple[str, ...]) -> None:
    assert parse(typed, today=TODAY).numbers == numbers


def words_of(query: Query) -> list[str]:
    return [asked.text for asked in query.readings[-1]] if query.readings else []


@pytest.mark.parametrize(
    ("typed", "names", "days", "numbers"),
    [
        ("peeters 12/3/81", ["peeters"], (BORN,), ()),
        ("12 maart 1981 jan peeters", ["jan", "peeters"], (BORN,), ()),
        ("jan 12/3/81 peeters", ["jan", "peeters"], (BORN,), ()),
        ("peeters 1203", ["peeters"], (), ("1203",)),
        ("jan peeters 0470 12 03 56", ["jan", "peeters"], (), ("0470120356",)),
        ("peeters 0470120356 12/3/81", ["peeters"], (BORN,), ("0470120356",)),
        ("peeters 12/3/81 120356", ["peeters"], (BORN,), ("120356",)),
        ("peeters 12/3/1981 120356", ["peeters"], (BORN,), ("120356",)),
        ("peeters 81.03.12-033.28 12/3/81", ["peeters"], (BORN,), ("81031203328",)),
        ("van mars 5 mars 1981", ["van", "mars"], ("1981-03-05",), ()),
    ],
)
def test_names_dates_and_numbers_stand_beside_each_other(
    typed: str, names: list[str], days: tuple[str, ...], numbers: tuple[str, ...]
) -> None:
    query = parse(typed, today=TODAY)
    assert (words_of(query), query.birth_dates, query.numbers) == (names, days, numbers)


PERSON = Named("Jan", "Peeters", "1920-03-12", "+32470120056", "20031203328")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("12/3/20", 1.0),
        ("12/3/21", 0.9),
        ("+32 470 12 00 56", 1.0),
        ("0032 470/12.00.56", 1.0),
        ("0470-12-00-56", 1.0),
        ("120056", 1.0),
        ("0056", 1.0),  # the end of a number keeps its zeros
        ("20.03.12-033.28", 1.0),
        ("peeters jan 12 mars 1920 0056", 1.0),
    ],
)
def test_who_is_meant_is_found(typed: str, found: float) -> None:
    assert score(parse(typed, today=TODAY), PERSON) == pytest.approx(found)


@pytest.mark.parametrize(
    "typed",
    [
        "a" * 10_240, "%", "***", "_%_", "\x00\x01\x1b[31m", "\u202eabc\u202c", "🙂🙂", "' OR 1=1 --", "(a+)+$", "[[[", "\\",
        "12/3/" * 3000, "0 " * 5000, "9" * 10_000, "маrt", "ﷺ", "1.2.3.4.5.6.7.8", "jan 99 81", "99 mars 81",
    ],
)  # fmt: skip
def test_nothing_that_is_typed_breaks_the_reading(typed: str) -> None:
    query = parse(typed, today=TODAY)
    assert score(query, PERSON) <= 1.0


def test_signs_that_nobody_sees_are_no_part_of_a_name() -> None:
    assert parse("pee\u200bters\u202c").readings == parse("peeters").readings
