"""Two patterns side by side: what is found is matched by both, what is denied no short text shows."""

import itertools

import pytest

from builder.conditions.patterns import matches, pattern_problem
from builder.proof.languages import common, disjoint
from tests.peers.chance import Chance

WORDS = ["".join(word) for size in range(6) for word in itertools.product("ab1", repeat=size)]
ATOMS = ("a", "b", "1", "[ab]", "[^a]", "\\d", "\\w", ".")
TIMES = ("*", "+", "?", "{2}", "{1,2}")


def made(chance: Chance, depth: int = 2) -> str:
    lot = chance.below(100) if depth else 0
    if lot < 40:
        return chance.one(ATOMS)
    if lot < 60:
        return made(chance, depth - 1) + made(chance, depth - 1)
    if lot < 75:
        return f"({made(chance, depth - 1)}|{made(chance, depth - 1)})"
    return chance.one(("a", "[ab]", "\\d")) + chance.one(TIMES)


@pytest.mark.parametrize("seed", range(40))
def test_random_patterns(seed: int) -> None:
    chance = Chance(seed)
    for left, right in ((made(chance), made(chance)) for _pair in range(8)):
        if pattern_problem(left) or pattern_problem(right):
            continue
        found = common(left, right)
        if found is None:
            assert not [word for word in WORDS if matches(word, left) and matches(word, right)]
        else:
            assert matches(found, left)
            assert matches(found, right)


def test_digits_are_no_letters() -> None:
    assert disjoint("[0-9]{4}", "^[a-z]+$")


def test_what_is_too_large_is_not_denied() -> None:
    assert not disjoint(".{200}" * 20, "x{200}" * 20)
