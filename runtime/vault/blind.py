"""Blind keys: the same value gives the same 16 bytes, which tell nothing without the index key."""

import hashlib
import hmac
from functools import lru_cache

from runtime.vault.checks import check_key
from runtime.vault.ring import index_key, index_place, subkey

SIZE = 16


def blind(field: str, value: str) -> bytes:
    """The blind key of a normalised value; the same value of another field gives another key."""
    return hmac.new(tokens_key(f"blind {field}"), value.encode(), hashlib.sha256).digest()[:SIZE]


def tokens_key(name: str) -> bytes:
    """The key of one index."""
    key = index_key()
    check_key("index", key, index_place())
    return _derived(key, name)


@lru_cache(maxsize=64)
def _derived(key: bytes, name: str) -> bytes:
    return subkey(key, f"index {name}")
