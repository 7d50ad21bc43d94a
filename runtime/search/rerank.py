"""How well an opened card answers a query, between 0 and 1. Pure.

Blind tokens only say that two names are near; the score decides on the words themselves.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from rapidfuzz.distance import OSA, JaroWinkler

from runtime.search.names import Word, skeleton
from runtime.search.query import (
    NATIONAL_SHORT,
    SHORTEST_NUMBER,
    Asked,
    Named,
    Query,
    digits,
    phone_digits,
)

SAME_SOUND = 0.35  # of what is missing to 1, given back to words that sound alike
BEGINNING = 0.97
CORE = 0.03  # lost when a surname is found without its particles
LEFT_OVER = 0.2  # of the share of the card's letters that nobody asked for
JOINED = 0.01
OTHER_YEAR = 0.1
SURE = 0.72  # of a word; one letter off in four is 0.75
Pair = tuple[Asked, int]
Fitting = tuple[float, tuple[Asked, ...], list[Pair] | None]


@dataclass(frozen=True)
class Fit:
    """How a reading lies on a card: its words, in order, each with the place of the word it took; or all of it as one word."""

    pairs: tuple[Pair, ...]
    together: bool = False


@lru_cache(maxsize=50_000)
def alike(asked: str, word: str) -> float:
    """How like two words are, by edits and by sound."""
    if asked == word:
        return 1.0
    value = max(OSA.normalized_similarity(asked, word), JaroWinkler.similarity(asked, word) - 0.08)
    if skeleton(asked) == skeleton(word):
        value += (1 - value) * SAME_SOUND
    return value


def _pair(asked: str, word: Word, *, typing: bool) -> float:
    value = alike(asked, word.squashed)
    if word.core != word.squashed:
        value = max(value, alike(asked, word.core) - CORE)
    if typing and (word.squashed.startswith(asked) or word.core.startswith(asked)):
        value = max(value, BEGINNING)
    return value


def _matched(
    reading: tuple[Asked, ...], card: list[Word], *, typing: bool
) -> tuple[float, list[Pair]]:
    """Each asked word, longest first, takes the best unused word of the card: how well that fits, and who took which."""
    last = reading[-1]
    free = list(range(len(card)))
    pairs: list[Pair] = []
    total = gained = 0.0
    for asked in sorted(reading, key=lambda one: -len(one.text)):
        total += len(asked.text)
        if not free:
            continue
        unfinished = typing and asked is last
        values = [(_pair(asked.text, card[at], typing=unfinished), -at) for at in free]
        value, at = max(values)
        free.remove(-at)
        gained += value * len(asked.text)
        pairs.append((asked, -at))
    letters = sum(len(word.squashed) for word in card)
    left = sum(len(card[at].squashed) for at in free)
    return gained / total - LEFT_OVER * left / letters, pairs


def _squashed(reading: tuple[Asked, ...], given: str, family: str) -> float:
    """The whole query against the whole name, for words written together or apart."""
    text = "".join(asked.text for asked in reading)
    return (
        max(OSA.normalized_similarity(text, name) for name in (given + family, family + given))
        - JOINED
    )


def _fits(query: Query, facts: Named) -> Iterator[Fitting]:
    """How well each reading fits; without pairs where it was read as one word."""
    card = facts.given + facts.family
    if not card:
        return
    given = "".join(word.squashed for word in facts.given)
    family = "".join(word.squashed for word in facts.family)
    for reading in query.readings:
        value, pairs = _matched(reading, card, typing=query.typing)
        yield value, reading, pairs
        if len(reading) != len(card):
            yield _squashed(reading, given, family), reading, None


def score_names(query: Query, facts: Named) -> float:
    """The best reading's score of the words; 0 for a card without names."""
    best = 0.0
    for value, _, _ in _fits(query, facts):
        best = max(best, value)
    return best


def best_reading(query: Query, facts: Named) -> Fit | None:
    """How the words of the best reading found those of the card; None where there are none."""
    best = max(_fits(query, facts), key=itemgetter(0), default=None)
    if best is None:
        return None
    _, reading, pairs = best
    order = {id(asked): place for place, asked in enumerate(reading)}
    found = sorted(pairs or (), key=lambda pair: order[id(pair[0])])
    return Fit(tuple(found), together=pairs is None)


def surely(query: Query, facts: Named) -> bool:
    """Whether each word of the best reading is spelt nearly as the one it took: long words that are right do not outvote a short
    one that is not."""
    fit = best_reading(query, facts)
    card = facts.given + facts.family
    return fit is None or all(
        any(OSA.normalized_similarity(asked.text, form) >= SURE for form in card[at])
        for asked, at in fit.pairs
    )


def number_equals(number: str, facts: Named) -> bool:
    """Whether the digits are the card's national number, or its phone number or the end of one."""
    national = digits(facts.national_number)
    if national and (
        number == national or (len(number) == NATIONAL_SHORT and national.endswith(number))
    ):
        return True
    asked, phone = phone_digits(number), phone_digits(facts.phone)
    return bool(phone) and len(asked) >= SHORTEST_NUMBER and phone.endswith(asked)


def score(query: Query, facts: Named) -> float:
    """Keys must be equal; names may differ. A card that fails a key scores 0."""
    if not all(number_equals(number, facts) for number in query.numbers):
        return 0.0
    if query.birth_date and not _date_near(query.birth_date, facts.birth_date):
        return 0.0
    value = score_names(query, facts) if query.readings else 1.0
    if query.birth_dates and facts.birth_date not in query.birth_dates:
        value -= OTHER_YEAR  # the day and month are right, the year is not
    return max(value, 0.0)


def _date_near(asked: str, date: str) -> bool:
    return bool(date) and asked[5:] == date[5:]
