"""What a search backend does: keep entries with their tokens, and name candidates for groups of tokens.

A token is a signed 32-bit number. Collisions are harmless: every candidate's card is opened and scored.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import NamedTuple, Protocol
from uuid import UUID

from runtime.search.models import SearchEntry

Tokens = Sequence[int]


class Entry(NamedTuple):
    """An entry as it is written, of a party or of a record; `id` is taken only when that has none yet."""

    id: int
    party: UUID | None
    kv: int
    card: bytes
    tokens: Tokens  # sorted, without doubles
    record: UUID | None = None


class Candidate(NamedTuple):
    """An entry as it is read: that of a record names the record's party, if it has one."""

    id: int
    party: UUID | None
    card: bytes
    subject: UUID  # under whose key the card lies
    record: UUID | None = None


class Backend(Protocol):
    def guard(self) -> AbstractContextManager[object]:
        """Bounds the time one search may take, where the database can."""
        return nullcontext()

    def put(self, entry: Entry) -> None:
        """Writes an entry, in place of the one before; in the caller's transaction."""

    def remove(self, *, party: UUID | None = None, record: UUID | None = None) -> None:
        """Deletes the entry of a party or of a record and all its tokens; nothing if there is none."""

    def matching(self, groups: Sequence[Tokens], limit: int) -> list[int]:
        """The ids of entries that have a token of every group."""

    def some_of_each(self, tokens: Tokens, limit: int) -> list[int]:
        """The ids of up to `limit` entries for each token, so that a common one does not flood the rest."""

    def load(self, ids: Sequence[int]) -> list[Candidate]:
        """The entries with these ids."""


def loaded(ids: Sequence[int]) -> list[Candidate]:
    """The entries with these ids, each with whose key it lies under: a record given to its person moved under theirs."""
    rows = SearchEntry.objects.filter(id__in=ids).values_list(
        "id", "party", "card", "record", "record__party", "record__subject"
    )
    return [
        Candidate(number, party or person, bytes(card), party or subject, record)
        for number, party, card, record, person, subject in rows
    ]
