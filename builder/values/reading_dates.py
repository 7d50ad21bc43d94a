"""Reading dates leniently: `3/4`, `yesterday`, `mon`, `last friday`, `-3`, `in 2 weeks`, `3 avril 2026`, ISO. The day comes
before the month.

A date without a year is the one nearest to today; a weekday is the latest one up to today; a year of two digits is
taken from the last 90 or the next 10 years. A question leans where it cannot lie otherwise: a date of birth back, a day
that must not be over ahead; then a year that is not said is one that fits. A word of the reader's own language wins; one that
other languages understand differently means nothing: it is better asked again than guessed.
"""

import re
from collections.abc import Callable, Set
from typing import Final, Literal

from builder.values.date_words import DATE_WORDS, DateWords
from builder.values.dates import add_days, add_months, civil, days_between, weekday
from builder.values.reading import LONGEST, folded

# Where a day lies if nothing says so: up to today, anywhere near, from today on.
Lean = Literal[-1, 0, 1]

_NUMBERS: Final = re.compile(r"[0-9]+(?:[./ -][0-9]+){1,2}")
_SHIFT: Final = re.compile(r"([+-])([0-9]{1,4})")
_ORDINAL: Final = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|er|e|ste|de)?")
_YEAR: Final = re.compile("[0-9]{4}")  # and not `21st`
SHORTEST_MONTH: Final = 3
SHORTEST_DAY: Final = 2
YEARS: Final = 8  # as far as the next 29 February


def _said(member: str, comma: str = " ") -> frozenset[str]:
    """The words that all languages have for one thing."""
    found = (word for words in DATE_WORDS.values() for word in getattr(words, member).split(comma))
    return frozenset(word for word in found if word)


FILLERS: Final = _said("fillers")
_LAST, _NEXT, _THIS = _said("last"), _said("next"), _said("this")
_BACK, _BACK_AFTER = _said("back", ","), _said("back_after", ",")
_AHEAD, _AHEAD_AFTER = _said("ahead", ","), _said("ahead_after", ",")
_UNITS: Final = {
    word: step
    for member, step in (
        ("days", (1, 0)),
        ("weeks", (7, 0)),
        ("some_months", (0, 1)),
        ("years", (0, 12)),
    )
    for word in _said(member)
}
_COUNTS: Final = {
    word: number
    for words in DATE_WORDS.values()
    for number, group in enumerate(words.counts.split(" "), start=1)
    for word in group.split("|")
}


def read_date(text: str, today: str, language: str, lean: Lean = 0) -> str | None:
    """The date meant, Missing for blank, "" for unreadable. Words of all our languages are understood."""
    word = folded(text)
    if not word:
        return None
    if len(word) > LONGEST:
        return ""
    return _Reading(today, language, lean).of(_bare(word)) or ""


def _bare(word: str) -> str:
    """Without what may stand before a day: `on`, `le`."""
    words = word.split(" ")
    while len(words) > 1 and words[0] in FILLERS:
        words.pop(0)
    return " ".join(words)


def _among(language: str, meanings: Callable[[DateWords], Set[int]]) -> int | None:
    """What a word means in the reader's own language, else in the others where these agree."""
    own = DATE_WORDS.get(language.split("-")[0].lower())
    found = meanings(own) if own else frozenset()
    if not found:
        found = frozenset().union(*map(meanings, DATE_WORDS.values()))
    return next(iter(found)) if len(found) == 1 else None


def month_of(word: str, language: str) -> int | None:
    """The month whose name begins so."""

    def meanings(words: DateWords) -> Set[int]:
        if word in words.short_months:
            return {words.short_months[word]}
        names = enumerate(folded(words.months).split(), start=1)
        return {number for number, name in names if name.startswith(word)}

    return _among(language, meanings) if len(word) >= SHORTEST_MONTH else None


def _weekday_of(word: str, language: str) -> int | None:
    """The weekday whose name begins so."""

    def meanings(words: DateWords) -> Set[int]:
        names = enumerate(words.weekdays.split())
        return {number for number, name in names if name.startswith(word)}

    return _among(language, meanings) if len(word) >= SHORTEST_DAY else None


def worded(word: str) -> tuple[list[str], list[str]]:
    """The words and the numbers of a date, without what means nothing."""
    parts = [part.strip(",.") for part in word.replace("-", " ").split()]
    parts = [part for part in parts if part not in FILLERS]
    names = [part for part in parts if not part[:1].isdigit()]
    return names, [part for part in parts if part[:1].isdigit()]


class _Reading:
    """What a folded text means to one reader on one day."""

    def __init__(self, today: str, language: str, lean: Lean) -> None:
        self.today = today
        self.language = language
        self.lean = lean

    def of(self, word: str) -> str | None:
        for reading in (self._near, self._shifted, self._beside, self._weekday, self._dated):
            found = reading(word)
            if found:
                return found
        return self._both(word)

    def _near(self, word: str) -> str | None:
        shift = _among(
            self.language, lambda words: {words.near[word]} if word in words.near else set()
        )
        return None if shift is None else add_days(self.today, shift)

    def _shifted(self, word: str) -> str | None:
        """`-3`, `2 weeks ago`, `in a month`."""
        found = _SHIFT.fullmatch(word)
        if found:
            return add_days(self.today, int(found[1] + found[2]))
        for direction, before, after in ((-1, _BACK, _BACK_AFTER), (1, _AHEAD, _AHEAD_AFTER)):
            told = _within(word, before, after)
            if told:
                return self._counted(told, direction)
        return None

    def _counted(self, told: str, direction: int) -> str | None:
        count, _, unit = told.partition(" ")
        number = int(count) if re.fullmatch("[0-9]{1,4}", count) else _COUNTS.get(count)
        if number is None or unit not in _UNITS:
            return None
        days, months = _UNITS[unit]
        if months:
            return add_months(self.today, direction * number * months)
        return add_days(self.today, direction * number * days)

    def _beside(self, word: str) -> str | None:
        """`last friday`, `vendredi prochain`: never today itself; `this friday` is the one of this week."""
        first, _, second = word.partition(" ")
        for said, name in ((first, second), (second, first)):
            wanted = _weekday_of(name, self.language)
            if wanted is None:
                continue
            ahead = (wanted - weekday(self.today)) % 7
            if said in _LAST:
                return add_days(self.today, ahead - 7)
            if said in _NEXT:
                return add_days(self.today, ahead or 7)
            if said in _THIS:
                return add_days(self.today, wanted - weekday(self.today))
        return None

    def _weekday(self, word: str) -> str | None:
        wanted = _weekday_of(word, self.language)
        if wanted is None:
            return None
        ahead = (wanted - weekday(self.today)) % 7
        return add_days(self.today, ahead - 7 if ahead and self.lean < 1 else ahead)

    def _dated(self, word: str) -> str | None:
        return self._numbers(word) or self._compact(word) or self._with_month(word)

    def _both(self, word: str) -> str | None:
        """`friday 3 april`: the day must be one."""
        name, _, rest = word.partition(" ")
        found = self._dated(_bare(rest)) if rest else None
        if not found or _weekday_of(name.rstrip(",."), self.language) != weekday(found):
            return None
        return found

    def _numbers(self, word: str) -> str | None:
        if not _NUMBERS.fullmatch(word):
            return None
        parts = re.split("[./ -]", word)
        if len(parts) == 3 and len(parts[0]) == 4:
            return self._day(parts[2], parts[1], parts[0])
        year = parts[2] if len(parts) == 3 else ""
        return self._day(parts[0], parts[1], year) or self._day(parts[1], parts[0], year)

    def _compact(self, word: str) -> str | None:
        if not re.fullmatch("[0-9]{6}|[0-9]{8}", word):
            return None
        found = self._day(word[:2], word[2:4], word[4:])
        if found or len(word) == 6:
            return found
        return self._day(word[6:], word[4:6], word[:4])

    def _with_month(self, word: str) -> str | None:
        names, numbers = worded(word)
        if len(names) != 1 or not 1 <= len(numbers) <= 2:
            return None
        month = month_of(names[0], self.language)
        if len(numbers) == 2 and _YEAR.fullmatch(numbers[0]):
            numbers.reverse()
        day = _ORDINAL.fullmatch(numbers[0])
        if not month or not day:
            return None
        return self._day(day[1], str(month), numbers[1] if len(numbers) == 2 else "")

    def _day(self, day: str, month: str, year: str) -> str | None:
        if len(day) > 2 or len(month) > 2 or not (year + day + month).isascii():
            return None
        if year and not year.isdigit():
            return None
        if not year:
            return self._without_year(int(day), int(month))
        if len(year) == 2:
            return self._in_century(int(day), int(month), int(year))
        return civil(int(year), int(month), int(day)) if len(year) == 4 else None

    def _in_century(self, day: int, month: int, short: int) -> str | None:
        """The last 90 or the next 10 years; where the day lies back, the latest such year."""
        this = int(self.today[:4])
        year = this - this % 100 + short
        while year > (this if self.lean < 0 else this + 10):
            year -= 100
        found = civil(year, month, day)
        late = self.lean < 0 and found is not None and found > self.today
        return civil(year - 100, month, day) if late else found

    def _without_year(self, day: int, month: int) -> str | None:
        this = int(self.today[:4])
        # The past comes first, so that it wins a tie; eight years reach the next 29 February.
        years = sorted(
            range(this - YEARS, this + YEARS + 1), key=lambda year: (abs(year - this), year)
        )
        dates = [found for year in years if (found := civil(year, month, day))]
        fits = [found for found in dates if self._leans(days_between(self.today, found))]
        return min(fits, key=lambda found: abs(days_between(found, self.today)), default=None)

    def _leans(self, days: int) -> bool:
        return days * self.lean >= 0


def _within(word: str, before: Set[str], after: Set[str]) -> str:
    """What stands behind one of these phrases, or before one of those."""
    for phrase in before:
        if word.startswith(f"{phrase} "):
            return word[len(phrase) + 1 :]
    for phrase in after:
        if word.endswith(f" {phrase}"):
            return word[: -len(phrase) - 1]
    return ""
