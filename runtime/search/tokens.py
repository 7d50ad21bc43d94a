"""From terms to blind tokens: four bytes of a keyed hash, a key per generation and kind of term.

Without the index key nothing can be guessed from a token; with it everything can, so the key never lies in the database.
A term that many people share has several tokens (`runtime.search.weights`). Which of them an entry holds is drawn once for
each of its words, by a keyed hash of entry and word: the terms of a word lie together, so nobody can add up the
clusters of one name, and an entry that is written again has the tokens it had.
"""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from uuid import UUID

from runtime.search.classes import Group, Term
from runtime.search.weights import Weights
from runtime.vault import blind

TOKEN_BYTES = 4
PAD_TO = 16
FILLINGS = 16_384  # tokens of nothing: each is had by as many as a frequent term's, so that it does not stand out, and costs little
FIRST = 1  # generation


class Tokens:
    """The tokens of a generation, by the weights given; remembers the key of each kind."""

    def __init__(self, generation: int = FIRST, weights: Weights = Weights()) -> None:  # noqa: B008 -- frozen
        self.generation = generation
        self.weights = weights
        self._root = blind.tokens_keys()
        self._keys: dict[str, bytes] = {}

    def of(self, term: Term, salt: int = 0) -> int:
        """One token of a term, as a signed 32-bit number."""
        kind, value = term
        return _token(self._key(kind), value, salt)

    def asked(self, group: Group) -> list[int]:
        """Every token of which an entry with a term of the group may hold one."""
        weight = self.weights.of.get
        found: set[int] = set()
        for term in group:
            kind, value = term
            found.update(_salted(self._key(kind), value, weight(term, 1)))
        return sorted(found)

    def shared(self, group: Group, most: int) -> tuple[list[int], list[int]]:
        """Tokens of a group and of how many entries of each, for `most` of each term: of a term with many tokens a few will do.
        The first ones, which also entries from before it was weighed hold."""
        shares: dict[int, int] = {}
        for term in group:
            count = self.weights.enough(term, most)
            for salt in range(count):
                shares[self.of(term, salt)] = -(-most // count)
        return list(shares), list(shares.values())

    def kept(self, words: Iterable[frozenset[Term]], entry: UUID) -> list[int]:
        """The tokens of an entry, padded to a multiple of 16, so that their number does not tell a name's length;
        sorted, so that their order tells nothing."""
        found = set().union(*(self.held(terms, entry) for terms in words))
        number = 0
        while len(found) % PAD_TO or not found:
            filling = self._drawn(entry, ("", str(number))) % FILLINGS
            found.add(self.of(("filling", str(filling))))
            number += 1
        return sorted(found)

    def held(self, terms: frozenset[Term], entry: UUID) -> set[int]:
        """The tokens of an entry's word: of each of its terms the one that the word's draw gives."""
        weight, draw = self.weights.of.get, self._drawn(entry, min(terms))
        return {self.of(term, draw % weight(term, 1)) for term in terms}

    def _drawn(self, entry: UUID, of: Term) -> int:
        """By chance for whoever lacks the key, the same each time for who has it."""
        return self.of(("draw", f"{entry.hex}\0{of[0]}\0{of[1]}"))

    def _key(self, kind: str) -> bytes:
        key = self._keys.get(kind)
        if key is None:
            version = "" if self.generation == FIRST else f"{self.generation}."
            key = self._keys[kind] = self._root(f"search.{version}{kind}")
        return key


def _token(key: bytes, value: str, salt: int) -> int:
    data = f"{value}\0{salt}" if salt else value
    digest = blake2b(data.encode(), digest_size=TOKEN_BYTES, key=key).digest()
    return int.from_bytes(digest, "big", signed=True)


@lru_cache(maxsize=20_000)
def _salted(key: bytes, value: str, weight: int) -> tuple[int, ...]:
    """All tokens of a term that is asked: the frequent ones, which have many, are asked often."""
    return tuple(_token(key, value, salt) for salt in range(weight))
