"""Blind keys: the same value gives the same 16 bytes, which tell nothing without the index key."""

import hashlib
import hmac
from collections.abc import Callable
from functools import lru_cache, partial

from runtime.vault.checks import check_key
from runtime.vault.ring import index_key, index_place, subkey

SIZE = 16


def blind(field: str, value: str) -> bytes:
    """The blind key of a normalised value; the same value of another field gives another key."""
    return hmac.new(tokens_key(f"blind {field}"), value.encode(), hashlib.sha256).digest()[:SIZE]


def tokens_key(name: str) -> bytes:
    """The key of one index."""
    return tokens_keys()(name)


def tokens_keys() -> Callable[[str], bytes]:
    """Gives the keys of many indexes; the root is looked at once."""
    key = index_key()
    check_key("index", key, index_place())
    return partial(_derived, key)


@lru_cache(maxsize=256)
def _derived(key: bytes, name: str) -> bytes:
    return subkey(key, f"index {name}")
