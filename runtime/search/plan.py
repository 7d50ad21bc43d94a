"""The tiers of a search, from strict to lenient, as data. Pure.

A tier is run only if the scores so far are poor: most searches end after one or two. The limits
bound how many cards are opened for one search.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from runtime.search.classes import (
    Group,
    Leniency,
    asked_of,
    asked_of_number,
    asked_of_pair,
    in_pairs,
    likeliest,
    without_one,
)
from runtime.search.dates import near_years
from runtime.search.names import NEWEST
from runtime.search.query import Asked, Query

Reading = tuple[Asked, ...]
TWO = 2


@dataclass(frozen=True)
class Step:
    """Groups to intersect; or, with `each`, one group of which some rows of every term are taken: any of them will do."""

    groups: tuple[Group, ...]
    limit: int
    each: bool = False


@dataclass(frozen=True)
class Tier:
    """Steps, and when the next tier is run: fewer than `enough` hits of at least `good`, or none of them is sure and it must be.
    With `doubted` it is run only where there are hits of so much."""

    steps: tuple[Step, ...]
    enough: int
    good: float
    sure: bool = False
    doubted: float = 0.0


def tiers(query: Query, normaliser: int = NEWEST) -> Iterator[Tier]:
    """The tiers of a query, in terms of a normaliser; the caller stops when it has enough."""
    return _Plan(query, normaliser).tiers()


class _Plan:
    """The tiers of one query."""

    def __init__(self, query: Query, normaliser: int) -> None:
        self.query = query
        self.normaliser = normaliser
        self.keys = tuple(asked_of_number(number, normaliser) for number in query.numbers)
        self.that_day: tuple[Group, ...] = ()  # the year may be misremembered
        if query.birth_date:
            self.keys += (tuple(("bd", day) for day in query.birth_dates),)
            self.that_day = (tuple(("bd", day) for day in near_years(query.birth_date)),)

    def tiers(self) -> Iterator[Tier]:
        query = self.query
        if not query.readings:
            yield from self._no_words()
            return
        if query.typing:
            yield from self._typed()
        single = [reading[0] for reading in query.readings if len(reading) == 1]
        several = [reading for reading in query.readings if len(reading) > 1]
        if several:
            yield from self._several_words(several)
        if single:
            yield from self._one_word(single[0])
        if several and self.that_day:
            edited = self._steps(several, Leniency.EDITED, 200, self.that_day)
            yield Tier(edited, 10, 0.93)

    def _no_words(self) -> Iterator[Tier]:
        if len(self.keys) == 1 and self.query.numbers:
            (number,) = self.query.numbers
            if groups := likeliest(number, self.normaliser):
                yield Tier((Step(groups, 200),), 1, 0.5)
        if self.keys:
            yield Tier((Step(self.keys, 200),), 1, 0.5)
        if self.that_day and not self.query.numbers:
            yield Tier((Step(self.that_day, 60),), 1, 0.5)

    def _group(self, word: Asked, leniency: Leniency) -> Group:
        return asked_of(word, leniency, self.normaliser)

    def _steps(
        self,
        readings: list[Reading],
        leniency: Leniency,
        limit: int,
        keys: tuple[Group, ...] | None = None,
    ) -> tuple[Step, ...]:
        keys = self.keys if keys is None else keys
        found = [
            (*(self._group(word, leniency) for word in reading), *keys) for reading in readings
        ]
        return tuple(Step(groups, limit) for groups in dict.fromkeys(found))

    def _typed(self) -> Iterator[Tier]:
        pairs = [reading for reading in self.query.readings if len(reading) == TWO]
        found = [
            (pair, self._group(last, Leniency.AS_TYPED), *self.keys)
            for first, last in pairs
            if (pair := asked_of_pair(first, last, self.normaliser))
        ]
        if found:
            yield Tier(tuple(Step(groups, 40) for groups in dict.fromkeys(found)), 1, 0.90)
        yield Tier(tuple(dict.fromkeys(self._begun())), 1, 0.90)

    def _begun(self) -> Iterator[Step]:
        """The words before are whole; a beginning alone, which thousands may have, is asked for some of them."""
        for *whole, last in self.query.readings:
            groups = tuple(self._group(word, Leniency.EXACT) for word in whole)
            begun = self._group(last, Leniency.AS_TYPED)
            if groups or self.keys:
                yield Step((*groups, begun, *self.keys), 60)
            else:
                yield Step((self._group(last, Leniency.EXACT),), 10, each=True)
                yield Step((begun,), 20, each=True)

    def _one_word(self, word: Asked) -> Iterator[Tier]:
        for leniency, of_each in ((Leniency.SOUNDING, 20), (Leniency.WIDE, 40)):
            if self.keys:
                steps = self._steps([(word,)], leniency, 200)
            else:
                steps = (Step((self._group(word, leniency),), of_each, each=True),)
            yield Tier(steps, 1, 0.78)

    def _one_other(
        self, readings: list[Reading], leniency: Leniency, limit: int
    ) -> tuple[Step, ...]:
        """One word is off, the others are right: much cheaper than all off, and nearly always enough."""
        found = []
        for reading in readings:
            exact = [self._group(word, Leniency.EXACT) for word in reading]
            for at, word in enumerate(reading):
                near = self._group(word, leniency)
                found.append(Step((*exact[:at], near, *exact[at + 1 :], *self.keys), limit))
        return tuple(dict.fromkeys(found))

    def _several_words(self, readings: list[Reading]) -> Iterator[Tier]:
        pairs = list(dict.fromkeys(pair for reading in readings for pair in in_pairs(reading)))
        fewer = list(dict.fromkeys(rest for reading in readings for rest in without_one(reading)))
        two = max(map(len, readings)) == TWO
        exact = self._steps(readings, Leniency.EXACT, 50)
        near = (*exact, *self._one_other(readings, Leniency.SOUNDING, 200))
        yield Tier(near, 1, 0.90, sure=True)
        # One word is right and the other hardly: whoever has the right one may be meant, where they are few.
        yield Tier(self._steps(fewer, Leniency.EXACT, 60), 1, 0.90, doubted=0.83)
        yield Tier(self._steps(readings, Leniency.SOUNDING, 400), 1, 0.83)
        yield Tier(self._one_other(readings, Leniency.WIDE, 300), 1, 0.83)
        yield Tier(self._steps(pairs, Leniency.SOUNDING, 100 if two else 200), 1, 0.83)
        yield Tier(self._steps(readings, Leniency.WIDE, 500), 1, 0.83)
        yield Tier(self._steps(fewer, Leniency.EXACT, 800), 1, 0.83)
