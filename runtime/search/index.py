"""Writes the entries of parties and answers searches for them.

A card (`cards`) holds what the hit list shows and the re-rank needs, sealed under the party's own subject key.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from secrets import randbits
from uuid import UUID

from django.db import OperationalError, transaction

from runtime.audit.actions import log_access
from runtime.search import cards
from runtime.search.backends import backend
from runtime.search.backends.base import Backend, Candidate, Entry
from runtime.search.models import SearchEntry
from runtime.search.plan import Step, tiers
from runtime.search.query import NORMALISER, Named, Query, parse, terms_of
from runtime.search.rerank import score
from runtime.search.tokens import padded, tokens
from runtime.vault import keys

ID_BITS = 47  # six bytes in SQLite
POOR = 0.6  # what scores less is not shown


@dataclass(frozen=True)
class Hit:
    """A party that was found: how well it fits, between 0 and 1, and its opened card."""

    party_id: UUID
    score: float
    card: Named


class _Search:
    """One search: the cards opened so far and their scores, each card opened once."""

    def __init__(self, query: Query, store: Backend) -> None:
        self.query = query
        self.store = store
        self.class_keys: dict[str, bytes] = {}
        self.seen: set[int] = set()
        self.hits: dict[UUID, Hit] = {}

    def run(self) -> None:
        for tier in tiers(self.query):
            for step in tier.steps:
                self._open(self._candidates(step))
            if sum(hit.score >= tier.good for hit in self.hits.values()) >= tier.enough:
                return

    def _candidates(self, step: Step) -> list[int]:
        groups = [tokens(group, self.class_keys) for group in step.groups]
        try:
            if step.each:
                return self.store.some_of_each(groups[0], step.limit)
            return self.store.matching(groups, step.limit)
        except OperationalError:  # the time limit: the other tiers still answer
            return []

    def _open(self, ids: Iterable[int]) -> None:
        fresh = [number for number in ids if number not in self.seen]
        if not fresh:
            return
        self.seen.update(fresh)
        candidates = [one for one in self.store.load(fresh) if one.record is None]
        subject_keys = keys.subject_keys([candidate.subject for candidate in candidates])
        for candidate in candidates:
            card = _opened(candidate, subject_keys.get(candidate.subject))
            value = score(self.query, card) if card else 0.0
            if card and value >= POOR:
                self.hits[candidate.subject] = Hit(candidate.subject, value, card)


def _opened(candidate: Candidate, subject_key: bytes | None) -> Named | None:
    said = cards.opened(candidate, subject_key)
    return Named(*said) if said is not None else None


def card_of(facts: object) -> Named:
    """The card of a party's facts: what is absent is empty."""
    names = ("given_name", "family_name", "birth_date", "phone", "national_number")
    return Named(**{name: str(getattr(facts, name, None) or "") for name in names})


def index_party(party: object, facts: object) -> None:
    """Writes the party's card and tokens, in the caller's transaction (the one that changed its facts)."""
    card = card_of(facts)
    party_id: UUID = party.pk  # type: ignore[attr-defined]
    found = padded(tokens(terms_of(card), {}))
    with transaction.atomic():
        backend().put(
            Entry(
                randbits(ID_BITS),
                party_id,
                NORMALISER,
                cards.sealed(party_id, list(asdict(card).values())),
                found,
            )
        )


def forget_party(party_id: UUID) -> None:
    """Deletes the card and tokens of a party, and those of its records: they are personal data."""
    with transaction.atomic():
        backend().remove(party=party_id)
        for record_id in SearchEntry.objects.filter(record__party=party_id).values_list(
            "record", flat=True
        ):
            backend().remove(record=record_id)


def forget_record(record_id: UUID) -> bool:
    """Deletes the card and tokens of a record; False if it had none."""
    with transaction.atomic():
        had = SearchEntry.objects.filter(record=record_id).exists()
        backend().remove(record=record_id)
    return had


def find(
    text: str, by: object, purpose: str, limit: int = 10, *, typing: bool = False
) -> list[Hit]:
    """The parties that fit the words, best first; `typing` takes the last word for unfinished.

    The access log is written first, with the purpose and never the words; where it cannot be
    written, nothing is opened.
    """
    query = parse(text, typing=typing)
    if query.empty:
        return []
    log_access(by=by, deed="search", purpose=purpose)
    store = backend()
    search = _Search(query, store)
    with store.guard():
        search.run()
    hits = sorted(
        search.hits.values(), key=lambda hit: (-hit.score, hit.card.family_name, str(hit.party_id))
    )
    return hits[:limit]
