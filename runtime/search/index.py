"""Writes the entries of parties and answers searches for them.

A card (`cards`) holds what the hit list shows and the re-rank needs, sealed under the party's own subject key.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from runtime.audit.actions import log_access
from runtime.search import entries, generations
from runtime.search.backends import backend
from runtime.search.backends.base import Ask, Backend, Candidate, Within
from runtime.search.entries import card_of
from runtime.search.generations import Generation
from runtime.search.models import SearchEntry
from runtime.search.plan import Step, tiers
from runtime.search.query import Named, Query, parse
from runtime.search.reasons import Why, why
from runtime.search.rerank import score, surely
from runtime.search.tokens import Tokens
from runtime.search.weights import Weights, for_asking

NOTHING_ASKED = Query()
POOR = 0.6  # what scores less is not shown


@dataclass(frozen=True)
class Hit:
    """A party that was found: how well it fits, between 0 and 1, its opened card, and what was asked."""

    party_id: UUID
    score: float
    card: Named
    query: Query = NOTHING_ASKED

    @cached_property
    def why(self) -> Why:
        """Why it fits; worked out for those that are shown only."""
        return why(self.query, self.card)


def _is_sure(hit: Hit) -> bool:
    return surely(hit.query, hit.card)


class _Search:
    """One search: the cards opened so far and their scores, each card opened once."""

    def __init__(
        self, query: Query, generation: Generation, weights: Weights, within: Within | None
    ) -> None:
        self.query = query
        self.within = within
        self.generation = generation
        self.store: Backend = backend(generation.number)
        self.tokens = Tokens(generation.number, weights)
        self.seen: set[int] = set()
        self.hits: dict[UUID, Hit] = {}

    def run(self) -> None:
        for tier in tiers(self.query, self.generation.normaliser):
            if tier.doubted and not self._good(tier.doubted):
                continue
            asks = [self._ask(step) for step in tier.steps]
            self._open(self.store.candidates(asks, self.within))
            good = self._good(tier.good)
            if len(good) >= tier.enough and (not tier.sure or any(map(_is_sure, good))):
                return

    def _good(self, score: float) -> list[Hit]:
        return [hit for hit in self.hits.values() if hit.score >= score]

    def _ask(self, step: Step) -> Ask:
        if step.each:
            tokens, shares = self.tokens.shared(step.groups[0], step.limit)
            return Ask([tokens], step.limit, shares)
        return Ask([self.tokens.asked(group) for group in step.groups], step.limit)

    def _open(self, candidates: Sequence[Candidate]) -> None:
        fresh = {one.id: one for one in candidates if one.id not in self.seen}
        if not fresh:
            return
        self.seen.update(fresh)
        for candidate, said in entries.opened(list(fresh.values())):
            card = Named(*said)
            value = score(self.query, card)
            if value >= POOR:
                self.hits[candidate.subject] = Hit(candidate.subject, value, card, self.query)


def index_party(party: object, facts: object) -> None:
    """Writes the party's card and tokens, in the caller's transaction (the one that changed its facts)."""
    party_id: UUID = party.pk  # type: ignore[attr-defined]
    card = card_of(facts)
    owner = Candidate(entries.new_number(), party_id, entries.seal_card(party_id, card), party_id)
    with transaction.atomic():
        entries.put(entries.party_entry(owner, card))


def forget_party(party_id: UUID) -> None:
    """Deletes the card and tokens of a party, and those of its records: they are personal data."""
    store = backend()
    with transaction.atomic():
        store.remove(party=party_id)
        for record_id in SearchEntry.objects.filter(record__party=party_id).values_list(
            "record", flat=True
        ):
            store.remove(record=record_id)


def forget_record(record_id: UUID) -> bool:
    """Deletes the card and tokens of a record; False if it had none."""
    with transaction.atomic():
        had = SearchEntry.objects.filter(record=record_id).exists()
        backend().remove(record=record_id)
    return had


def find(
    text: str,
    by: object,
    purpose: str,
    limit: int = 10,
    *,
    typing: bool = False,
    within: Within | None = None,
) -> list[Hit]:
    """The parties that fit the words, best first; `typing` takes the last word for unfinished. `within`: among whom is looked.

    The access log is written first, with the purpose and never the words; where it cannot be
    written, nothing is opened.
    """
    query = parse(text, typing=typing, today=localdate().isoformat())
    if query.empty:
        return []
    log_access(by=by, deed="search", purpose=purpose)
    return answer(query, within=within)[:limit]


def answer(
    query: Query,
    *,
    generation: Generation | None = None,
    weights: Weights | None = None,
    within: Within | None = None,
) -> list[Hit]:
    """What fits a query, best first. Only for who has written the log: `find`, and what measures it."""
    search = _Search(query, generation or generations.asked(), weights or for_asking(), within)
    search.run()
    return sorted(
        search.hits.values(), key=lambda hit: (-hit.score, hit.card.family_name, str(hit.party_id))
    )
