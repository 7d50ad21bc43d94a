"""Writes entries and answers searches: the one client of the vault in this package.

A card holds what the hit list shows and the re-rank needs, sealed under the party's own subject key:
when that key is destroyed, the card is a closed box, and the party is found by nobody.
"""

import json
import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cached_property
from secrets import randbits
from uuid import UUID

from django.db import OperationalError, transaction
from django.utils.timezone import localdate

from runtime.audit.actions import log_access
from runtime.search.backends import backend
from runtime.search.backends.base import Backend, Candidate, Entry
from runtime.search.plan import Step, tiers
from runtime.search.query import NORMALISER, Named, Query, parse, terms_of
from runtime.search.reasons import Why, why
from runtime.search.rerank import score
from runtime.search.tokens import padded, tokens
from runtime.vault import envelope, keys

log = logging.getLogger("scriptorium.search")
ID_BITS = 47  # six bytes in SQLite
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
        candidates = self.store.load(fresh)
        subject_keys = keys.subject_keys([candidate.party for candidate in candidates])
        for candidate in candidates:
            card = _open_card(candidate, subject_keys.get(candidate.party))
            value = score(self.query, card) if card else 0.0
            if card and value >= POOR:
                self.hits[candidate.party] = Hit(candidate.party, value, card, self.query)


def _place(party: UUID) -> bytes:
    return envelope.aad("search.searchentry", party, "card")


def _seal_card(party: UUID, card: Named) -> bytes:
    key = keys.subkey(keys.subject_key(party), "search.card")
    data = json.dumps(list(asdict(card).values()), ensure_ascii=False).encode()
    return envelope.seal(key, data, _place(party))


def _open_card(candidate: Candidate, subject_key: bytes | None) -> Named | None:
    """The card, or None: its subject was erased, or it is not what was sealed (said in the log, the rest is shown)."""
    if subject_key is None:
        return None
    key = keys.subkey(subject_key, "search.card")
    try:
        data = envelope.open_sealed(key, candidate.card, _place(candidate.party))
    except envelope.Tampered:
        log.error("search card of party %s is not what was sealed", candidate.party)
        return None
    return Named(*json.loads(data))


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
            Entry(randbits(ID_BITS), party_id, NORMALISER, _seal_card(party_id, card), found)
        )


def forget_party(party_id: UUID) -> None:
    """Deletes the party's card and tokens: they are personal data."""
    with transaction.atomic():
        backend().remove(party_id)


def find(
    text: str, by: object, purpose: str, limit: int = 10, *, typing: bool = False
) -> list[Hit]:
    """The parties that fit the words, best first; `typing` takes the last word for unfinished.

    The access log is written first, with the purpose and never the words; where it cannot be
    written, nothing is opened.
    """
    query = parse(text, typing=typing, today=localdate().isoformat())
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
