"""How well an opened card answers a query, between 0 and 1. Pure.

Blind tokens only say that two names are near; the score decides on the words themselves.
"""

from functools import lru_cache

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


def _matched(reading: tuple[Asked, ...], card: list[Word], *, typing: bool) -> float:
    """Each asked word, longest first, takes the best unused word of the card."""
    last = reading[-1]
    free = list(range(len(card)))
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
    letters = sum(len(word.squashed) for word in card)
    left = sum(len(card[at].squashed) for at in free)
    return gained / total - LEFT_OVER * left / letters


def _squashed(reading: tuple[Asked, ...], given: str, family: str) -> float:
    """The whole query against the whole name, for words written together or apart."""
    text = "".join(asked.text for asked in reading)
    return (
        max(OSA.normalized_similarity(text, name) for name in (given + family, family + given))
        - JOINED
    )


def score_names(query: Query, facts: Named) -> float:
    """The best reading's score of the words; 0 for a card without names."""
    card = facts.given + facts.family
    if not card or not query.readings:
        return 0.0
    given = "".join(word.squashed for word in facts.given)
    family = "".join(word.squashed for word in facts.family)
    best = 0.0
    for reading in query.readings:
        best = max(best, _matched(reading, card, typing=query.typing))
        if len(reading) != len(card):
            best = max(best, _squashed(reading, given, family))
    return max(best, 0.0)


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
    if query.birth_date and query.birth_date != facts.birth_date:
        value -= OTHER_YEAR  # the day and month are right, the year is not
    return max(value, 0.0)


def _date_near(asked: str, date: str) -> bool:
    return bool(date) and asked[5:] == date[5:]
