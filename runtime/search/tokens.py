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
FILLINGS = 16_384  # tokens of nothing: each is had by as many as a frequent term's, so that it does not stand out, and costs little
FIRST = 1  # generation


class Tokens:
    """The tokens of a generation, by the weights given; remembers the key of each kind."""

    def __init__(self, generation: int = FIRST, weights: Weights = Weights()) -> None:  # noqa: B008 -- frozen
        self.generation = generation
        self.weights = weights
        self._root = blind.tokens_keys()
        self._keyed: dict[str, blake2b] = {}  # with the key of a kind, and nothing else yet

    def of(self, term: Term, salt: int = 0) -> int:
        """One token of a term, as a signed 32-bit number."""
        kind, value = term
        keyed = self._keyed.get(kind)
        if keyed is None:
            keyed = self._keyed[kind] = blake2b(digest_size=TOKEN_BYTES, key=self._key(kind))
        made = keyed.copy()
        made.update((f"{value}\0{salt}" if salt else value).encode())
        return int.from_bytes(made.digest(), "big", signed=True)

    def asked(self, group: Group) -> list[int]:
        """Every token of which an entry with a term of the group may hold one."""
        weight = self.weights.of.get
        return sorted({self.of(term, salt) for term in group for salt in range(weight(term, 1))})

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
        version = "" if self.generation == FIRST else f"{self.generation}."
        return self._root(f"search.{version}{kind}")
