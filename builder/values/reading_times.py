"""Reading times, moments and partial dates leniently: `14h30`, `2:30 pm`, `noon`; `yesterday at 9:15`; `march 2026`, `2026`.

Each function gives a canonical value, Missing for blank, or "" for unreadable. The browser's twin reads the same way.
"""

import re
from typing import Final

from builder.values.date_words import DATE_WORDS
from builder.values.reading import LONGEST, folded
from builder.values.reading_dates import month_of, read_date, worded
from builder.values.times import clock, is_partial

# Hours that have a name, in all our languages.
HOURS: Final = {
    word: hour
    for words in DATE_WORDS.values()
    for named, hour in ((words.noon, "12:00"), (words.midnight, "00:00"))
    for word in named.split()
}
_CLOCK: Final = re.compile(
    r"(?:(?:at|a|um|om) )?([0-9]{1,2})(?: ?(?:[:.hu]|uhr|uur|heures?) ?([0-9]{2})?)?"
    r" ?(?:h|uhr|uur|heures?|o'clock)?(?: ?([ap])\.?m)?"
)
_DIGITS: Final = re.compile(r"([0-9]{1,2})([0-9]{2})")
_ISO: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[t ]([0-9]{2}:[0-9]{2})(?::[0-9]{2}(?:\.[0-9]{1,9})?)?"
)
_MONTH_YEAR: Final = re.compile(r"([0-9]{1,2})[./ -]([0-9]{4})")
_YEAR_MONTH: Final = re.compile(r"([0-9]{4})[./ -]([0-9]{1,2})")
MOST_WORDS: Final = 4


def read_time(text: str) -> str | None:
    """The time of the day meant."""
    word = folded(text)
    if not word:
        return None
    return _time(word) or "" if len(word) <= LONGEST else ""


def _time(word: str) -> str | None:
    if word in HOURS:
        return HOURS[word]
    digits = _DIGITS.fullmatch(word)
    if digits:
        return clock(int(digits[1]), int(digits[2]))
    found = _CLOCK.fullmatch(word)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or "0")
    if not found[3]:
        return clock(hour, minute)
    if not 1 <= hour <= 12:
        return None
    return clock(hour % 12 + (12 if found[3] == "p" else 0), minute)


def read_moment(text: str, today: str, language: str) -> str | None:
    """A day and a time, in either order; a time alone is one of today."""
    word = folded(text)
    if not word:
        return None
    if len(word) > LONGEST:
        return ""
    iso = _ISO.fullmatch(word)
    if iso:
        return _joined(read_date(iso[1], today, language), _time(iso[2]))
    words = [part.strip(",") for part in word.split(" ")]
    for count in range(1, min(MOST_WORDS, len(words) - 1) + 1):
        for clock_words, day_words in (
            (words[-count:], words[:-count]),
            (words[:count], words[count:]),
        ):
            found = _joined(
                read_date(" ".join(day_words), today, language), _marked(" ".join(clock_words))
            )
            if found:
                return found
    # What can be a date is not taken for a time of today.
    return _joined(today, None if read_date(word, today, language) else _marked(word))


def _marked(word: str) -> str | None:
    """A time that says it is one: bare digits may be a year."""
    return None if re.fullmatch("[0-9]*", word) else _time(word)


def _joined(day: str | None, time: str | None) -> str:
    return f"{day}T{time}" if day and time else ""


def read_partial(text: str, today: str, language: str) -> str | None:
    """A year, a month of a year, or a date."""
    word = folded(text)
    if not word:
        return None
    if len(word) > LONGEST:
        return ""
    found = _month_of_year(word, language)
    return found if found and is_partial(found) else read_date(text, today, language)


def _month_of_year(word: str, language: str) -> str:
    if re.fullmatch("[0-9]{4}", word):
        return word
    numbers = _MONTH_YEAR.fullmatch(word)
    if numbers:
        return f"{numbers[2]}-{int(numbers[1]):02d}"
    numbers = _YEAR_MONTH.fullmatch(word)
    if numbers:
        return f"{numbers[1]}-{int(numbers[2]):02d}"
    names, years = worded(word)
    month = month_of(names[0], language) if len(names) == 1 else None
    if not month or len(years) != 1 or not re.fullmatch("[0-9]{4}", years[0]):
        return ""
    return f"{years[0]}-{month:02d}"
