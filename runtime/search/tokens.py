"""From terms to blind tokens: four bytes of a keyed hash, a key per kind of term.

Without the index key nothing can be guessed from a token; with it everything can, so the key never
lies in the database.
"""

from collections.abc import Iterable
from hashlib import blake2b
from secrets import randbits

from runtime.search.classes import Term
from runtime.vault import blind

TOKEN_BYTES = 4
PAD_TO = 16


def token(term: Term, keys: dict[str, bytes]) -> int:
    """The token of a term, as a signed 32-bit number; `keys` remembers the key of each kind."""
    kind, value = term
    key = keys.get(kind)
    if key is None:
        key = keys[kind] = blind.tokens_key(f"search.{kind}")
    digest = blake2b(value.encode(), digest_size=TOKEN_BYTES, key=key).digest()
    return int.from_bytes(digest, "big", signed=True)


def tokens(terms: Iterable[Term], keys: dict[str, bytes]) -> list[int]:
    """The distinct tokens of terms, sorted, so that their order tells nothing."""
    return sorted({token(term, keys) for term in terms})


def padded(tokens: list[int]) -> list[int]:
    """The tokens with random ones up to a multiple of 16, so that their number does not tell a name's length."""
    found = set(tokens)
    while len(found) % PAD_TO or not found:
        found.add(randbits(32) - 2**31)
    return sorted(found)
