"""What a search backend does: keep entries with their tokens, and name candidates for groups of tokens.

A token is a signed 32-bit number. Collisions are harmless: every candidate's card is opened and scored.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import NamedTuple, Protocol
from uuid import UUID

Tokens = Sequence[int]


class Entry(NamedTuple):
    """An entry as it is written; `id` is taken only when the party has none yet."""

    id: int
    party: UUID
    kv: int
    card: bytes
    tokens: Tokens  # sorted, without doubles


class Candidate(NamedTuple):
    id: int
    party: UUID
    card: bytes


class Backend(Protocol):
    def guard(self) -> AbstractContextManager[object]:
        """Bounds the time one search may take, where the database can."""
        return nullcontext()

    def put(self, entry: Entry) -> None:
        """Writes a party's entry, in place of the one before; in the caller's transaction."""

    def remove(self, party: UUID) -> None:
        """Deletes a party's entry and all its tokens; nothing if there is none."""

    def matching(self, groups: Sequence[Tokens], limit: int) -> list[int]:
        """The ids of entries that have a token of every group."""

    def some_of_each(self, tokens: Tokens, limit: int) -> list[int]:
        """The ids of up to `limit` entries for each token, so that a common one does not flood the rest."""

    def load(self, ids: Sequence[int]) -> list[Candidate]:
        """The entries with these ids."""
