"""Civil dates: no time zone, compared as text; months clamp; years 1000 to 9999."""

import pytest

from tests.definitions import definition, question, section
from tests.spec.book import Book, given

D1, N1 = ["answer", "d1"], ["answer", "n1"]


@pytest.mark.parametrize(
    ("operator", "date", "number", "expected"),
    [
        ("add_days", "2024-02-28", "1", "2024-02-29"),
        ("add_days", "2026-02-28", "1", "2026-03-01"),
        ("add_days", "1900-02-28", "1", "1900-03-01"),
        ("add_days", "2000-02-28", "1", "2000-02-29"),
        ("add_days", "2100-12-31", "-365", "2099-12-31"),
        ("add_days", "2026-01-01", "-1", "2025-12-31"),
        ("add_days", "1000-01-01", "3287181", "9999-12-31"),
        ("add_days", "1000-01-01", "-1", None),
        ("add_days", "9999-12-31", "1", None),
        ("add_days", "2026-01-01", "0.5", None),
        ("add_days", "2026-01-01", "999999999999999", None),
        ("add_months", "2026-01-31", "1", "2026-02-28"),
        ("add_months", "2024-01-31", "1", "2024-02-29"),
        ("add_months", "2026-03-31", "-1", "2026-02-28"),
        ("add_months", "2026-12-15", "1", "2027-01-15"),
        ("add_months", "2026-01-15", "-13", "2024-12-15"),
        ("add_months", "1000-01-15", "-1", None),
        ("add_months", "9999-12-15", "1", None),
        ("add_months", "9999-11-15", "1", "9999-12-15"),
        ("add_months", "9999-12-15", "-107999", "1000-01-15"),
        ("add_months", "2026-01-15", "1.5", None),
        ("add_days", "1000-01-02", "-1", "1000-01-01"),
        ("add_days", "9999-12-30", "1", "9999-12-31"),
    ],
)
def test_adding(book: Book, operator: str, date: str, number: str, expected: str | None) -> None:
    assert book.evaluate([operator, D1, N1], {"d1": date, "n1": number}).value("x") == expected


@pytest.mark.parametrize(
    ("birth", "at", "expected"),
    [
        ("2000-02-29", "2001-02-28", "0"),
        ("2000-02-29", "2001-03-01", "1"),
        ("2000-02-29", "2004-02-29", "4"),
        ("1985-04-03", "2026-04-03", "41"),
        ("2026-04-03", "2026-04-02", None),
        ("2026-04-03", "2026-04-03", "0"),
        ("2026-04-03", "2027-04-02", "0"),
    ],
)
def test_age(book: Book, birth: str, at: str, expected: str | None) -> None:
    assert (
        book.evaluate(["age", D1, ["answer", "d2"]], {"d1": birth, "d2": at}).value("x")
        == expected
    )


@pytest.mark.parametrize(("today", "expected"), [("2026-03-16", "15"), ("2024-03-01", "-730")])
def test_today_is_given(book: Book, today: str, expected: str) -> None:
    since = ["days_between", ["value", "date", "2026-03-01"], ["today"]]
    assert book.evaluate(since, {}, today=today).value("x") == expected


@pytest.mark.parametrize(
    "value",
    [
        "2026-02-29",
        "1900-02-29",
        "2026-2-1",
        "0999-12-31",
        "10000-01-01",
        "2026-13-01",
        "2026-00-10",
        "2026-01-00",
        "2026-04-31",
        "20260101",
        "2026-01-01T00:00",
        "٢٠٢٦-٠١-٠١",
        20260101,
        "today",
    ],
)
def test_what_is_no_day_of_the_calendar_is_refused(book: Book, value: object) -> None:
    played = book.play(
        definition(section("s", question("d", "date")), kind="form"), given(d=value)
    )
    assert played.refused == "type"
