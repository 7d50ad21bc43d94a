"""Chance from a seed, the same on every machine and in every version of Python: mulberry32."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
_WORD = 0xFFFFFFFF


class Chance:
    """A sequence of draws that its seed decides."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def fraction(self) -> float:
        """From 0 up to 1."""
        self.state = (self.state + 0x6D2B79F5) & _WORD
        mixed = (self.state ^ self.state >> 15) * (self.state | 1) & _WORD
        mixed ^= mixed + ((mixed ^ mixed >> 7) * (mixed | 61) & _WORD) & _WORD
        return (mixed ^ mixed >> 14) / 2**32

    def below(self, limit: int) -> int:
        """A whole number from 0, less than the limit."""
        return int(self.fraction() * limit)

    def hits(self, percent: float) -> bool:
        """True in so many cases of a hundred."""
        return self.fraction() * 100 < percent

    def one(self, among: Sequence[T]) -> T:
        """One of them."""
        return among[self.below(len(among))]

    def mixed(self, every: Sequence[T]) -> list[T]:
        """All of them, in some order."""
        left = list(every)
        return [left.pop(self.below(len(left))) for _ in every]

    def some(self, among: Sequence[T], count: int) -> list[T]:
        """So many of them (or all), in the order they had."""
        places = list(range(len(among)))
        taken = [places.pop(self.below(len(places))) for _ in range(min(count, len(among)))]
        return [among[place] for place in sorted(taken)]
