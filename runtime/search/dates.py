"""Birth dates as people write them: 12/3/81, 1981-03-12, "12 maart 1981", "March 12, 1981". Pure.

Day before month, as in our languages, unless only the other order is a day. A year of two digits is each year it can be:
not after today, and of somebody who may still live. To add a language: its words in MONTHS, each month in its row.
"""

import re
from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR, date
from unicodedata import category, normalize

# The words of each month in English, French, Dutch and German, folded: without accents, with their usual abbreviations.
MONTHS: tuple[str, ...] = (
    "january jan janvier janv januari januar janner jaenner",
    "february feb febr fevrier fevr fev februari februar feber",
    "march mar mars maart mrt marz maerz mrz",
    "april apr avril avr",
    "may mai mei",
    "june jun juin juni",
    "july jul juillet juil juli",
    "august aug aout augustus",
    "september sep sept septembre",
    "october oct octobre oktober okt",
    "november nov novembre",
    "december dec decembre dezember dez",
)
NUMBER_OF = {word: number for number, row in enumerate(MONTHS, 1) for word in row.split()}
MONTH = "(?P<month>" + "|".join(sorted(NUMBER_OF, key=len, reverse=True)) + r")(?![a-z])\.?"
DAY = r"(?<!\d)(?P<day>\d{1,2})(?:(?:st|nd|rd|th|er|ste|de|e)(?![a-z])|\.)?(?!\d)"
YEAR = r"(?P<year>(?:18|19|20)\d\d(?!\d)|'?\d\d(?!\d|[ ./\-]\d))"
BETWEEN = r"[\s,./\-]*"
IN_WORDS = (
    re.compile(rf"{DAY}{BETWEEN}(?:of\s+|de\s+|van\s+)?{MONTH}{BETWEEN}{YEAR}"),
    re.compile(rf"(?<![a-z]){MONTH}{BETWEEN}{DAY}{BETWEEN}{YEAR}"),
    re.compile(rf"(?<!\d)(?P<year>(?:18|19|20)\d\d){BETWEEN}{MONTH}{BETWEEN}{DAY}"),
)
FULL_YEAR = (
    re.compile(r"(?<!\d)(?P<y>(?:18|19|20)\d\d)[/.\-](?P<a>\d{1,2})[/.\-](?P<b>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<b>\d{1,2})[/.\- ](?P<a>\d{1,2})[/.\- ](?P<y>(?:18|19|20)\d\d)(?!\d)"),
)
# One mark twice: `12/3/81`, `12 03 81`; where it stands among other digits is asked apart.
SHORT_YEAR = re.compile(
    r"(?<!\d)(?P<one>\d{1,2})(?P<mark>[/.\- ])(?P<two>\d{1,2})(?P=mark)(?P<three>\d{2})(?!\d)"
)
MISREMEMBERED = 20  # years
NATIONAL_LENGTH = 11  # of a Belgian one, which begins with the day of birth
CENTURIES = (1900, 2000)
OLDEST = 110  # years; who is older is written with four digits
COMPLETE = 8  # digits: from here a number before a short date is one of its own

Dates = tuple[str, ...]


def fold(text: str) -> str:
    """Small letters without accents, each in its place: enough to know a month by."""
    parts = normalize("NFKD", text.lower())
    return "".join(letter for letter in parts if category(letter) != "Mn")


def take_dates(text: str, today: str = "") -> tuple[Dates, str]:
    """The first date in a folded text as each day it can be (two for a year of two digits, at times), and the text without it.

    `today` as 2026-11-27; without it both centuries are possible."""
    for pattern in IN_WORDS:
        for found in pattern.finditer(text):
            month, day = NUMBER_OF[found["month"]], int(found["day"])
            years = _years(found["year"].lstrip("'"), today)
            if dates := _dates(years, ((month, day),)):
                return dates, _without(text, found)
    for pattern in FULL_YEAR:
        for found in pattern.finditer(text):
            month, day = int(found["a"]), int(found["b"])
            if dates := _dates((int(found["y"]),), ((month, day), (day, month))):
                return dates, _without(text, found)
    return _take_short(text, today)


def born_of(national: str) -> Dates:
    """The days of birth that the digits of a national number may tell, of either century; none if it is no such number."""
    if len(national) != NATIONAL_LENGTH:
        return ()
    return _dates(_years(national[:2], ""), ((int(national[2:4]), int(national[4:6])),))


def near_years(date: str) -> Dates:
    """The same day in the years around, itself among them: a year is misremembered more easily than a day."""
    year = int(date[:4])
    years = range(max(year - MISREMEMBERED, MINYEAR), min(year + MISREMEMBERED, MAXYEAR) + 1)
    return _dates(years, ((int(date[5:7]), int(date[8:10])),))


def _take_short(text: str, today: str) -> tuple[Dates, str]:
    for found in SHORT_YEAR.finditer(text):
        if not _alone(text, found):
            continue
        one, two, three = found["one"], found["two"], found["three"]
        last = ((int(two), int(one)), (int(one), int(two)))
        dates = _dates(_years(three, today), last)
        if not dates and len(one) == len(three):  # 81-03-12
            dates = _dates(_years(one, today), ((int(two), int(three)),))
        if dates:
            return dates, _without(text, found)
    return (), text


def _alone(text: str, found: re.Match[str]) -> bool:
    """Whether a short date is no part of a telephone number: `0470 12 03 56` has none."""
    before, after = text[: found.start()], text[found.end() :]
    if re.match(r"[./\-()+]*\d", after) or re.search(r"[\d+][./\-()+]+$", before):
        return False
    if re.match(r"\s+[./\-()]*\d", after) and found["mark"] == " ":
        return False
    digits = re.search(r"(\+?\d[\d./()\-\s]*)\s+$", before)
    if digits is None:
        return True
    number = re.sub(r"\D", "", digits[1])
    return len(number) >= COMPLETE or (found["mark"] != " " and digits[1][0] not in "0+")


def _without(text: str, found: re.Match[str]) -> str:
    return text[: found.start()] + " " + text[found.end() :]


def _years(text: str, today: str) -> tuple[int, ...]:
    """The years that are meant, the likeliest first: the later century only where it has come, the earlier where one may still live."""
    year = int(text)
    if len(text) > len("81"):
        return (year,)
    found = [century + year for century in CENTURIES]
    if not today:
        return tuple(found)
    newest = int(today[:4])
    return tuple(one for one in found if newest - OLDEST <= one <= newest)


def _dates(years: Iterable[int], days: Iterable[tuple[int, int]]) -> Dates:
    """The first order of month and day that is a day at all, in each of the years."""
    for month, day in days:
        found = tuple(text for year in years if (text := _day(year, month, day)))
        if found:
            return found
    return ()


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
