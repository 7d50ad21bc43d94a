"""What people ask, read from the counts alone."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from runtime.queues.facts.counts import Counts, day_of

AGES: tuple[tuple[str, int], ...] = (
    ("today", 0),
    ("days_1", 1),
    ("days_2_3", 3),
    ("days_4_7", 7),
    ("days_8_30", 30),
    ("older", 10**6),
)


def total(counts: Counts, *beginning: str | int) -> int:
    """The sum of all counts whose key begins so."""
    size = len(beginning)
    return sum(amount for key, amount in counts.items() if key[:size] == beginning)


def by_part(counts: Counts, kind: str, at: int) -> Counter[str | int]:
    """The counts of a kind by one part of their key."""
    found: Counter[str | int] = Counter()
    for key, amount in counts.items():
        if key[0] == kind:
            found[key[at]] += amount
    return found


def reached_share(counts: Counts) -> float | None:
    """Of the attempts that ended, how many reached who was meant; None where there was none."""
    tried = total(counts, "tries")
    return by_part(counts, "tries", 3)["reached"] / tried if tried else None


def attempts_by_hour(counts: Counts) -> list[tuple[int, int, int]]:
    """(hour, attempts, reached), from the first hour with any to the last."""
    every: Counter[int] = Counter()
    reached: Counter[int] = Counter()
    for key, amount in counts.items():
        if key[0] == "tries":
            every[int(key[2])] += amount
            reached[int(key[2])] += amount if key[3] == "reached" else 0
    hours = [hour for hour, amount in every.items() if amount]
    if not hours:
        return []
    return [(hour, every[hour], reached[hour]) for hour in range(min(hours), max(hours) + 1)]


def quantile(spread: Iterable[tuple[int, int]], share: float) -> int | None:
    """The value that this share of all lies at or under, of (value, how many); None of nothing."""
    rows = sorted((value, many) for value, many in spread if many > 0)
    wanted, seen = share * sum(many for _value, many in rows), 0
    for value, many in rows:
        seen += many
        if seen >= wanted:
            return value
    return None


def spread(counts: Counts, kind: str) -> list[tuple[int, int]]:
    """(value, how many) of a kind whose last part is the value."""
    return [(int(value), many) for value, many in by_part(counts, kind, 1).items()]


def mean_seconds(counts: Counts, what: str, among: str) -> float | None:
    """The mean of seconds spent on something, among those where it is known."""
    known = total(counts, among)
    return total(counts, "seconds", what) / known if known else None


def ageing(counts: Counts, today: date) -> list[tuple[str, int]]:
    """Open items by how many days ago they were made (`AGES`), of all counts since the beginning."""
    found: Counter[str] = Counter()
    for made, amount in by_part(counts, "open", 1).items():
        days = max(0, (today - day_of(made)).days)
        found[next(name for name, at_most in AGES if days <= at_most)] += amount
    return [(name, found[name]) for name, _at_most in AGES]
