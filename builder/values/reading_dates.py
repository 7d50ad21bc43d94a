"""Reading dates leniently: `3/4`, `yesterday`, `mon`, `-3`, `3 avril 2026`, ISO. The day comes before the month.

A date without a year is the one nearest to today; a weekday is the latest one up to today; a year of two digits is
taken from the last 90 or the next 10 years.
"""

import re
from typing import Final

from builder.values.dates import add_days, civil, days_between, weekday
from builder.values.reading import LONGEST, folded
from builder.values.words import FILLERS, MONTHS, NEAR, WEEKDAYS

_NUMBERS: Final = re.compile(r"[0-9]+(?:[./ -][0-9]+){1,2}")
_SHIFT: Final = re.compile(r"([+-])([0-9]{1,4})")
_ORDINAL: Final = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|er|e|ste|de)?")
_YEAR: Final = re.compile("[0-9]{4}")  # and not `21st`
_AGO: Final = (
    (re.compile(r"([0-9]{1,4}) (?:days?|dagen|dag) (?:ago|geleden)"), -1),
    (re.compile(r"(?:vor|il y a) ([0-9]{1,4}) (?:tag|tagen|jours?)"), -1),
    (re.compile(r"(?:in|over|dans) ([0-9]{1,4}) (?:days?|dagen|dag|tag|tagen|jours?)"), 1),
)
SHORTEST_MONTH: Final = 3
SHORTEST_DAY: Final = 2


def read_date(text: str, today: str, language: str) -> str | None:
    """The date meant, Missing for blank, "" for unreadable. Words of all our languages are understood."""
    word = folded(text)
    if not word:
        return None
    if len(word) > LONGEST:
        return ""
    for reading in (_near, _shifted, _numbers, _compact, _weekday, _with_month):
        found = reading(word, today, language)
        if found:
            return found
    return ""


def _languages(language: str) -> list[str]:
    """Ours first: `mar` is a weekday in French and a month in English."""
    short = language.split("-")[0].lower()
    return sorted(MONTHS, key=lambda key: key != short)


def _near(word: str, today: str, language: str) -> str | None:
    for key in _languages(language):
        if word in NEAR[key]:
            return add_days(today, NEAR[key][word])
    return None


def _shifted(word: str, today: str, _language: str) -> str | None:
    found = _SHIFT.fullmatch(word)
    if found:
        return add_days(today, int(found[1] + found[2]))
    for pattern, direction in _AGO:
        found = pattern.fullmatch(word)
        if found:
            return add_days(today, direction * int(found[1]))
    return None


def _numbers(word: str, today: str, _language: str) -> str | None:
    if not _NUMBERS.fullmatch(word):
        return None
    parts = re.split("[./ -]", word)
    if len(parts) == 3 and len(parts[0]) == 4:
        return _day(parts[2], parts[1], parts[0], today)
    year = parts[2] if len(parts) == 3 else ""
    return _day(parts[0], parts[1], year, today) or _day(parts[1], parts[0], year, today)


def _compact(word: str, today: str, _language: str) -> str | None:
    if not re.fullmatch("[0-9]{6}|[0-9]{8}", word):
        return None
    found = _day(word[:2], word[2:4], word[4:], today)
    if found or len(word) == 6:
        return found
    return _day(word[6:], word[4:6], word[:4], today)


def _weekday(word: str, today: str, language: str) -> str | None:
    if len(word) < SHORTEST_DAY:
        return None
    for key in _languages(language):
        for number, name in enumerate(WEEKDAYS[key].split()):
            if name.startswith(word):
                return add_days(today, -((weekday(today) - number) % 7))
    return None


def worded(word: str) -> tuple[list[str], list[str]]:
    """The words and the numbers of a date, without what means nothing."""
    parts = [part.strip(",.") for part in word.replace("-", " ").split()]
    parts = [part for part in parts if part not in FILLERS]
    names = [part for part in parts if not part[:1].isdigit()]
    return names, [part for part in parts if part[:1].isdigit()]


def _with_month(word: str, today: str, language: str) -> str | None:
    names, numbers = worded(word)
    if len(names) != 1 or not 1 <= len(numbers) <= 2:
        return None
    month = month_of(names[0], language)
    if len(numbers) == 2 and _YEAR.fullmatch(numbers[0]):
        numbers.reverse()
    day = _ORDINAL.fullmatch(numbers[0])
    if not month or not day:
        return None
    return _day(day[1], str(month), numbers[1] if len(numbers) == 2 else "", today)


def month_of(word: str, language: str) -> int | None:
    """The month whose name begins so."""
    if len(word) < SHORTEST_MONTH:
        return None
    for key in _languages(language):
        for number, name in enumerate(folded(MONTHS[key]).split(), start=1):
            if name.startswith(word):
                return number
    return None


def _day(day: str, month: str, year: str, today: str) -> str | None:
    if len(day) > 2 or len(month) > 2 or not (year + day + month).isascii():
        return None
    if year and not year.isdigit():
        return None
    if not year:
        return _nearest(int(day), int(month), today)
    if len(year) == 2:
        this = int(today[:4])
        full = this - this % 100 + int(year)
        while full > this + 10:
            full -= 100
        return civil(full, int(month), int(day))
    return civil(int(year), int(month), int(day)) if len(year) == 4 else None


def _nearest(day: int, month: int, today: str) -> str | None:
    this = int(today[:4])
    # The past comes first, so that it wins a tie; eight years reach the next 29 February.
    years = sorted(range(this - 8, this + 9), key=lambda year: (abs(year - this), year))
    dates = [found for year in years if (found := civil(year, month, day))]
    return min(dates, key=lambda found: abs(days_between(found, today)), default=None)
