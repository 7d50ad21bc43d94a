"""Did you mean: the known word most like one that is not known."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

LONGEST: Final = 63
LIKE: Final = 0.66
# Words of which so many letters differ in number cannot be alike enough; telling so early keeps a page of thousands quick.
FEWEST_IN_COMMON: Final = LIKE / (2 - LIKE)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like this one; an empty text if none is."""
    small = word.lower()
    if not small or len(small) > LONGEST:
        return ""
    by_small = {
        each.lower(): each
        for each in known
        if FEWEST_IN_COMMON <= len(each) / len(small) <= 1 / FEWEST_IN_COMMON
    }
    return next((by_small[found] for found in get_close_matches(small, by_small, 1, LIKE)), "")
