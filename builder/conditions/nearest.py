"""Did you mean: the known word most like one that is not known."""

from collections.abc import Iterable
from typing import Final

from rapidfuzz import fuzz, process

LONGEST: Final = 63
# Of six letters two may stand elsewhere: `adn` is like `and`.
LIKE: Final = 66


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like this one; an empty text if none is."""
    if not word or len(word) > LONGEST:
        return ""
    found = process.extractOne(
        word, list(known), scorer=fuzz.ratio, processor=str.lower, score_cutoff=LIKE
    )
    return found[0] if found else ""
