"""Days as people type them. Beside the plain forms of the chapter on reading: weeks and months counted from today, the Friday
before or after, a weekday beside its date, days that are known to lie back or ahead."""

from typing import Any

import pytest

from tests.definitions import definition, question, section
from tests.spec.book import UNREADABLE, Book

TODAY = ["today"]
FORM = definition(
    section(
        "s",
        question("day", "date"),
        question("born", "date", fact="birth_date"),
        question("fell_ill", "date", maximum=TODAY),
        question("appointment", "date", minimum=TODAY),
        question("later", "date", minimum=["value", "date", "2026-03-18"]),
        question("who", "person"),
    ),
    kind="form",
)
BAD = UNREADABLE


@pytest.mark.parametrize(
    ("language", "typed", "expected"),
    [
        ("en", "a week ago", "2026-03-11"),
        ("en", "2 weeks ago", "2026-03-04"),
        ("en", "in 2 weeks", "2026-04-01"),
        ("en", "two weeks from now", "2026-04-01"),
        ("en", "in an hour", BAD),
        ("en", "a month ago", "2026-02-18"),
        ("en", "3 years ago", "2023-03-18"),
        ("en", "99999 days ago", BAD),
        ("en", "9999 years ago", BAD),
        ("fr", "il y a une semaine", "2026-03-11"),
        ("fr", "il y a deux semaines", "2026-03-04"),
        ("fr", "dans 15 jours", "2026-04-02"),
        ("fr", "d’ici 2 semaines", "2026-04-01"),
        ("fr", "il y a un mois", "2026-02-18"),
        ("fr", "il y a", BAD),
        ("nl", "een week geleden", "2026-03-11"),
        ("nl", "over twee weken", "2026-04-01"),
        ("nl", "binnen 3 maanden", "2026-06-18"),
        ("nl", "1 jaar geleden", "2025-03-18"),
        ("de", "vor einer Woche", "2026-03-11"),
        ("de", "vor zwei Wochen", "2026-03-04"),
        ("de", "in fünf Tagen", "2026-03-23"),
        ("de", "in 2 Monaten", "2026-05-18"),
        ("de", "vor", BAD),
        ("en", "2 weeks", BAD),
        ("en", "+14", "2026-04-01"),
    ],
)
def test_days_are_counted(book: Book, language: str, typed: str, expected: Any) -> None:
    assert book.read(FORM, "day", typed, language) == expected


@pytest.mark.parametrize(
    ("language", "typed", "expected"),
    [
        ("en", "last friday", "2026-03-13"),
        ("en", "next friday", "2026-03-20"),
        ("en", "this friday", "2026-03-20"),
        ("en", "this monday", "2026-03-16"),
        ("en", "last wednesday", "2026-03-11"),  # today is one
        ("en", "next wed", "2026-03-25"),
        ("en", "on friday", "2026-03-13"),
        ("en", "some friday", BAD),
        ("en", "last week", BAD),
        ("en", "the day before yesterday", "2026-03-16"),
        ("fr", "vendredi dernier", "2026-03-13"),
        ("fr", "vendredi passé", "2026-03-13"),
        ("fr", "lundi prochain", "2026-03-23"),
        ("fr", "ce vendredi", "2026-03-20"),
        ("fr", "le vendredi", "2026-03-13"),
        ("fr", "après-demain", "2026-03-20"),
        ("nl", "vorige vrijdag", "2026-03-13"),
        ("nl", "afgelopen zondag", "2026-03-15"),
        ("nl", "volgende maandag", "2026-03-23"),
        ("nl", "deze donderdag", "2026-03-19"),
        ("nl", "op vrijdag", "2026-03-13"),
        ("de", "letzten Freitag", "2026-03-13"),
        ("de", "nächsten Montag", "2026-03-23"),
        ("de", "diesen Donnerstag", "2026-03-19"),
        ("de", "am Freitag", "2026-03-13"),
        ("es", "last friday", "2026-03-13"),  # no words of one's own: those of all
    ],
)
def test_the_friday_before_or_after(book: Book, language: str, typed: str, expected: Any) -> None:
    assert book.read(FORM, "day", typed, language) == expected


@pytest.mark.parametrize(
    ("language", "typed", "expected"),
    [
        ("en", "friday 3 april", "2026-04-03"),
        ("en", "Friday, 3 April 2026", "2026-04-03"),
        ("en", "Saturday 3 April 2026", BAD),
        ("en", "fri 3/4", "2026-04-03"),
        ("en", "friday soon", BAD),
        ("fr", "vendredi 3 avril", "2026-04-03"),
        ("fr", "vendredi le 3 avril", "2026-04-03"),
        ("nl", "vr. 3 apr.", "2026-04-03"),
        ("de", "Freitag, den 3. April 2026", "2026-04-03"),
        ("de", "Fr., 3.4.", "2026-04-03"),
        ("fr", "le 3/4", "2026-04-03"),
        ("nl", "3 mrt", "2026-03-03"),
        ("nl", "op 3 maart", "2026-03-03"),
    ],
)
def test_what_stands_around_a_date(book: Book, language: str, typed: str, expected: Any) -> None:
    assert book.read(FORM, "day", typed, language) == expected


@pytest.mark.parametrize(
    ("language", "typed", "expected"),
    [
        ("nl", "di", "2026-03-17"),
        ("fr", "di", "2026-03-15"),
        ("en", "di", BAD),  # a Tuesday to some, a Sunday to others
        ("en", "do", "2026-03-12"),  # a Thursday to all who know it
        ("fr", "1 jui 2025", BAD),  # June or July
        ("fr", "1 juin 2025", "2025-06-01"),
        ("en", "t", BAD),
    ],
)
def test_what_may_mean_two_days_means_none(
    book: Book, language: str, typed: str, expected: Any
) -> None:
    assert book.read(FORM, "day", typed, language) == expected


@pytest.mark.parametrize(
    ("place", "typed", "expected"),
    [
        ("day", "3/4/30", "2030-04-03"),
        ("born", "3/4/30", "1930-04-03"),
        ("born", "3/4/26", "1926-04-03"),  # this year it has not come yet
        ("born", "3/3/26", "2026-03-03"),
        ("born", "30/2/30", BAD),
        ("born", "030485", "1985-04-03"),
        ("born", "3/4/2030", "2030-04-03"),  # as it was said: the bounds of the question tell
        ("day", "3/4", "2026-04-03"),
        ("fell_ill", "3/4", "2025-04-03"),
        ("fell_ill", "3 april", "2025-04-03"),
        ("fell_ill", "18/3", "2026-03-18"),
        ("fell_ill", "friday", "2026-03-13"),
        ("fell_ill", "29/2", "2024-02-29"),
        ("appointment", "3/3", "2027-03-03"),
        ("appointment", "friday", "2026-03-20"),
        ("appointment", "wednesday", "2026-03-18"),
        ("appointment", "last friday", "2026-03-13"),
        ("later", "3/3", "2026-03-03"),
        ("who", "birth_date: 3/4/30", {"birth_date": "1930-04-03"}),
    ],
)
def test_a_day_that_lies_back_or_ahead(book: Book, place: str, typed: str, expected: Any) -> None:
    assert book.read(FORM, place, typed) == expected
