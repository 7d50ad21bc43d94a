"""Names as the index and a query see them: folded, squashed, reduced to a skeleton.

The same rules serve both sides: a rule that is added changes what is stored, so its row says since which
normaliser it holds, and the index is turned (`manage.py turn_search`). Pure: no Django, no clock, no chance.
"""

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category, normalize

from anyascii import anyascii

PARTICLES = frozenset({
    "van", "de", "den", "der", "vande", "vanden", "vander", "ver", "le", "la", "du", "des",
    "del", "della", "di", "da", "dos", "d", "l", "t", "ten", "ter", "te", "het", "op", "el",
    "al", "ben", "ibn", "von", "zu", "st", "saint", "sint",
})  # fmt: skip


class Sound(NamedTuple):
    """A spelling and what is written for it in a skeleton, since a normaliser."""

    spelling: str
    sound: str
    since: int = 1


# Flemish and French spellings of one sound, replaced in this order.
SOUNDS = tuple(Sound(*row) for row in (
    ("sch", "s"), ("tsj", "s"), ("tch", "s"), ("ch", "g"), ("gh", "g"), ("ck", "k"), ("qu", "k"),
    ("cq", "k"), ("cx", "ks"), ("x", "ks"), ("ph", "f"), ("th", "t"), ("dt", "t"), ("ij", "i"),
    ("y", "i"), ("sz", "s"), ("cz", "s"), ("ce", "se"), ("ci", "si"), ("c", "k"), ("q", "k"),
    ("z", "s"), ("v", "f"), ("w", "f"), ("d", "t"), ("b", "p"), ("j", "i"),
))  # fmt: skip
LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "þ": "th"}
)
NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
LONGEST_WORD = 40
NEWEST = 1_000_000  # every rule there is


class Word(NamedTuple):
    """A word of a name: as squashed with its particles, and without them (else equal)."""

    squashed: str
    core: str


def words(text: str) -> list[str]:
    """The folded words of a text: accents dropped, other scripts transliterated."""
    folded = normalize("NFKD", text.lower().translate(LETTERS))
    folded = "".join(letter for letter in folded if category(letter) != "Mn")
    if not folded.isascii():
        folded = anyascii(folded).lower()
    return [word[:LONGEST_WORD] for word in NOT_A_LETTER.sub(" ", folded).split()]


def joined(parts: list[str]) -> list[Word]:
    """Surname words with their particles joined to the next word; the last word is never a particle."""
    found: list[Word] = []
    waiting = ""
    for number, part in enumerate(parts):
        if part in PARTICLES and number < len(parts) - 1:
            waiting += part
            continue
        found.append(Word(squashed=(waiting + part)[:LONGEST_WORD], core=part))
        waiting = ""
    return found


def plain(parts: list[str]) -> list[Word]:
    """Given names: each word stands for itself (Ben, Al and Del are names here)."""
    return [Word(squashed=part, core=part) for part in parts]


@lru_cache(maxsize=50_000)
def skeleton(word: str, normaliser: int = NEWEST) -> str:
    """The consonants one hears: equal for `deckers` and `dekkers`; by the rules that a normaliser knows."""
    for spelling, sound, since in SOUNDS:
        if since <= normaliser:
            word = word.replace(spelling, sound)
    if not word:
        return ""
    first = "a" if word[0] in "aeiou" else word[0]
    rest = [letter for letter in word[1:] if letter not in "aeiouh"]
    kept = first
    for letter in rest:
        if letter != kept[-1]:
            kept += letter
    return kept


def deletions(word: str) -> list[str]:
    """The word with one letter left out, each result once."""
    return list(dict.fromkeys(word[:at] + word[at + 1 :] for at in range(len(word))))
