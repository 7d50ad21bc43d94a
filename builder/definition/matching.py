"""Which block of an old definition is which of a new one, and which of them kept their order."""

from bisect import bisect_left
from collections.abc import Mapping
from typing import Any

Pairs = list[tuple[str | None, str | None]]


def match(old: Mapping[str, Any], new: Mapping[str, Any]) -> Pairs:
    """Pairs of keys (before, after) in the new order, with None for what is missing on a side; removed ones last."""
    by_name = {
        getattr(node, "name", None): key
        for key, node in old.items()
        if key not in new and getattr(node, "name", None)
    }
    pairs: Pairs = []
    used: set[str] = set()
    for key, node in new.items():
        before = key if key in old else by_name.get(getattr(node, "name", None))
        same = before is not None and before not in used and type(old[before]) is type(node)
        pairs.append((before if same else None, key))
        if before is not None and same:
            used.add(before)
    return pairs + [(key, None) for key in old if key not in used]


def longest_rise(numbers: list[int]) -> set[int]:
    """A longest rising run among the numbers (by length, in n log n)."""
    tops: list[int] = []
    top_at: list[int] = []
    previous: list[int] = []
    for at, number in enumerate(numbers):
        length = bisect_left(tops, number)
        previous.append(top_at[length - 1] if length else -1)
        tops[length : length + 1] = [number]
        top_at[length : length + 1] = [at]
    run, at = set(), top_at[-1] if top_at else -1
    while at >= 0:
        run.add(numbers[at])
        at = previous[at]
    return run
