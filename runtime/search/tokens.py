"""From terms to blind tokens: four bytes of a keyed hash, a key per generation and kind of term.

Without the index key nothing can be guessed from a token; with it everything can, so the key never lies in the database.
A term that many people share has several tokens (`runtime.search.weights`). Which of them an entry holds is drawn once for
each of its words, by a keyed hash of entry and word: the terms of a word lie together, so nobody can add up the
clusters of one name, and an entry that is written again has the tokens it had.
"""

from collections.abc import Iterable
from hashlib import blake2b
from uuid import UUID

from runtime.search.classes import Group, Term
from runtime.search.weights import Weights
from runtime.vault import blind

TOKEN_BYTES = 4
PAD_TO = 16
FIRST = 1  # generation


class Tokens:
    """The tokens of a generation, by the weights given; remembers the key of each kind."""

    def __init__(self, generation: int = FIRST, weights: Weights = Weights()) -> None:  # noqa: B008 -- frozen
        self.generation = generation
        self.weights = weights
        self._keys: dict[str, bytes] = {}

    def of(self, term: Term, salt: int = 0) -> int:
        """One token of a term, as a signed 32-bit number."""
        kind, value = term
        data = f"{value}\0{salt}" if salt else value
        digest = blake2b(data.encode(), digest_size=TOKEN_BYTES, key=self._key(kind)).digest()
        return int.from_bytes(digest, "big", signed=True)

    def asked(self, group: Group) -> list[int]:
        """Every token of which an entry with a term of the group may hold one."""
        weight = self.weights.of.get
        return sorted({self.of(term, salt) for term in group for salt in range(weight(term, 1))})

    def shared(self, group: Group, most: int) -> tuple[list[int], list[int]]:
        """The tokens of a group, and of how many entries of each: `most` of a term, shared among its tokens."""
        shares: dict[int, int] = {}
        for term in group:
            weight = self.weights.of.get(term, 1)
            for salt in range(weight):
                shares[self.of(term, salt)] = -(-most // weight)
        return list(shares), list(shares.values())

    def kept(self, words: Iterable[frozenset[Term]], entry: UUID) -> list[int]:
        """The tokens of an entry, padded to a multiple of 16, so that their number does not tell a name's length;
        sorted, so that their order tells nothing."""
        found = set().union(*(self.held(terms, entry) for terms in words))
        number = 0
        while len(found) % PAD_TO or not found:
            found.add(self._drawn(entry, ("", str(number))))
            number += 1
        return sorted(found)

    def held(self, terms: frozenset[Term], entry: UUID) -> set[int]:
        """The tokens of an entry's word: of each of its terms the one that the word's draw gives."""
        weight, draw = self.weights.of.get, self._drawn(entry, min(terms))
        return {self.of(term, draw % weight(term, 1)) for term in terms}

    def _drawn(self, entry: UUID, of: Term) -> int:
        """By chance for whoever lacks the key, the same each time for who has it."""
        data = entry.bytes + "\0".join(of).encode()
        digest = blake2b(data, digest_size=TOKEN_BYTES, key=self._key("draw")).digest()
        return int.from_bytes(digest, "big", signed=True)

    def _key(self, kind: str) -> bytes:
        key = self._keys.get(kind)
        if key is None:
            version = "" if self.generation == FIRST else f"{self.generation}."
            key = self._keys[kind] = blind.tokens_key(f"search.{version}{kind}")
        return key
