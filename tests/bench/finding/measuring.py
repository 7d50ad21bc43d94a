"""Asks each class, ours and in clear in turns, and makes figures of it."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from tests.bench.figure import Figure, at_least, at_most, percentile, told
from tests.bench.finding import plaintext
from tests.bench.finding.asking import FIRST, Asking, Found, Typed
from tests.bench.finding.filling import say, timed
from tests.bench.population import Citizen

SURE = 1.96  # of 95 %


@dataclass
class Asked:
    """One side's times and how many were found."""

    took: list[float] = field(default_factory=list)
    found: int = 0

    def add(self, took: float, found: bool) -> None:
        self.took.append(took)
        self.found += found


@dataclass
class Measured:
    """A class: ours over all queries; ours and the others over those that all sides were asked."""

    asking: Asking
    ours: Asked = field(default_factory=Asked)
    beside: dict[str, Asked] = field(default_factory=dict)
    missed: list[tuple[str, str]] = field(default_factory=list)


def wilson(found: int, of: int) -> float:
    """The lower bound of a share, at 95 %."""
    if not of:
        return 0.0
    share, square = found / of, SURE * SURE
    middle = share + square / (2 * of)
    spread = SURE * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    return (middle - spread) / (1 + square / of)


def ours(typed: Typed, *, typing: bool, **how: Any) -> list[Found]:
    """The search core: words read, tokens, the database, opening, scoring."""
    from runtime.search.index import answer
    from runtime.search.query import parse

    hits = answer(parse(typed.text, typing=typing), **how)[:FIRST]
    return [
        Found(hit.card.given_name, hit.card.family_name, hit.card.national_number) for hit in hits
    ]


def measure(
    asking: Asking, people: list[Citizen], *, seed: str, queries: int, beside: int, thresholds: Sequence[float]
) -> Measured:  # fmt: skip
    """`queries` of a class; the first `beside` of them are asked of every side, in turns whose order rotates."""
    chance = random.Random(f"{seed} {asking.name}")
    some = _chosen(asking, people, queries, chance)
    made = Measured(asking, beside={name: Asked() for name in ["ours", *map(str, thresholds)]})
    for number, one in enumerate(some):
        typed = asking.typed(one, chance)
        if number < beside and thresholds:
            _all_sides(made, one, typed, turn=number)
        else:
            took, rows = timed(lambda typed=typed: ours(typed, typing=asking.typing))
            made.ours.add(took, asking.good(one, rows))
            if not asking.good(one, rows):
                made.missed.append((typed.text, f"{one.given_name} {one.family_name}"))
    return made


def in_turns(
    asking: Asking, people: list[Citizen], ways: dict[str, dict[str, Any]], *, seed: str, queries: int
) -> dict[str, list[float]]:  # fmt: skip
    """Milliseconds of each way of ours, in turns whose order rotates."""
    chance = random.Random(f"{seed} {asking.name} in turns")
    took: dict[str, list[float]] = {way: [] for way in ways}
    for number, one in enumerate(_chosen(asking, people, queries, chance)):
        typed = asking.typed(one, chance)
        for way in list(ways)[:: -1 if number % 2 else 1]:
            work = partial(ours, typed, typing=asking.typing, **ways[way])
            took[way].append(timed(work)[0])
    return took


def weigh(people: list[Citizen]) -> int:
    """The weights that the people are put in with, counted as the command does; how many terms have them."""
    from django.utils import timezone

    from runtime.search import weighing, weights
    from runtime.search.classes import terms_of
    from runtime.search.entries import card_of
    from runtime.search.models import SearchWeights

    some = random.Random("weighed").sample(people, min(len(people), weighing.SAMPLE))
    counts, counted = weighing.frequent(terms_of(card_of(one)) for one in some)
    of = weighing.weighed(counts, counted, len(people))
    weights.store(of, len(people))
    SearchWeights.objects.update(made_at=timezone.now() - 2 * weights.AGREED)
    weights.forget_weights()
    return len(of)


def _chosen(
    asking: Asking, people: list[Citizen], count: int, chance: random.Random
) -> list[Citizen]:
    found: list[Citizen] = []
    for _ in range(100 * count):
        one = people[chance.randrange(len(people))]
        if asking.among(one):
            found.append(one)
        if len(found) == count:
            break
    return found


def _all_sides(made: Measured, one: Citizen, typed: Typed, *, turn: int) -> None:
    asking, sides = made.asking, list(made.beside)
    turn %= len(sides)
    for name in sides[turn:] + sides[:turn]:
        if name == "ours":
            took, rows = timed(lambda: ours(typed, typing=asking.typing))
            made.ours.add(took, asking.good(one, rows))
        else:
            plaintext.threshold(float(name))
            took, rows = timed(lambda: plaintext.search(typed))
        made.beside[name].add(took, asking.good(one, rows))


def figures(made: Measured, about: str) -> list[Figure]:
    """A class's figures."""
    asking, mine = made.asking, made.ours
    count = len(mine.took)
    name = f"{about} {asking.name}"
    found = [
        at_least(f"{name}: recall@10", mine.found / count, f"of {count}", asking.recall),
        told(f"{name}: recall@10, lower bound (95 %)", wilson(mine.found, count), "of 1"),
        *(told(f"{name}: p{p}", percentile(mine.took, p), "ms") for p in (50, 95, 99)),
    ]
    for side, other in made.beside.items():
        if side != "ours" and other.took:
            found += _against(made, name, side, other)
    say(f"{name}: {mine.found} of {count}, p50 {percentile(mine.took, 50):.2f} ms")
    return found


def _against(made: Measured, name: str, side: str, other: Asked) -> list[Figure]:
    mine, asking = made.beside["ours"], made.asking
    count, of = len(other.took), f"of {len(other.took)}"
    ratio: Any = at_most if side == "0.3" else lambda *rest: told(*rest[:3])
    p50, p95 = (percentile(mine.took, p) / percentile(other.took, p) for p in (50, 95))
    return [
        told(f"{name}: pg_trgm {side} recall@10", other.found / count, of),
        told(f"{name}: pg_trgm {side} p50", percentile(other.took, 50), "ms"),
        told(f"{name}: pg_trgm {side} p95", percentile(other.took, 95), "ms"),
        ratio(f"{name}: p50 against pg_trgm {side}", p50, "times", asking.p50),
        ratio(f"{name}: p95 against pg_trgm {side}", p95, "times", asking.p95),
    ]
