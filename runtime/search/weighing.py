"""Weighs terms: opens a sample of cards, counts, and keeps how many tokens the frequent ones get.

Counting as entries are written would need counts of names in the database, or lose them with each process; so they are
counted from the cards, when there are twice as many entries as the last time, or when somebody asks for it. A frequent
term is one that more than 4 of 10,000 entries have (100 of 250,000): its tokens are as many as bring each below that. Answers to searchable
questions are weighed in the same way, each question by itself, for whoever steals the database knows how frequent towns and employers are.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from runtime.audit.actions import log_access
from runtime.search import catching_up, weights
from runtime.search.classes import Term, newest_normaliser, terms_of
from runtime.search.entries import sampled_answers, sampled_cards
from runtime.search.models import SearchEntry
from runtime.search.rewriting import ANSWERS, begin
from runtime.search.searchables import searchables
from runtime.search.ways import terms_said

SAMPLE = 100_000  # the numbers of entries are random: the first of them are a sample
FORGET = 25_000  # a term that is counted less than once in so many cards is forgotten
WORTH = 2_000  # people, from which the worker weighs by itself
WORTH_ANSWERS = 200  # records of an app
PURPOSE = "weigh_names"


@dataclass(frozen=True)
class Weighed:
    """What was made: how many people there are, how many of their cards were counted, how many terms have several tokens."""

    entries: int
    counted: int
    records: int  # cards of records that were counted
    heavy: int
    grown: int  # of them, those that have more than before


def weigh(*, people: bool = True) -> Weighed:
    """Counts, keeps the weights, and has the entries that they are about written again with them. `people`: or answers only."""
    entries = people_there()
    before = weights.for_asking()
    asked = min(answers_there(), SAMPLE)
    detail = f"{min(entries, SAMPLE) if people else 0} cards, {asked} of records"
    log_access(by=None, deed="search", purpose=PURPOSE, detail=detail)
    counts, counted = frequent(map(terms_of, sampled_cards(SAMPLE if people else 0)))
    names = grown_by(before.of, weighed(counts, counted, entries))
    said, records = weighed_answers(sampled_answers(SAMPLE), answers_there())
    answers = grown_by(before.of, said)
    found = grown(before.of, {**names, **answers})
    weights.store(found, entries if people else before.entries, answered())
    if names:
        begin(after=weights.AGREED)
    elif answers:
        begin(after=weights.AGREED, name=ANSWERS)
    return Weighed(entries, counted, records, len(found), len(names) + len(answers))


def go_on(_now: dt.datetime) -> None:
    """The worker's look: is it time to weigh?"""
    people = people_there() >= max(WORTH, 2 * weights.for_asking().entries)
    if people or answers_grew():
        weigh(people=people)


def people_there() -> int:
    return SearchEntry.objects.filter(record=None).count()


def answers_there() -> int:
    return SearchEntry.objects.exclude(record=None).count()


def answered() -> dict[str, int]:
    """How many entries there are of the app of each searchable question."""
    rows = SearchEntry.objects.exclude(record=None)
    kinds: dict[int, list[str]] = {}
    for one in searchables():
        kinds.setdefault(one.app_id, []).append(one.kind)
    counts = {app: rows.filter(record__version__app=app).count() for app in kinds}
    return {kind: counts[app] for app, of in kinds.items() for kind in of}


def answers_grew() -> bool:
    """Whether the records of an app are twice as many as when its question was weighed; what is being indexed is waited for."""
    if not searchables() or catching_up.standing().exists():
        return False
    before = weights.for_asking().answers
    now = answered().items()
    return any(there >= max(WORTH_ANSWERS, 2 * before.get(kind, 0)) for kind, there in now)


def weighed_answers(
    cards: Iterable[list[tuple[str, str, str]]], entries: int
) -> tuple[dict[Term, int], int]:
    """The weights of answers above one, each question by itself: of how many records that have it. And how many cards were counted."""
    kinds: Counter[str] = Counter()

    def terms() -> Iterator[frozenset[Term]]:
        for said in cards:
            kinds.update({kind for kind, _way, _answer in said})
            yield frozenset(chain.from_iterable(terms_said(said, newest_normaliser())))

    counts, counted = frequent(terms())
    of_kind: dict[str, Counter[Term]] = {}
    for (kind, value), count in counts.items():
        of_kind.setdefault(kind, Counter())[kind, value] = count
    found: dict[Term, int] = {}
    limits = {"heaviest": weights.HEAVIEST_ANSWER, "fewest": weights.FEWEST_ANSWERS}
    for kind, some in of_kind.items():
        whole = entries * kinds[kind] // max(counted, 1)
        found |= weighed(some, kinds[kind], whole, **limits)
    return found, counted


def frequent(cards: Iterable[Iterable[Term]]) -> tuple[Counter[Term], int]:
    """How many cards, each given as its terms, have a term, and of how many; exact but for 1 in `FORGET`, in little memory."""
    counts: Counter[Term] = Counter()
    seen = 0
    for card in cards:
        counts.update(card)
        seen += 1
        if seen % FORGET == 0:
            least = seen // FORGET
            counts = Counter({term: n for term, n in counts.items() if n > least})
    return counts, seen


def weighed(
    counts: Counter[Term],
    counted: int,
    entries: int,
    *,
    heaviest: int = weights.HEAVIEST,
    fewest: int = weights.FEWEST,
) -> dict[Term, int]:
    """The weights above one: the power of two that brings each token to the share that is allowed."""
    share = max(weights.SHARE, fewest / max(entries, 1))
    found = {}
    for term, count in counts.items():
        weight = 1
        while count > weight * share * counted and weight < heaviest:
            weight *= 2
        if weight > 1:
            found[term] = weight
    return found


def grown_by(before: dict[Term, int], now: dict[Term, int]) -> dict[Term, int]:
    """Those that have more tokens than before."""
    return {term: weight for term, weight in now.items() if before.get(term, 1) < weight}


def grown(before: dict[Term, int], now: dict[Term, int]) -> dict[Term, int]:
    """The larger weight of each: what was written with the former is still found."""
    return {
        term: max(before.get(term, 1), now.get(term, 1)) for term in before.keys() | now.keys()
    }
