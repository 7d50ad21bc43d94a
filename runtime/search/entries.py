"""Makes entries: the tokens of a card, in every generation that is written."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import islice
from secrets import randbits
from typing import Any
from uuid import UUID

from runtime.search import cards, generations
from runtime.search.backends import backend
from runtime.search.backends.base import Candidate, Entry, loaded
from runtime.search.classes import Term, terms_by_word
from runtime.search.models import SearchEntry
from runtime.search.query import Named
from runtime.search.tokens import Tokens
from runtime.search.ways import terms_said
from runtime.search.weights import Weights, for_writing
from runtime.vault import keys

ID_BITS = 47  # six bytes in SQLite
AT_ONCE = 500
Words = Sequence[frozenset[Term]]


def card_of(facts: object) -> Named:
    """The card of a party's facts: what is absent is empty."""
    names = ("given_name", "family_name", "birth_date", "phone", "national_number")
    return Named(**{name: str(getattr(facts, name, None) or "") for name in names})


def new_number() -> int:
    """Of an entry: by chance, so that it tells nothing of its neighbours."""
    return randbits(ID_BITS)


def seal_card(party: UUID, card: Named) -> bytes:
    return cards.sealed(party, list(asdict(card).values()))


def entry_of(
    owner: Candidate, words_of: Callable[[int], Words], *, weights: Weights | None = None
) -> Entry:
    """The entry of a party or a record, with its tokens in every generation that is written. `words_of` gives its terms by a
    normaliser, those of a word together."""
    found: dict[int, Sequence[int]] = {}
    asked, newest = 0, 0
    for generation in generations.written():
        tokens = Tokens(generation.number, weights or for_writing())
        words = words_of(generation.normaliser)
        found[generation.number] = tokens.kept(words, owner.record or owner.subject)
        asked = generation.number if generation.state == generations.ASKED else asked
        newest = max(newest, generation.normaliser)
    first = found.pop(asked)
    party = None if owner.record else owner.subject
    return Entry(owner.id, party, newest, owner.card, first, record=owner.record, beside=found)


def put(entry: Entry) -> None:
    """In the caller's transaction."""
    backend(generations.asked().number).put(entry)


def party_entry(owner: Candidate, card: Named) -> Entry:
    """The entry of a party's card."""
    return entry_of(owner, lambda normaliser: terms_by_word(card, normaliser))


def write_again(entries: Iterable[SearchEntry]) -> None:
    """Makes the tokens of these entries anew, from their own cards; in the caller's transaction, which locked them."""
    for owner, said in opened(loaded([row.pk for row in entries])):
        put(entry_of(owner, _words_said(owner, said)))


def _words_said(owner: Candidate, said: Any) -> Callable[[int], Words]:
    """What makes the terms of a card."""
    if owner.record is not None:
        return lambda normaliser: terms_said(said[1], normaliser)
    card = Named(*said)
    return lambda normaliser: terms_by_word(card, normaliser)


def opened(candidates: list[Candidate]) -> Iterator[tuple[Candidate, Any]]:
    """Those whose card opens, with what it says; the keys of all are asked for at once."""
    subject_keys = keys.subject_keys([candidate.subject for candidate in candidates])
    for candidate in candidates:
        said = cards.opened(candidate, subject_keys.get(candidate.subject))
        if said is not None:
            yield candidate, said


def sampled_answers(most: int) -> Iterator[list[tuple[str, str, str]]]:
    """What the cards of up to `most` records say (kind, way, text), by chance as well. For counting only."""
    rows = SearchEntry.objects.exclude(record=None).order_by("id").values_list("id", flat=True)
    found = iter(list(rows[:most]))
    while some := list(islice(found, AT_ONCE)):
        yield from (said[1] for _, said in opened(loaded(some)))


def sampled_cards(most: int) -> Iterator[Named]:
    """The cards of up to `most` parties, by chance: entries have random numbers. For counting only."""
    rows = (
        SearchEntry.objects.filter(record=None).order_by("id").values_list("id", "party", "card")
    )
    found = rows[:most].iterator(chunk_size=AT_ONCE)
    while some := list(islice(found, AT_ONCE)):
        candidates = [Candidate(number, party, bytes(card), party) for number, party, card in some]
        yield from (Named(*said) for _, said in opened(candidates))
