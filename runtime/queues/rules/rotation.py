"""Which number is dialled next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Order = Literal["confirmed", "newest", "oldest"]
KINDS = ("mobile", "landline")


@dataclass(frozen=True, slots=True)
class Turns:
    """`kinds` come first in their order; then by `order`. With `rotate` the number that was dialled least often goes before."""

    order: Order = "confirmed"
    rotate: bool = False
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """A number: `tries` at it for this item; `kind` is empty where nobody looked at the number itself."""

    id: int
    confirmed: bool = False
    dead: bool = False
    tries: int = 0
    kind: str = ""


def next_points(points: Iterable[Point], turns: Turns, cap: int | None) -> tuple[int, ...]:
    """The ids of the numbers that may be dialled, the next one first: no dead one, none that was dialled as often as it may be."""
    free = [point for point in points if not point.dead and (cap is None or point.tries < cap)]
    return tuple(point.id for point in sorted(free, key=lambda one: _key(one, turns)))


def is_capped(points: Sequence[Point], cap: int | None) -> bool:
    """Whether there are numbers that live, and each was dialled as often as it may be."""
    living = [point for point in points if not point.dead]
    return cap is not None and bool(living) and all(point.tries >= cap for point in living)


def _key(point: Point, turns: Turns) -> tuple[int, int, int, int]:
    kinds = turns.kinds
    kind = kinds.index(point.kind) if point.kind in kinds else len(kinds)
    confirmed = -int(point.confirmed) if turns.order == "confirmed" else 0
    age = point.id if turns.order == "oldest" else -point.id
    return (point.tries if turns.rotate else 0, kind, confirmed, age)
