"""The thief who counts: 250,000 records stolen, 250,000 other people of the same country known.

He is given more than he has: which tokens are those of whole surnames. He ranks tokens and names by frequency and reads one
list as the other; once as if nothing were salted, once knowing how it is salted (each name as many times as it has
tokens, at its share). What counts is how many records are named rightly.
"""

import os
import random
from collections import Counter
from uuid import UUID

from tests.bench.figure import Figure, at_most, percentile, told
from tests.bench.finding import filling, measuring, plaintext
from tests.bench.finding.asking import CLASSES
from tests.bench.finding.filling import say
from tests.bench.population import Citizen, Names, population

STOLEN = int(os.environ.get("SEARCH_STOLEN") or 250_000)
NAMED = 0.001
DRAWS = 5  # a token that is named rightly is a hundred records: one draw says little
DEARER = 1.5


def surname(one: Citizen) -> str:
    """As it is stored whole."""
    from runtime.search.query import Named

    return "".join(word.squashed for word in Named(family_name=one.family_name).family)


def run(names: Names, *, seed: str) -> list[Figure]:
    """What is named without salts and with them."""

    stolen = [surname(one) for one in population(STOLEN, f"stolen {seed}", names)]
    known = Counter(surname(one) for one in population(STOLEN, f"known {seed}", names))
    weights = _weights(Counter(stolen))
    chance = random.Random(seed)
    draws = [[UUID(int=chance.getrandbits(128)) for _ in stolen] for _ in range(DRAWS)]
    plain = _held(stolen, draws[0], {})
    salted = [_held(stolen, entries, weights) for entries in draws]
    counting, knowing = _expected(known, {}), _expected(known, _weights(known))
    about = f"leakage, {STOLEN:,} records"
    return [
        *_figures(f"{about}, plain", [_named(plain, stolen, counting)]),
        *_figures(
            f"{about}, salted", [_named(one, stolen, counting) for one in salted], goal=True
        ),
        *_figures(
            f"{about}, salted, thief who knows how",
            [_named(one, stolen, knowing) for one in salted],
        ),
    ]


def _figures(name: str, found: list[tuple[float, int]], *, goal: bool = False) -> list[Figure]:
    """The mean of the draws, and the worst."""
    shares, near = zip(*found, strict=True)
    mean, worst = 100 * sum(shares) / len(shares), 100 * max(shares)
    say(f"{name}: {mean:.4f} % named, {worst:.4f} % at worst")
    made = at_most(f"{name}: named, mean of {len(found)} draws", mean, "%", NAMED * 100)
    return [
        made if goal else told(made.name, made.value, made.unit),
        told(f"{name}: named, at worst", worst, "%"),
        told(f"{name}: of the 20 commonest, within 3 ranks, at worst", max(near), "names"),
    ]


def _weights(counts: Counter[str]) -> dict[str, int]:
    """As the house weighs them."""
    from runtime.search import weighing

    terms = Counter({("sw", name): count for name, count in counts.items()})
    return {value: n for (_, value), n in weighing.weighed(terms, STOLEN, STOLEN).items()}


def _held(stolen: list[str], entries: list[UUID], weights: dict[str, int]) -> list[int]:
    """The token of each record's surname."""
    from runtime.search.tokens import Tokens
    from runtime.search.weights import Weights

    tokens = Tokens(weights=Weights(1, {("sw", name): n for name, n in weights.items()}))
    return [
        tokens.held(frozenset({("sw", name)}), entry).pop()
        for name, entry in zip(stolen, entries, strict=True)
    ]


def latency(names: Names, *, seed: str, queries: int) -> list[Figure]:
    """What the salts cost: each query asked of salted and of plain tokens of the same people, in turns."""
    from runtime.search.generations import Generation
    from runtime.search.weights import Weights

    ways = {
        "salted": {},
        "plain": {"generation": Generation(filling.PLAIN, 1), "weights": Weights()},
    }
    people = population(STOLEN, f"stolen {seed}", names)
    measuring.weigh(people)
    filling.fill(people, plain=True)
    plaintext.steady()
    found = []
    for asking in CLASSES:
        took = measuring.in_turns(asking, people, ways, seed=seed, queries=queries)
        for p in (50, 95):
            salted, plain = (percentile(took[way], p) for way in ways)
            name = f"salts, {STOLEN:,} records: {asking.name} p{p}"
            found += [
                told(f"{name}, salted", salted, "ms"),
                at_most(f"{name}, salted against plain", salted / plain, "times", DEARER),
            ]
        say(
            f"salts: {asking.name} {percentile(took['salted'], 50) / percentile(took['plain'], 50):.2f}"
        )
    return found


def _expected(known: Counter[str], weights: dict[str, int]) -> list[tuple[str, float]]:
    """Names as the thief expects tokens of them, the commonest first."""
    found = [
        (name, count / weights.get(name, 1))
        for name, count in known.items()
        for _ in range(weights.get(name, 1))
    ]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def named_by(
    held: list[int], stolen: list[str], known: Counter[str], weights: dict[str, int]
) -> float:
    """The share of records that are named by who knows others, and thinks them weighed so."""
    return _named(held, stolen, _expected(known, weights))[0]


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
