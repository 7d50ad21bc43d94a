"""The classes of terms: what is stored of a fact, and what is asked for a word or a number, as tables. Pure.

A *term* is a kind and a value, `("sw", "peeters")`; the shell turns terms into blind tokens. A *group* is a list of terms of
which one must match; the groups of a search must all match. Whoever adds a class writes a row, with the number of the
normaliser since which it holds; then the index is turned (`manage.py turn_search`), and it is found by.
"""

from collections.abc import Callable, Iterable
from enum import IntEnum
from itertools import chain, pairwise
from typing import NamedTuple

from runtime.search import names
from runtime.search.dates import born_of
from runtime.search.names import NEWEST, Sound, Word, deletions, skeleton
from runtime.search.query import (
    AN_ENDING,
    CLASSES,
    NATIONAL_SHORT,
    Asked,
    Named,
    digits,
    phone_digits,
)

Term = tuple[str, str]
Group = tuple[Term, ...]
Strings = Callable[[str, int], list[str]]  # of a word and a normaliser
PREFIXES = (3, 4, 5, 7)
SHORTEST = PREFIXES[0]
PHONE_SUFFIXES = (4, 6)
EDITED_FROM = 4  # letters: shorter words must be right
ENDING_FROM = 5
ENDING = 4
BONES_FROM = 2  # letters of a skeleton that says something
BONES_EDITED_FROM = 6


class Leniency(IntEnum):
    """How far a word may be from what is meant; each asks for what the stricter ones ask, too."""

    EXACT = 1
    EDITED = 2
    SOUNDING = 3
    WIDE = 4
    AS_TYPED = 9  # alone: the last word, unfinished


class WordClass(NamedTuple):
    """A kind of terms of a word: what is stored of it, and what is asked from a leniency on."""

    kind: str  # after the letter of the name
    stored: Strings
    asked: Strings
    leniency: Leniency
    since: int = 1
    names: tuple[str, ...] = CLASSES
    run_together: bool = (
        False  # stored of all words of a name written as one, too: hardly any two share those
    )


class PairClass(NamedTuple):
    """A kind of terms of a given name and a surname together."""

    kind: str
    of: Callable[[str, str], list[str]]
    since: int = 1


class FactClass(NamedTuple):
    """A kind of terms of another fact: what is stored of it, and what is asked for what was typed."""

    kind: str
    fact: str  # of the card
    stored: Callable[[str], list[str]]
    asked: Callable[[str], list[str]]
    since: int = 1


def _whole(word: str, _: int) -> list[str]:
    return [word]


def _shorter(word: str, _: int) -> list[str]:
    return deletions(word) if len(word) >= EDITED_FROM else []


def _bones(word: str, normaliser: int) -> list[str]:
    bones = skeleton(word, normaliser)
    return [bones] if len(bones) >= BONES_FROM else []


def _fewer_bones(word: str, normaliser: int) -> list[str]:
    bones = skeleton(word, normaliser)
    return deletions(bones) if len(bones) >= BONES_EDITED_FROM else []


def _ending(word: str, _: int) -> list[str]:
    return [word[-ENDING:]] if len(word) >= ENDING_FROM else []


def _beginnings(word: str, _: int) -> list[str]:
    return [word[:length] for length in PREFIXES if length <= len(word)]


def _first_letters(word: str, _: int) -> list[str]:
    if len(word) < SHORTEST:
        return []
    return [word[: SHORTEST + (len(word) >= ENDING_FROM)]]


def _begun(word: str, _: int) -> list[str]:
    return _beginnings(word, 0)[-1:]


def _as_whole(word: str, _: int) -> list[str]:
    """Two letters are a whole word or nothing."""
    return [word] if len(word) < SHORTEST else []


def _nothing(_word: str, _normaliser: int = 0) -> list[str]:
    return []


WORDS: tuple[WordClass, ...] = (
    WordClass("w", _whole, _whole, Leniency.EXACT, run_together=True),
    # On both sides the deletions of a word meet for every edit of one letter.
    WordClass("w", _shorter, _shorter, Leniency.EDITED),
    WordClass("k", _bones, _bones, Leniency.SOUNDING, run_together=True),
    WordClass("k", _fewer_bones, _fewer_bones, Leniency.WIDE, names=("s",)),
    WordClass("e", _ending, _ending, Leniency.WIDE),
    WordClass("p", _beginnings, _first_letters, Leniency.WIDE),
    WordClass("p", _nothing, _begun, Leniency.AS_TYPED),
    WordClass("w", _nothing, _as_whole, Leniency.AS_TYPED),
)


def _given_and_beginning(given: str, family: str) -> list[str]:
    return [f"{given} {family[:SHORTEST]}"] if len(family) >= SHORTEST else []


PAIRS: tuple[PairClass, ...] = (
    # As one types: few have both, where each of them alone is had by thousands.
    PairClass("gs", _given_and_beginning),
)


def phone_ends(number: str) -> list[str]:
    """The ends of a phone number that are stored; the longest that fits is asked."""
    return [number[-length:] for length in PHONE_SUFFIXES if length <= len(number)]


def _all_digits(text: str) -> list[str]:
    return [number] if (number := digits(text)) else []


def _national_end(typed: str) -> list[str]:
    whole = len(typed) >= AN_ENDING
    return [typed[-NATIONAL_SHORT:]] if whole or len(typed) == NATIONAL_SHORT else []


def _date(text: str) -> list[str]:
    return [text] if text else []


NUMBERS: tuple[FactClass, ...] = (
    # Ends only: cards are opened and compared as a whole, and a token that nobody else has costs ten times one that some share.
    FactClass(
        "nl",
        "national_number",
        lambda text: [end[-NATIONAL_SHORT:] for end in _all_digits(text)],
        _national_end,
    ),
    FactClass(
        "ph",
        "phone",
        lambda text: phone_ends(phone_digits(text)),
        lambda typed: phone_ends(typed)[-1:],
    ),
)
DATES: tuple[FactClass, ...] = (FactClass("bd", "birth_date", _date, _date),)


def newest_normaliser() -> int:
    """The number of the normaliser that knows every rule and class."""
    tables = (names.SOUNDS, WORDS, PAIRS, NUMBERS, DATES)
    rows: Iterable[Sound | WordClass | PairClass | FactClass] = chain(*tables)
    return max(row.since for row in rows)


def _name_terms(name: str, parts: list[Word], normaliser: int) -> list[frozenset[Term]]:
    """A set for each word: a word's terms are salted by one draw."""
    rows = [row for row in WORDS if row.since <= normaliser and name in row.names]

    def terms(*forms: str, rows: list[WordClass] = rows) -> frozenset[Term]:
        return frozenset(
            (name + row.kind, value)
            for row in rows
            for form in forms
            for value in row.stored(form, normaliser)
        )

    found = [terms(part.squashed, part.core) for part in parts]
    if len(parts) > 1:  # "devos" finds "de vos" and "macdonald" finds "mac donald"
        whole = "".join(part.squashed for part in parts)
        found.append(terms(whole, rows=[row for row in rows if row.run_together]))
    return found


def _pair_terms(facts: Named, normaliser: int) -> list[frozenset[Term]]:
    rows = [row for row in PAIRS if row.since <= normaliser]
    return [
        frozenset((row.kind, value) for value in row.of(given.squashed, form))
        for row in rows
        for given in facts.given
        for family in facts.family
        for form in dict.fromkeys((family.squashed, family.core))
    ]


def terms_by_word(facts: Named, normaliser: int = NEWEST) -> list[frozenset[Term]]:
    """All terms under which a party is found, those of a word or another fact together."""
    found = _name_terms("g", facts.given, normaliser) + _name_terms("s", facts.family, normaliser)
    found += _pair_terms(facts, normaliser)
    for table in (NUMBERS, DATES):
        for row in table:
            if row.since <= normaliser:
                values = row.stored(getattr(facts, row.fact))
                found.append(frozenset((row.kind, value) for value in values))
    return [terms for terms in found if terms]


def terms_of(facts: Named, normaliser: int = NEWEST) -> frozenset[Term]:
    """All terms under which a party is found."""
    return frozenset(chain.from_iterable(terms_by_word(facts, normaliser)))


def asked_of(word: Asked, leniency: Leniency, normaliser: int = NEWEST) -> Group:
    """The terms of which one must be there for a word of a query."""
    rows = [row for row in WORDS if row.since <= normaliser and _asks(row, leniency)]
    return tuple(
        (name + row.kind, value)
        for row in rows
        for value in row.asked(word.text, normaliser)
        for name in word.classes
        if name in row.names
    )


def asked_of_pair(given: Asked, family: Asked, normaliser: int = NEWEST) -> Group:
    """The terms of which one must be there for a given name and the beginning of a surname."""
    rows = [row for row in PAIRS if row.since <= normaliser]
    return tuple((row.kind, value) for row in rows for value in row.of(given.text, family.text))


def _asks(row: WordClass, leniency: Leniency) -> bool:
    if leniency == Leniency.AS_TYPED:
        return row.leniency == leniency
    return row.leniency <= leniency


def asked_of_number(number: str, normaliser: int = NEWEST) -> Group:
    """The terms of which one must be there for a number of a query."""
    rows = [row for row in NUMBERS if row.since <= normaliser]
    return tuple((row.kind, value) for row in rows for value in row.asked(number))


def likeliest(number: str, normaliser: int = NEWEST) -> tuple[Group, ...]:
    """The groups that must all match where a long number is what it looks like: a national number that begins with the day of
    birth, or a telephone. Few are opened for them; none for who is filed otherwise."""
    groups = {
        row.fact: ((row.kind, value),)
        for row in NUMBERS
        if row.since <= normaliser
        for value in row.asked(number)
    }
    if len(number) < AN_ENDING:
        return ()
    if born := born_of(number):
        return groups["national_number"], tuple(("bd", day) for day in born)
    return (groups["phone"],)


def in_pairs(reading: tuple[Asked, ...]) -> list[tuple[Asked, ...]]:
    """The reading with each pair of neighbours written as one word."""
    return [
        (*reading[:at], Asked(one.text + two.text), *reading[at + 2 :])
        for at, (one, two) in enumerate(pairwise(reading))
    ]


def without_one(reading: tuple[Asked, ...]) -> list[tuple[Asked, ...]]:
    return (
        [reading[:at] + reading[at + 1 :] for at in range(len(reading))]
        if len(reading) > 1
        else []
    )
