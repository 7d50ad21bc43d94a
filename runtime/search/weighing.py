"""Weighs terms: opens a sample of cards, counts, and keeps how many tokens the frequent ones get.

Counting as entries are written would need counts of names in the database, or lose them with each process; so they are
counted from the cards, when there are twice as many entries as the last time, or when somebody asks for it. A frequent
term is one that more than 4 of 10,000 entries have (100 of 250,000): its tokens are as many as bring each below that.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from runtime.audit.actions import log_access
from runtime.search import weights
from runtime.search.classes import Term, terms_of
from runtime.search.entries import sampled_cards
from runtime.search.models import SearchEntry, SearchWeights
from runtime.search.query import Named
from runtime.search.rewriting import begin

SAMPLE = 100_000  # the numbers of entries are random: the first of them are a sample
FORGET = 25_000  # a term that is counted less than once in so many cards is forgotten
WORTH = 2_000  # entries, from which the worker weighs by itself
PURPOSE = "weigh_names"


@dataclass(frozen=True)
class Weighed:
    """What was made: how many entries there are, how many cards were counted, how many terms have several tokens."""

    entries: int
    counted: int
    heavy: int
    grown: int  # of them, those that have more than before


def weigh() -> Weighed:
    """Counts, keeps the weights, and has every entry written again with them."""
    entries = SearchEntry.objects.count()
    log_access(by=None, deed="search", purpose=PURPOSE, detail=f"{min(entries, SAMPLE)} cards")
    counts, counted = frequent(sampled_cards(SAMPLE))
    before = weights.for_asking().of
    found = grown(before, weighed(counts, counted, entries))
    changed = sum(before.get(term, 1) < weight for term, weight in found.items())
    weights.store(found, entries)
    if changed:
        begin(after=weights.AGREED)
    return Weighed(entries, counted, len(found), changed)


def go_on(_now: dt.datetime) -> None:
    """The worker's look: is it time to weigh?"""
    entries = SearchEntry.objects.count()
    last = SearchWeights.objects.order_by("number").last()
    if entries >= max(WORTH, 2 * (last.entries if last else 0)):
        weigh()


def frequent(cards: Iterable[Named]) -> tuple[Counter[Term], int]:
    """How many cards have a term, and of how many; exact but for 1 in `FORGET`, in little memory."""
    counts: Counter[Term] = Counter()
    seen = 0
    for card in cards:
        counts.update(terms_of(card))
        seen += 1
        if seen % FORGET == 0:
            least = seen // FORGET
            counts = Counter({term: n for term, n in counts.items() if n > least})
    return counts, seen


def weighed(counts: Counter[Term], counted: int, entries: int) -> dict[Term, int]:
    """The weights above one: the power of two that brings each token to the share that is allowed."""
    share = max(weights.SHARE, weights.FEWEST / max(entries, 1))
    found = {}
    for term, count in counts.items():
        weight = 1
        while count > weight * share * counted and weight < weights.HEAVIEST:
            weight *= 2
        if weight > 1:
            found[term] = weight
    return found


def grown(before: dict[Term, int], now: dict[Term, int]) -> dict[Term, int]:
    """The larger weight of each: what was written with the former is still found."""
    return {
        term: max(before.get(term, 1), now.get(term, 1)) for term in before.keys() | now.keys()
    }
