"""What a search backend does: keep entries with their tokens, and name candidates for groups of tokens.

A token is a signed 32-bit number. Collisions are harmless: every candidate's card is opened and scored. Each generation of tokens
has a place of its own (`runtime.search.generations`): a backend asks the one it is made for.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol
from uuid import UUID

from runtime.search.models import SearchEntry

Tokens = Sequence[int]
FIRST = 1  # the generation whose place the first migrations make


class Entry(NamedTuple):
    """An entry as it is written, of a party or of a record; `id` is taken only when that has none yet."""

    id: int
    party: UUID | None
    kv: int
    card: bytes
    tokens: Tokens  # of the generation that is asked: sorted, without doubles
    record: UUID | None = None
    beside: Mapping[int, Tokens] = {}


class Candidate(NamedTuple):
    """An entry as it is read: that of a record names the record's party, if it has one."""

    id: int
    party: UUID | None
    card: bytes
    subject: UUID  # under whose key the card lies
    record: UUID | None = None


class Ask(NamedTuple):
    """Entries that have a token of every group; or some of each token of the one group, as many as its share says."""

    groups: Sequence[Tokens]
    limit: int
    shares: Sequence[int] = ()


class Within(NamedTuple):
    """Which entries are looked at: two conditions of SQL, on the party (`{party}`) and on the record (`{record}`) of an entry. Written
    by `runtime.queues.scope`; the search does not know what they mean."""

    party: str
    record: str

    def of_party(self, column: str) -> str:
        return self.party.format(party=column)

    def of_record(self, column: str) -> str:
        return self.record.format(record=column)


class Backend(Protocol):
    asked: int  # generation

    def put(self, entry: Entry) -> None:
        """Writes an entry, in place of the one before; in the caller's transaction."""

    def remove(self, *, party: UUID | None = None, record: UUID | None = None) -> None:
        """Deletes the entry of a party or of a record and all its tokens; nothing if there is none."""

    def candidates(self, asks: Sequence[Ask], within: Within | None = None) -> list[Candidate]:
        """The entries of parties that any of these names, within a bounded time; nothing when that is over. Of `within` only: what lies
        outside does not count for a limit."""

    def matching(
        self, groups: Sequence[Tokens], limit: int, within: Within | None = None
    ) -> list[int]:
        """The ids of entries that have a token of every group; with `within`, of records only, those that lie in it."""

    def load(self, ids: Sequence[int]) -> list[Candidate]:
        """The entries with these ids."""

    def add(self, generation: int) -> None:
        """A place for the tokens of another generation; harmless where there is one."""

    def ready(self, generation: int) -> None:
        """Whatever makes a filled place quick to search, while everybody works."""

    def lacking(self, generation: int) -> int:
        """How many entries have no tokens of a generation."""

    def drop(self, generation: int) -> None:
        """The place and its tokens are gone; harmless where there is none."""


def loaded(ids: Sequence[int]) -> list[Candidate]:
    """The entries with these ids, each with whose key it lies under: a record given to its person moved under theirs."""
    rows = SearchEntry.objects.filter(id__in=ids).values_list(
        "id", "party", "card", "record", "record__party", "record__subject"
    )
    return [
        Candidate(number, party or person, bytes(card), party or subject, record)
        for number, party, card, record, person, subject in rows
    ]
