"""The words that values themselves need, in each language: days near today, weekdays, months, hours with a name, words that mean nothing."""

from typing import Any

import pytest

from builder.values.dates import add_days
from tests.definitions import definition, question, section
from tests.spec.book import READ_ON, UNREADABLE, Book

FORM = definition(
    section(
        "s",
        question("number", "decimal", scale=12),
        question("date", "date"),
        question("time", "time"),
        question("moment", "date_time"),
        question("partial", "partial_date"),
        question("sure", "yes_no"),
    ),
    kind="form",
)
BAD = UNREADABLE
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
}
WEEKDAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
}
# By weekday of READ_ON, a Wednesday: the latest one up to today.
LATEST = ["2026-03-16", "2026-03-17", "2026-03-18", "2026-03-12", "2026-03-13", "2026-03-14"]
LATEST += ["2026-03-15"]


@pytest.mark.parametrize(
    ("language", "word", "days"),
    [
        ("en", "today", 0),
        ("en", "yesterday", -1),
        ("en", "tomorrow", 1),
        ("en", "day before yesterday", -2),
        ("fr", "aujourd'hui", 0),
        ("fr", "aujourdhui", 0),
        ("fr", "hier", -1),
        ("fr", "demain", 1),
        ("fr", "avant-hier", -2),
        ("nl", "vandaag", 0),
        ("nl", "gisteren", -1),
        ("nl", "morgen", 1),
        ("nl", "eergisteren", -2),
        ("nl", "overmorgen", 2),
        ("de", "heute", 0),
        ("de", "gestern", -1),
        ("de", "morgen", 1),
        ("de", "vorgestern", -2),
        ("de", "übermorgen", 2),
        ("en", "hier", -1),
        ("xx", "+2", 2),
        ("en", "-10", -10),
        ("en", "1 day ago", -1),
        ("en", "in 2 days", 2),
        ("en", "in 1 day", 1),
        ("nl", "1 dag geleden", -1),
        ("nl", "3 dagen geleden", -3),
        ("nl", "over 1 dag", 1),
        ("de", "vor 1 tag", -1),
        ("de", "in 3 tagen", 3),
        ("fr", "il y a 1 jour", -1),
        ("fr", "dans 3 jours", 3),
        ("fr", "dans 9999 jours", 9999),
    ],
)
def test_days_near_today(book: Book, language: str, word: str, days: int) -> None:
    assert book.read(FORM, "date", word, language) == add_days(READ_ON, days)


@pytest.mark.parametrize("language", list(MONTHS))
def test_each_month_is_read_and_written(book: Book, language: str) -> None:
    for number, name in enumerate(MONTHS[language].split(), start=1):
        date = f"2025-{number:02d}-28"
        assert book.read(FORM, "date", f"28 {name} 2025", language) == date
        assert book.read(FORM, "partial", f"{name} 2025", language) == date[:7]
        dot = "." if language == "de" else ""
        assert book.shown(question("asked", "date"), date, language) == f"28{dot} {name} 2025"


@pytest.mark.parametrize("language", list(WEEKDAYS))
def test_each_weekday_is_the_latest_one(book: Book, language: str) -> None:
    for name, date in zip(WEEKDAYS[language].split(), LATEST, strict=True):
        assert book.read(FORM, "date", name, language) == date


@pytest.mark.parametrize(
    ("language", "word", "expected"),
    [
        ("fr", "di", LATEST[6]),
        ("nl", "di", LATEST[1]),
        ("de", "di", LATEST[1]),
        ("fr", "ma", LATEST[1]),
        ("nl", "ma", LATEST[0]),
        ("nl-BE", "ma", LATEST[0]),
        ("fr", "m", BAD),
        ("en", "1 ma 2025", BAD),
        ("en", "1 mar 2025", "2025-03-01"),
        ("fr", "1 juil 2025", "2025-07-01"),
        ("de", "1 jul 2025", "2025-07-01"),
    ],
)
def test_a_word_is_read_in_ones_own_language_first(
    book: Book, language: str, word: str, expected: Any
) -> None:
    assert book.read(FORM, "date", word, language) == expected


@pytest.mark.parametrize("word", ["the", "of", "le", "du", "de", "den", "der", "op", "am", "on"])
def test_a_word_that_means_nothing_may_stand_around(book: Book, word: str) -> None:
    assert book.read(FORM, "date", f"{word} 3 april 2025", "en") == "2025-04-03"
    assert book.read(FORM, "date", f"3 {word} april {word} 2025", "en") == "2025-04-03"


@pytest.mark.parametrize(
    ("word", "time"),
    [
        *((word, "12:00") for word in ("noon", "midday", "midi", "middag", "mittag")),
        *((word, "00:00") for word in ("midnight", "minuit", "middernacht", "mitternacht")),
    ],
)
def test_an_hour_with_a_name(book: Book, word: str, time: str) -> None:
    assert book.read(FORM, "time", word, "en") == time
    assert book.read(FORM, "moment", word, "en") == f"{READ_ON}T{time}"


@pytest.mark.parametrize(
    ("name", "typed", "expected"),
    [
        ("number", "0" * 59 + "7", "7"),
        ("number", "0" * 60 + "7", BAD),
        ("number", "9" * 15, "9" * 15),
        ("number", "1" + "0" * 15, BAD),
        ("number", "0.123456789012", "0.123456789012"),
        ("number", "0.1234567890120", "0.123456789012"),
        ("number", "0.1234567890123", BAD),
        ("number", "1,234,567.5", "1234567.5"),
        ("number", "1.234.567,5", "1234567.5"),
        ("number", "12,34,567.5", BAD),
        ("number", "1.5,5", BAD),
        ("number", "0,123", "0.123"),
        ("number", "1,2345", "1.2345"),
        ("number", "1234,567", "1234.567"),
        ("number", "-1,234", "-1234"),
        ("number", "+", BAD),
        ("number", "--1", BAD),
        ("number", "1-", BAD),
        ("date", "the " * 12 + "3 april 2026", "2026-04-03"),
        ("date", "the " * 12 + "3rd april 2026", BAD),
        ("moment", "the " * 10 + "of 3 april 2026 9:15", "2026-04-03T09:15"),
        ("moment", "the " * 10 + "the 3 april 2026 9:15", BAD),
        ("partial", "the " * 11 + "of of march 2019", "2019-03"),
        ("partial", "the " * 11 + "of the march 2019", BAD),
        ("time", "9" + " " * 100, "09:00"),
        ("date", "20251113", "2025-11-13"),
        ("date", "13112025", "2025-11-13"),
        ("date", "131125", "2025-11-13"),
        ("date", "251113", "2013-11-25"),
        ("date", "253113", BAD),
        ("date", "1311202", BAD),
        ("date", "003/4/2026", BAD),
        ("date", "3/004/2026", BAD),
        ("date", "3/4/026", BAD),
        ("date", "2026.4.3", "2026-04-03"),
        ("date", "2026 4 3", "2026-04-03"),
        ("date", "3 april 2025 12", BAD),
        ("date", "3 april may", BAD),
        ("date", "april 2025", BAD),
        ("date", "32 april 2025", BAD),
        ("date", "1st april 2025", "2025-04-01"),
        ("date", "2nd april 2025", "2025-04-02"),
        ("date", "4th april 2025", "2025-04-04"),
        ("date", "1ste april 2025", "2025-04-01"),
        ("date", "2de april 2025", "2025-04-02"),
        ("date", "21st of april 2025", "2025-04-21"),
        ("date", "april 30th, 2025", "2025-04-30"),
        ("date", "22nd april", "2026-04-22"),
        ("date", "2025 april 21st", "2025-04-21"),
        ("date", "2025 april 2025", BAD),
        ("partial", "30th april 2025", "2025-04-30"),
        ("moment", "21st april 2025 9:15", "2025-04-21T09:15"),
        ("date", "2e avril 2025", "2025-04-02"),
        ("date", "4xx april 2025", BAD),
        ("date", "3/4/36", "2036-04-03"),
        ("date", "3/4/37", "1937-04-03"),
        ("date", "17/9", "2025-09-17"),
        ("date", "18/9", "2025-09-18"),
        ("date", "16/9", "2026-09-16"),
        ("date", "29/2", "2028-02-29"),
        ("date", "31/12", "2025-12-31"),
        ("date", "0/4", BAD),
        ("date", "3/0", BAD),
        ("date", "+10000", BAD),
        ("time", "12:30 am", "00:30"),
        ("time", "1 am", "01:00"),
        ("time", "12 p.m", "12:00"),
        ("time", "0:00", "00:00"),
        ("time", "23.59", "23:59"),
        ("time", "9 heure", "09:00"),
        ("time", "a 9", "09:00"),
        ("time", "2359", "23:59"),
        ("time", "2360", BAD),
        ("time", "2400", BAD),
        ("moment", "at 9 am on the 3rd of april", "2026-04-03T09:00"),
        ("moment", "2026-03-16 9:05", "2026-03-16T09:05"),
        ("moment", "2026-02-30T09:05", BAD),
        ("moment", "9:15 3/4/2026", "2026-04-03T09:15"),
        ("moment", "3/4/2026 um 9 uhr 15", "2026-04-03T09:15"),
        ("moment", "um 9 uhr 15 am 3. april 2026", "2026-04-03T09:15"),
        ("partial", "12.2019", "2019-12"),
        ("partial", "2019/3", "2019-03"),
        ("partial", "0/2019", BAD),
        ("partial", "the march of 2019", "2019-03"),
        ("partial", "march 201", BAD),
        ("partial", "march 2019 3", "2019-03-03"),
        *((("sure", word, True)) for word in ("y", "true", "1", "o", "j", "ja", "vrai", "Yes.")),
        *((("sure", word, False)) for word in ("n", "false", "0", "non", "nee", "faux", "NO")),
        ("sure", "2", BAD),
    ],
)
def test_as_people_type_it(book: Book, name: str, typed: str, expected: Any) -> None:
    assert book.read(FORM, name, typed, "en") == expected
