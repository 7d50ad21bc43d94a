"""Times of the day, moments and partial dates: no time zone; typed as people say them, kept as clocks and calendars do."""

from typing import Any

import pytest

from tests.definitions import definition, question, section
from tests.spec.book import UNREADABLE, Book, given

FORM = definition(
    section(
        "one",
        question("time", "time"),
        question("moment", "date_time"),
        question("partial", "partial_date"),
    ),
    kind="form",
)
BAD = UNREADABLE

ADMITTED = [
    ("time", "00:00"),
    ("time", "23:59"),
    ("moment", "2026-03-16T09:05"),
    ("moment", "1000-01-01T00:00"),
    ("partial", "2026"),
    ("partial", "2026-12"),
    ("partial", "2024-02-29"),
]
REFUSED: list[tuple[str, Any]] = [
    ("time", "24:00"),
    ("time", "9:05"),
    ("time", "09:60"),
    ("time", "09:05:00"),
    ("time", "09:05\n"),
    ("time", "٠٩:٠٥"),
    ("time", 905),
    ("time", ""),
    ("moment", "2026-03-16"),
    ("moment", "2026-03-16 09:05"),
    ("moment", "2026-02-29T09:05"),
    ("moment", "2026-03-16T24:00"),
    ("moment", "2026-03-16T09:05Z"),
    ("moment", ["2026-03-16T09:05"]),
    ("partial", "0999"),
    ("partial", "2026-13"),
    ("partial", "2026-3"),
    ("partial", "2026-02-29"),
    ("partial", "26"),
    ("partial", {}),
]
READ: list[tuple[str, str, str, Any]] = [
    ("time", "en", "14:30", "14:30"),
    ("time", "en", "9:05", "09:05"),
    ("time", "fr", "14h30", "14:30"),
    ("time", "fr", "14 h 30", "14:30"),
    ("time", "fr", "à 9h", "09:00"),
    ("time", "fr", "9 heures", "09:00"),
    ("time", "nl", "14u30", "14:30"),
    ("time", "nl", "om 9 uur", "09:00"),
    ("time", "de", "14.30 Uhr", "14:30"),
    ("time", "de", "um 9 Uhr 15", "09:15"),
    ("time", "en", "2:30 pm", "14:30"),
    ("time", "en", "2 p.m.", "14:00"),
    ("time", "en", "12 am", "00:00"),
    ("time", "en", "12pm", "12:00"),
    ("time", "en", "9 o'clock", "09:00"),
    ("time", "en", "1430", "14:30"),
    ("time", "en", "930", "09:30"),
    ("time", "en", "9", "09:00"),
    ("time", "en", "Noon", "12:00"),
    ("time", "de", "Mitternacht", "00:00"),
    ("time", "en", "24:00", BAD),
    ("time", "en", "13 pm", BAD),
    ("time", "en", "0 am", BAD),
    ("time", "en", "9:5", BAD),
    ("time", "en", "9:60", BAD),
    ("time", "en", "later", BAD),
    ("time", "en", "٩:٣٠", BAD),
    ("time", "en", "1" * 5000, BAD),
    ("time", "en", " ", None),
    ("moment", "en", "2026-03-16T14:30", "2026-03-16T14:30"),
    ("moment", "en", "2026-03-16 14:30:59.5", "2026-03-16T14:30"),
    ("moment", "en", "yesterday 14:30", "2026-03-17T14:30"),
    ("moment", "en", "yesterday at 2:30 pm", "2026-03-17T14:30"),
    ("moment", "en", "9 am on 3 april", "2026-04-03T09:00"),
    ("moment", "fr", "hier à 14h30", "2026-03-17T14:30"),
    ("moment", "nl", "gisteren om 9 uur", "2026-03-17T09:00"),
    ("moment", "de", "gestern um 14.30 Uhr", "2026-03-17T14:30"),
    ("moment", "en", "3/4/2026, 9:15", "2026-04-03T09:15"),
    ("moment", "de", "16.03.2026 9:15", "2026-03-16T09:15"),
    ("moment", "en", "noon tomorrow", "2026-03-19T12:00"),
    ("moment", "en", "14:30", "2026-03-18T14:30"),
    ("moment", "en", "midnight", "2026-03-18T00:00"),
    ("moment", "en", "yesterday", BAD),
    ("moment", "en", "3 april 2026", BAD),
    ("moment", "en", "3/4 1430", BAD),
    ("moment", "en", "16.03", BAD),
    ("moment", "en", "30/2 14:30", BAD),
    ("moment", "en", "2026-03-16T25:00", BAD),
    ("moment", "en", "soon at 9", BAD),
    ("moment", "en", "", None),
    ("moment", "en", "9 am on " + "x" * 60, BAD),
    ("partial", "en", "2019", "2019"),
    ("partial", "en", "3/2019", "2019-03"),
    ("partial", "en", "2019-03", "2019-03"),
    ("partial", "en", "march 2019", "2019-03"),
    ("partial", "fr", "août 2019", "2019-08"),
    ("partial", "nl", "2019 maart", "2019-03"),
    ("partial", "de", "Mär 2019", "2019-03"),
    ("partial", "en", "3/4/2019", "2019-04-03"),
    ("partial", "en", "3 april", "2026-04-03"),
    ("partial", "en", "yesterday", "2026-03-17"),
    ("partial", "en", "13/2019", BAD),
    ("partial", "en", "0999", BAD),
    ("partial", "en", "march", BAD),
    ("partial", "en", "march april 2019", BAD),
    ("partial", "en", "spring 2019", BAD),
    ("partial", "en", "٢٠١٩", BAD),
    ("partial", "en", "\u3000", None),
    ("partial", "en", "x" * 61, BAD),
]
SHOWN = [
    ("time", "09:05", "en", "09:05"),
    ("date_time", "2026-04-03T09:05", "en", "3 April 2026, 09:05"),
    ("date_time", "2026-04-03T09:05", "fr", "3 avril 2026, 09:05"),
    ("date_time", "2026-04-03T09:05", "de", "3. April 2026, 09:05"),
    ("partial_date", "2026", "nl", "2026"),
    ("partial_date", "2026-03", "en", "March 2026"),
    ("partial_date", "2026-03", "nl", "maart 2026"),
    ("partial_date", "2026-03", "de", "März 2026"),
    ("partial_date", "2026-03-16", "fr", "16 mars 2026"),
]


@pytest.mark.parametrize(("place", "value"), ADMITTED)
def test_the_door_admits(book: Book, place: str, value: str) -> None:
    assert book.play(FORM, given(**{place: value})).value(place) == value


@pytest.mark.parametrize(("place", "value"), REFUSED)
def test_the_door_refuses(book: Book, place: str, value: Any) -> None:
    played = book.play(FORM, given(**{place: value}))
    assert (played.refused, played.state["answers"]) == ("type", {})


@pytest.mark.parametrize(("place", "language", "typed", "expected"), READ)
def test_what_is_typed_means(
    book: Book, place: str, language: str, typed: str, expected: Any
) -> None:
    assert book.read(FORM, place, typed, language) == expected


@pytest.mark.parametrize(("kind", "value", "language", "shown"), SHOWN)
def test_people_read(book: Book, kind: str, value: str, language: str, shown: str) -> None:
    assert book.shown(question("asked", kind), value, language) == shown
