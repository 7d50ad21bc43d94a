"""Numbers: at most 12 decimals, below 10^15, exact sums, half-even rounding, one way of writing."""

import pytest

from tests.definitions import definition, question, section
from tests.spec.book import Book, given

BIG = "999999999999999.999999999999"
SMALL = "0.000000000001"


@pytest.mark.parametrize(
    ("operator", "left", "right", "expected"),
    [
        ("add", "0.1", "0.2", "0.3"),
        ("add", BIG, "-" + BIG, "0"),
        ("add", "999999999999999", "0.999999999999", BIG),
        ("sub", "0.3", "0.3", "0"),
        ("sub", "-1", "-1.5", "0.5"),
        ("mul", "0.000001", "0.000001", SMALL),
        ("mul", SMALL, "0.5", "0"),
        ("mul", SMALL, "1.5", "0.000000000002"),
        ("mul", SMALL, "2.5", "0.000000000002"),
        ("mul", "-" + SMALL, "1.5", "-0.000000000002"),
        ("mul", "-" + SMALL, "0.5", "0"),
        ("div", "1", "3", "0.333333333333"),
        ("div", "2", "3", "0.666666666667"),
        ("div", "-2", "3", "-0.666666666667"),
        ("div", SMALL, "2", "0"),
        ("div", "0.000000000003", "2", "0.000000000002"),
        ("div", "0.000000000005", "2", "0.000000000002"),
        ("div", "-0.000000000003", "-2", "0.000000000002"),
        ("div", "100", "10", "10"),
    ],
)
def test_arithmetic(book: Book, operator: str, left: str, right: str, expected: str) -> None:
    played = book.evaluate(
        [operator, ["answer", "n1"], ["answer", "n2"]], {"n1": left, "n2": right}
    )
    assert played.value("x") == expected
    assert played.codes("x") == []


@pytest.mark.parametrize(
    ("operator", "left", "right"),
    [
        ("add", BIG, SMALL),
        ("add", "999999999999999", "1"),
        ("sub", "-" + BIG, SMALL),
        ("mul", "100000000", "10000000"),
        ("mul", BIG, BIG),
        ("div", "999999999999999", SMALL),
        ("div", "1000", SMALL),
    ],
)
def test_what_leaves_the_range_is_missing_and_a_problem(
    book: Book, operator: str, left: str, right: str
) -> None:
    played = book.evaluate(
        [operator, ["answer", "n1"], ["answer", "n2"]], {"n1": left, "n2": right}
    )
    assert played.value("x") is None
    assert played.codes("x") == ["range"]


def test_division_by_zero_is_missing_without_a_problem(book: Book) -> None:
    played = book.evaluate(["div", ["answer", "n1"], ["answer", "n2"]], {"n1": "1", "n2": "0"})
    assert (played.value("x"), played.codes("x")) == (None, [])


def test_a_sum_over_entries_leaves_the_range_at_its_end_only(book: Book) -> None:
    total = ["sum", ["each", "r", "en"]]
    inside = book.evaluate(total, {}, [{"en": BIG}, {"en": BIG}, {"en": "-" + BIG}])
    assert inside.value("x") == BIG
    outside = book.evaluate(total, {}, [{"en": BIG}, {"en": SMALL}])
    assert (outside.value("x"), outside.codes("x")) == (None, ["range"])


@pytest.mark.parametrize(
    "value",
    [
        "2.0",
        "-0",
        "0.0",
        "+1",
        "1e3",
        "01",
        ".5",
        "5.",
        "1000000000000000",
        "0.0000000000001",
        "",
        " 1",
        "1\n",
        "٣",
        "NaN",
        2,
        2.5,
        True,
        ["2"],
        {"2": 2},
        10**400,
    ],
)
def test_another_way_of_writing_is_refused(book: Book, value: object) -> None:
    played = book.play(
        definition(section("s", question("n", "decimal", scale=12)), kind="form"), given(n=value)
    )
    assert played.refused == "type"
    assert played.state["answers"] == {}
