"""The thief who counts: 250,000 records stolen, 250,000 other people of the same country known.

He is given more than he has: which tokens are those of whole surnames. He ranks tokens and names by frequency and reads one
list as the other; once as if nothing were salted, once knowing how it is salted (each name as many times as it has
tokens, at its share). What counts is how many records are named rightly.
"""

import random
from collections import Counter
from typing import Any
from uuid import UUID

from tests.bench.figure import Figure, at_most, told
from tests.bench.finding.filling import say
from tests.bench.population import Citizen, Names, population

STOLEN = 250_000
NAMED = 0.001


def surname(one: Citizen) -> str:
    """As it is stored whole."""
    from runtime.search.query import Named

    return "".join(word.squashed for word in Named(family_name=one.family_name).family)


def run(names: Names, *, seed: str) -> list[Figure]:
    """What is named without salts and with them."""
    from runtime.search import weighing
    from runtime.search.tokens import Tokens
    from runtime.search.weights import Weights

    stolen = [surname(one) for one in population(STOLEN, f"stolen {seed}", names)]
    known = Counter(surname(one) for one in population(STOLEN, f"known {seed}", names))
    counts = Counter(("sw", name) for name in stolen)
    heavy = weighing.weighed(counts, STOLEN, STOLEN)
    chance = random.Random(seed)
    entries = [UUID(int=chance.getrandbits(128)) for _ in stolen]
    found = []
    ways: tuple[tuple[str, dict[tuple[str, str], int]], ...] = (("plain", {}), ("salted", heavy))
    for way, of in ways:
        tokens = Tokens(weights=Weights(1, of))
        held = [
            tokens.held(frozenset({("sw", name)}), entry).pop()
            for name, entry in zip(stolen, entries, strict=True)
        ]
        shares = {name: of.get(("sw", name), 1) for name in known} if of else {}
        for thief, expected in (
            ("who counts", _expected(known, {})),
            ("who knows of salts", _expected(known, shares)),
        ):
            share, near = _named(held, stolen, expected)
            name = f"leakage, {STOLEN:,} records, {way}, thief {thief}"
            goal: Any = at_most if way == "salted" else lambda *rest: told(*rest[:3])
            found += [
                goal(f"{name}: named", share * 100, "%", NAMED * 100),
                told(f"{name}: of the 20 commonest, within 3 ranks", near, "names"),
            ]
            say(f"{name}: {share:.4%}")
    return found


def _expected(known: Counter[str], weights: dict[str, int]) -> list[tuple[str, float]]:
    """Names as the thief expects tokens of them, the commonest first."""
    found = [
        (name, count / weights.get(name, 1))
        for name, count in known.items()
        for _ in range(weights.get(name, 1))
    ]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def _named(
    held: list[int], stolen: list[str], expected: list[tuple[str, float]]
) -> tuple[float, int]:
    """The share of records whose name the thief tells, and how many of the 20 commonest tokens he has nearly."""
    ranked = [token for token, _ in Counter(held).most_common()]
    guess = {token: name for token, (name, _) in zip(ranked, expected, strict=False)}
    right = sum(guess.get(token) == name for token, name in zip(held, stolen, strict=True))
    owner = dict(zip(held, stolen, strict=True))
    names = [name for name, _ in expected]
    near = sum(
        owner[token] in names[max(rank - 3, 0) : rank + 4]
        for rank, token in enumerate(ranked[:20])
    )
    return right / len(held), near
