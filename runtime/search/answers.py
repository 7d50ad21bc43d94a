"""Entries of records, and what is found by them: the answers that editors made searchable.

A card holds the app and those answers as they count: what is hidden or wrong is not in it. It is written in the transaction that
settles a record, and goes with the record or its person.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from runtime.audit.actions import log_access
from runtime.records.models import Record
from runtime.records.store import open_record
from runtime.search import cards, entries, generations
from runtime.search.backends import backend
from runtime.search.backends.base import Candidate, Within
from runtime.search.index import POOR, forget_record
from runtime.search.models import SearchEntry
from runtime.search.query import parse
from runtime.search.searchables import Searchable, of_app, searchables
from runtime.search.tokens import Tokens
from runtime.search.ways import WAYS, Strings, Typed, terms_said
from runtime.search.weights import for_asking

MOST_ANSWERS = 200  # of a record: those of its first entries
LIMIT = 100  # entries that one asking opens
ENOUGH = SHOWN = 10
GOOD = 0.93
LOGGED = "answers"  # in the log, beside the search for people


@dataclass(frozen=True)
class RecordHit:
    """A record that was found, and by the answer to which question."""

    record_id: UUID
    party_id: UUID | None
    score: float
    by: Searchable


def index_answers(record: Record, view: Mapping[str, Any]) -> None:
    """Writes the record's entry from the engine's view, in the caller's transaction."""
    said = list(_said(record.version.app_id, view))
    if not said:
        forget_record(record.pk)
        return
    number = entries.new_number()
    card = cards.sealed(record.subject, [record.version.app_id, said], record=record.pk)
    owner = Candidate(number, record.party_id, card, record.subject, record.pk)
    entries.put(entries.entry_of(owner, lambda normaliser: terms_said(said, normaliser)))


def index_record(record: Record, *, by: Any = None, purpose: str = "index") -> None:
    """Opens a record, which the access log is told, and writes its entry."""
    if of_app(record.version.app_id):
        index_answers(record, open_record(record, by=by, purpose=purpose).view)
    else:
        forget_record(record.pk)


def seal_anew(record: Record, former: UUID) -> None:
    """The card of a record that was given to its person, under the person's key."""
    for candidate in backend().load(_numbers(record)):
        for _, said in entries.opened([candidate._replace(subject=former)]):
            card = cards.sealed(record.subject, said, record=record.pk)
            SearchEntry.objects.filter(pk=candidate.id).update(card=card)


def find_records(
    text: str,
    by: Any,
    purpose: str,
    clearances: Collection[str],
    today: str = "",
    *,
    within: Within | None = None,
) -> list[RecordHit]:
    """The records that have such an answer to a searchable question of these clearances, best first. The access log is written
    first, where there is such a question at all."""
    wanted = {one.kind: one for one in searchables() if one.clearance in clearances}
    typed = Typed(text, parse(text, today=today))
    if not wanted or typed.query.empty:
        return []
    log_access(by=by, deed="search", purpose=purpose, detail=LOGGED)
    hits: dict[UUID, RecordHit] = {}
    for way in dict.fromkeys(one.way for one in wanted.values()):
        _search(typed, way, wanted, hits, within)
    return sorted(hits.values(), key=lambda hit: (-hit.score, str(hit.record_id)))[:SHOWN]


def _search(
    typed: Typed,
    way: str,
    wanted: Mapping[str, Searchable],
    hits: dict[UUID, RecordHit],
    within: Within | None,
) -> None:
    """One way, over all questions that are searched so."""
    generation = generations.asked()
    store, tokens = backend(generation.number), Tokens(generation.number, for_asking())
    kinds = [kind for kind, one in wanted.items() if one.way == way]
    seen: set[int] = set()
    good = 0
    for groups in WAYS[way].asked(typed, generation.normaliser):
        asked = [tokens.asked(_terms(kinds, strings)) for strings in groups]
        found_now = store.matching(asked, LIMIT, within)
        fresh = [number for number in found_now if number not in seen]
        seen.update(fresh)
        found = [one for one in store.load(fresh) if one.record is not None]
        for candidate, said in entries.opened(found):
            hit = _best(typed, candidate, said, wanted)
            if hit and hit.score > getattr(hits.get(hit.record_id), "score", 0.0):
                hits[hit.record_id] = hit
                good += hit.score >= GOOD
        if good >= ENOUGH:
            return


def _terms(kinds: list[str], strings: Strings) -> tuple[tuple[str, str], ...]:
    return tuple((kind, string) for kind in kinds for string in sorted(strings))


def _best(
    typed: Typed, candidate: Candidate, said: Any, wanted: Mapping[str, Searchable]
) -> RecordHit | None:
    """The answer that fits best, among those that may be searched."""
    best: RecordHit | None = None
    for kind, way, answer in said[1]:
        value = WAYS[way].score(typed, answer) if kind in wanted else 0.0
        if candidate.record and value >= POOR and (best is None or value > best.score):
            best = RecordHit(candidate.record, candidate.party, value, wanted[kind])
    return best


def _said(app_id: int, view: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Kind, way and text of each answer that counts."""
    wanted = of_app(app_id)
    if not wanted:
        return
    left = MOST_ANSWERS
    for place, question in view["questions"].items():
        one = wanted.get(place.rsplit("/", 1)[-1])
        if one and left and _counts(question):
            left -= 1
            yield one.kind, one.way, question["value"]


def _counts(question: Mapping[str, Any]) -> bool:
    value = question["value"]
    return question["relevant"] and isinstance(value, str) and not question["problems"]


def _numbers(record: Record) -> list[int]:
    return list(SearchEntry.objects.filter(record=record).values_list("pk", flat=True))
