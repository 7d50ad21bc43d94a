"""Which node of an old definition is which of a new one, and which of them kept their order."""

from bisect import bisect_left
from typing import Any


def match(old: tuple[Any, ...], new: tuple[Any, ...]) -> list[tuple[Any, Any]]:
    """Pairs (before, after) in the new order, with None for what is missing on a side; removed ones last."""
    by_id = {node.id: node for node in old}
    new_ids = {node.id for node in new}
    by_name = {getattr(node, "name", None): node for node in old if node.id not in new_ids}
    by_name.pop(None, None)
    pairs, used = [], set()
    for node in new:
        before = by_id.get(node.id) or by_name.get(getattr(node, "name", None))
        same = before is not None and id(before) not in used and type(before) is type(node)
        pairs.append((before if same else None, node))
        if same:
            used.add(id(before))
    return pairs + [(node, None) for node in old if id(node) not in used]


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
