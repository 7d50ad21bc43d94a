"""The order of a list that two people changed: what neither moved stays, and what came or moved follows what it stood behind."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from builder.definition.matching import longest_rise

Keys = list[str]
START: Final = ""


def joined(base: Sequence[str], one: Sequence[str], other: Sequence[str], kept: set[str]) -> Keys:
    """The kept keys in one order; the same, whichever of the two is called the one."""
    before = [key for key in base if key in kept]
    sides = sorted([key for key in side if key in kept] for side in (one, other))
    stable, by = _placed(before, sides)
    runs: dict[str, list[Keys]] = defaultdict(list)
    for number, side in enumerate(sides):
        for anchor, run in _runs(side, stable, {key for key in side if by.get(key) == number}):
            runs[anchor].append(run)
    found: Keys = []
    for anchor in (START, *(key for key in before if key in stable)):
        found += [anchor] if anchor else []
        for run in sorted(runs[anchor]):
            found += run
    return found


def _placed(before: Keys, sides: list[Keys]) -> tuple[set[str], dict[str, int]]:
    """What neither side moved, and of all else the side that says where it goes."""
    moved = [_moved(before, side) for side in sides]
    stable = {key for key in before if key not in moved[0] | moved[1]}
    by: dict[str, int] = {}
    for number in (1, 0):  # of what both moved or brought, the first side says where
        known = set(before)
        by.update(
            {key: number for key in sides[number] if key in moved[number] or key not in known}
        )
    return stable, by


def _moved(before: Keys, side: Keys) -> set[str]:
    at = {key: number for number, key in enumerate(before)}
    common = [at[key] for key in side if key in at]
    rising = longest_rise(common)
    return {before[number] for number in common if number not in rising}


def _runs(side: Keys, stable: set[str], own: set[str]) -> list[tuple[str, Keys]]:
    """What this side places, by the last thing before it that stands still."""
    found: list[tuple[str, Keys]] = [(START, [])]
    for key in side:
        if key in stable:
            found.append((key, []))
        elif key in own:
            found[-1][1].append(key)
    return [(anchor, run) for anchor, run in found if run]
