"""Writes entries and answers searches: the one client of the vault in this package.

A card holds what the hit list shows and the re-rank needs, sealed under the party's own subject key:
when that key is destroyed, the card is a closed box, and the party is found by nobody.
"""

import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from secrets import randbits
from uuid import UUID

from django.db import OperationalError, transaction

from runtime.audit.actions import log_access
from runtime.search.backends import backend
from runtime.search.backends.base import Backend, Candidate, Entry
from runtime.search.classes import newest_normaliser, terms_by_word
from runtime.search.models import SearchEntry
from runtime.search.plan import Step, tiers
from runtime.search.query import Named, Query, parse
from runtime.search.rerank import score
from runtime.search.tokens import Tokens
from runtime.search.weights import for_asking, for_writing
from runtime.vault import envelope, keys

log = logging.getLogger("scriptorium.search")
ID_BITS = 47  # six bytes in SQLite
AT_ONCE = 500
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
        self.tokens = Tokens(weights=for_asking())
        self.seen: set[int] = set()
        self.hits: dict[UUID, Hit] = {}

    def run(self) -> None:
        for tier in tiers(self.query):
            for step in tier.steps:
                self._open(self._candidates(step))
            if sum(hit.score >= tier.good for hit in self.hits.values()) >= tier.enough:
                return

    def _candidates(self, step: Step) -> list[int]:
        groups = [self.tokens.asked(group) for group in step.groups]
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
        for candidate, card in _opened(self.store.load(fresh)):
            value = score(self.query, card)
            if value >= POOR:
                self.hits[candidate.party] = Hit(candidate.party, value, card)


def _opened(candidates: list[Candidate]) -> Iterator[tuple[Candidate, Named]]:
    """Those whose card opens, with it; the keys of all are asked for at once."""
    subject_keys = keys.subject_keys([candidate.party for candidate in candidates])
    for candidate in candidates:
        card = _open_card(candidate, subject_keys.get(candidate.party))
        if card is not None:
            yield candidate, card


def _place(party: UUID) -> bytes:
    return envelope.aad("search.searchentry", party, "card")


def seal_card(subject_key: bytes, party: UUID, card: Named) -> bytes:
    """The card, sealed under its subject's key."""
    key = keys.subkey(subject_key, "search.card")
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
    party_id: UUID = party.pk  # type: ignore[attr-defined]
    card = card_of(facts)
    sealed = seal_card(keys.subject_key(party_id), party_id, card)
    with transaction.atomic():
        backend().put(entry_of(new_number(), party_id, card, sealed))


def new_number() -> int:
    """Of an entry: by chance, so that it tells nothing of its neighbours."""
    return randbits(ID_BITS)


def entry_of(number: int, party_id: UUID, card: Named, sealed: bytes) -> Entry:
    """The entry of a card, with its tokens."""
    kept = Tokens(weights=for_writing()).kept(terms_by_word(card), party_id)
    return Entry(number, party_id, newest_normaliser(), sealed, kept)


def write_again(entries: Iterable[SearchEntry]) -> None:
    """Makes the tokens of these entries anew, from their own cards; in the caller's transaction, which locked them."""
    store = backend()
    for candidate, card in _opened(
        [Candidate(row.id, row.party_id, bytes(row.card)) for row in entries]
    ):
        store.put(entry_of(candidate.id, candidate.party, card, candidate.card))


def sampled_cards(most: int) -> Iterator[Named]:
    """The cards of up to `most` entries, by chance: entries have random numbers. For counting only."""
    rows = SearchEntry.objects.order_by("id").values_list("id", "party_id", "card")
    found = rows[:most].iterator(chunk_size=AT_ONCE)
    while some := list(islice(found, AT_ONCE)):
        candidates = [Candidate(number, party, bytes(card)) for number, party, card in some]
        yield from (card for _, card in _opened(candidates))


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
    query = parse(text, typing=typing)
    if query.empty:
        return []
    log_access(by=by, deed="search", purpose=purpose)
    return answer(query)[:limit]


def answer(query: Query) -> list[Hit]:
    """What fits a query, best first. Only for who has written the log: `find`, and what measures it."""
    store = backend()
    search = _Search(query, store)
    with store.guard():
        search.run()
    return sorted(
        search.hits.values(), key=lambda hit: (-hit.score, hit.card.family_name, str(hit.party_id))
    )
