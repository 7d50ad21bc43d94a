"""The tiers of a search, from strict to lenient, as data. Pure.

A tier is run only if the scores so far are poor: most searches end after one or two. The limits
bound how many cards are opened for one search.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from runtime.search.query import (
    NATIONAL_SHORT,
    Asked,
    Group,
    Query,
    Term,
    beginning,
    digits,
    edited,
    exact,
    in_pairs,
    phone_digits,
    phone_terms,
    sounding,
    wide,
    without_one,
)

Terms = Callable[[Asked], list[Term]]
Reading = tuple[Asked, ...]
TWO = 2


@dataclass(frozen=True)
class Step:
    """Groups to intersect; or, with `each`, one group of which some rows of every term are taken."""

    groups: tuple[Group, ...]
    limit: int
    each: bool = False


@dataclass(frozen=True)
class Tier:
    """Steps, and when the next tier is run: fewer than `enough` hits of at least `good`."""

    steps: tuple[Step, ...]
    enough: int
    good: float


def _key_groups(query: Query) -> tuple[Group, ...]:
    """A group for every key: each must match."""
    groups: list[Group] = []
    for number in query.numbers:
        phone = phone_digits(number)
        terms: list[Term] = [("nn", digits(number)), ("pf", phone)]
        terms += phone_terms(phone)[-1:]
        terms += [("nl", number)] if len(number) == NATIONAL_SHORT else []
        groups.append(tuple(terms))
    if query.birth_date:
        groups.append(tuple(("bd", day) for day in query.birth_dates))
    return tuple(groups)


def _steps(
    readings: list[Reading], terms: Terms, limit: int, keys: tuple[Group, ...]
) -> tuple[Step, ...]:
    found = [(*(tuple(terms(asked)) for asked in reading), *keys) for reading in readings]
    return tuple(Step(groups, limit) for groups in dict.fromkeys(found))


def _typed(query: Query, keys: tuple[Group, ...]) -> Tier:
    steps = [
        (*(tuple(exact(asked)) for asked in reading[:-1]), tuple(beginning(reading[-1])), *keys)
        for reading in query.readings
    ]
    return Tier(tuple(Step(groups, 60) for groups in dict.fromkeys(steps)), 1, 0.90)


def _one_word(word: Asked, keys: tuple[Group, ...]) -> list[Tier]:
    if keys:
        tiers = [_steps([(word,)], terms, 200, keys) for terms in (sounding, wide)]
    else:
        tiers = [
            (Step((tuple(terms(word)),), per_term, each=True),)
            for terms, per_term in ((sounding, 20), (wide, 40))
        ]
    return [Tier(tiers[0], 1, 0.78), Tier(tiers[1], 1, 0.78)]


def _several_words(readings: list[Reading], keys: tuple[Group, ...]) -> list[Tier]:
    pairs = list(dict.fromkeys(pair for reading in readings for pair in in_pairs(reading)))
    fewer = list(dict.fromkeys(rest for reading in readings for rest in without_one(reading)))
    return [
        Tier(_steps(readings, exact, 50, keys), 10, 0.985),
        Tier(_steps(readings, edited, 200, keys), 10, 0.93),
        Tier(_steps(readings, sounding, 400, keys), 1, 0.83),
        Tier(
            _steps(pairs, sounding, 100 if max(map(len, readings)) == TWO else 200, keys), 1, 0.83
        ),
        Tier(_steps(readings, wide, 500, keys), 1, 0.83),
        Tier(_steps(fewer, exact, 800, keys), 1, 0.83),
    ]


def tiers(query: Query) -> Iterator[Tier]:
    """The tiers of a query; the caller stops when it has enough."""
    keys = _key_groups(query)
    if not query.readings:
        if keys:
            yield Tier((Step(keys, 200),), 1, 0.5)
        if query.birth_date and not query.numbers:
            yield Tier((Step(((("md", query.birth_date[5:]),),), 60),), 1, 0.5)
        return
    if query.typing:
        yield _typed(query, keys)
    single = [reading[0] for reading in query.readings if len(reading) == 1]
    several = [reading for reading in query.readings if len(reading) > 1]
    if several:
        yield from _several_words(several, keys)
    if single:
        yield from _one_word(single[0], keys)
    if query.birth_date:  # the year may be misremembered
        yield from (
            _several_words(several, ((("md", query.birth_date[5:]),),))[1:2] if several else ()
        )
