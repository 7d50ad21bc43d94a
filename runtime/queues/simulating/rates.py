"""How attempts end and how long they take: as measured, and sensible figures where too little was.

Shares are those of an attempt's number and hour. A cell that was seen seldom leans on what its number and its hour say together; these
lean on all attempts; and all attempts lean on `USUAL`, as if that had been seen `LEANS` times. So the first day of a campaign is
forecast by what is usual, and the second week by itself. People have habits: how the attempt before ended makes some ends likelier.
Without that nobody would meet the same voicemail twice, and those who are given up for it would be missed.
"""

from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate

from runtime.queues.facts.counts import HALF_HOUR, NUMBER_AT_MOST, SLOT, Counts
from runtime.queues.facts.readings import by_part, total

Chance = Callable[[], float]
Shares = Mapping[str, float]
Cell = tuple[list[str], list[float]]  # names, and up to where each one's share goes
Spread = tuple[list[int], list[float]]

USUAL: Shares = {
    "reached": 0.36,
    "no_answer": 0.38,
    "voicemail": 0.08,
    "busy": 0.04,
    "callback": 0.04,
    "wrong_number": 0.03,
    "refused": 0.03,
    "third_party": 0.02,
    "language_barrier": 0.01,
    "not_verified": 0.01,
}
# Seconds an agent has the item: a talk, and an attempt without one.
USUAL_TALK = (180, 240, 300, 360, 420, 480, 600, 780, 960)
USUAL_TRY = (30, 40, 50, 60, 70, 80, 100)
TALKS = frozenset({"reached", "callback", "refused", "not_verified"})
USUAL_CALLBACK = (4, 6, 8, 12, 16, 24, 36, 44, 48, 50, 52)  # half hours ahead
USUAL_PAUSE = 15.0  # seconds from one item to the next
USUAL_OTHER_NUMBER = 0.3
LEANS = 20.0
ENOUGH = 30  # a spread of times is believed from here on


class Rates:
    """What chance draws from. `seen` is how many attempts were measured, `pause` the seconds from one item to the next."""

    def __init__(self, counts: Counts, pause: float = USUAL_PAUSE) -> None:
        self.counts, self.pause = counts, pause
        self.seen = total(counts, "tries")
        self._cells: dict[tuple[int, int, str], Cell] = {}
        self._spreads: dict[str, Spread] = {}

    def disposition(self, number: int, hour: int, before: str, chance: Chance) -> str:
        """How an attempt ends, by its number in the item, the hour it begins, and how the one before ended (empty: there was none)."""
        key = (min(number, NUMBER_AT_MOST), hour, before)
        if key not in self._cells:
            self._cells[key] = self._cell(*key)
        names, bounds = self._cells[key]
        return names[_drawn(bounds, chance)]

    def seconds(self, disposition: str, chance: Chance) -> float:
        """How long the agent has the item."""
        if disposition not in self._spreads:
            self._spreads[disposition] = self._times(disposition)
        values, bounds = self._spreads[disposition]
        return values[_drawn(bounds, chance)] + SLOT * chance()

    def callback_seconds(self, chance: Chance) -> float:
        """How far ahead a callback is promised."""
        values, bounds = self._callbacks
        return (values[_drawn(bounds, chance)] + chance()) * HALF_HOUR

    @cached_property
    def other_number(self) -> float:
        """Of the dead numbers, how often there was another one to dial."""
        more = total(self.counts, "next", "next_number")
        none = total(self.counts, "next", "number")
        return (more + LEANS * USUAL_OTHER_NUMBER) / (more + none + LEANS)

    def _cell(self, number: int, hour: int, before: str) -> Cell:
        every = leant(by_part(self.counts, "tries", 3), USUAL)
        of_number = leant(self._ended({1: number}), every)
        of_hour = leant(self._ended({2: hour}), every)
        both = {name: of_number[name] * of_hour[name] / every[name] for name in every}
        shares = leant(self._ended({1: number, 2: hour}), _shares(both))
        if before:
            again = leant(by_part(self.counts, "again", 2), every)
            after = leant(self._after(before), again)
            shares = {name: share * after[name] / again[name] for name, share in shares.items()}
        return list(shares), list(accumulate(shares.values()))

    def _after(self, before: str) -> Counter[str | int]:
        """How attempts ended that came after one that ended so."""
        found: Counter[str | int] = Counter()
        for key, many in self.counts.items():
            if key[:2] == ("again", before):
                found[key[2]] += many
        return found

    def _ended(self, parts: Mapping[int, int]) -> Counter[str | int]:
        """How attempts ended whose key has these parts."""
        found: Counter[str | int] = Counter()
        for key, many in self.counts.items():
            if key[0] == "tries" and all(key[at] == part for at, part in parts.items()):
                found[key[3]] += many
        return found

    def _times(self, disposition: str) -> Spread:
        rows = [
            (int(key[2]) * SLOT, many)
            for key, many in self.counts.items()
            if key[:2] == ("busy", disposition)
        ]
        return _spread(rows, USUAL_TALK if disposition in TALKS else USUAL_TRY)

    @cached_property
    def _callbacks(self) -> Spread:
        rows = [(int(at), many) for at, many in by_part(self.counts, "callback", 1).items()]
        return _spread(rows, USUAL_CALLBACK)


def _drawn(bounds: Sequence[float], chance: Chance) -> int:
    return min(bisect(bounds, chance() * bounds[-1]), len(bounds) - 1)


def _spread(rows: Iterable[tuple[int, int]], usual: Sequence[int]) -> Spread:
    """Measured values with up to where the share of each goes; the usual ones where too few were measured."""
    seen = sorted((value, many) for value, many in rows if many > 0)
    if sum(many for _value, many in seen) < ENOUGH:
        seen = [(value, 1) for value in usual]
    return [value for value, _many in seen], list(accumulate(float(many) for _, many in seen))


def _shares(parts: Shares) -> Shares:
    """The same, together one."""
    whole = sum(parts.values())
    return {name: part / whole for name, part in parts.items()}


def leant(seen: Mapping[str | int, int], on: Shares) -> dict[str, float]:
    """Shares of what was seen, leaning on others as if these had been seen `LEANS` times."""
    every = sum(seen.values()) + LEANS
    return {name: (seen.get(name, 0) + LEANS * share) / every for name, share in on.items()}


def measure(counts: Counts, pause: float | None = None) -> Rates:
    """The rates of these counts; `pause` is what was measured between two items."""
    kept = {key: many for key, many in counts.items() if key[0] != "tries" or key[3] in USUAL}
    return Rates(kept, USUAL_PAUSE if pause is None else pause)
