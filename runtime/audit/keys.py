"""What only who holds the key ring can make: the mark of a row, and the signature under a checkpoint.

A mark is `number of the key (2) | chance (8) | HMAC (16)`. It is made with the row, before the tree knows of it: in the seconds
until then nobody who has only the database can put a row in, or change one. Chance keeps two equal rows apart.
"""

import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from runtime.audit.leaves import Fields, canonical
from runtime.vault.errors import KeyMissing
from runtime.vault.keys import process_key

MARKING = "access log"
SIGNING = "access log checkpoints"
NUMBER, CHANCE, CODE = 2, 8, 16


def mark(fields: Fields) -> bytes:
    number, key = process_key(MARKING)
    head = number.to_bytes(NUMBER) + os.urandom(CHANCE)
    return head + _code(key, head, fields)


def marked(fields: Fields, made: bytes) -> bool:
    """Whether the house wrote this row. `KeyMissing` without the ring."""
    if len(made) != NUMBER + CHANCE + CODE:
        return False
    head, code = made[: NUMBER + CHANCE], made[NUMBER + CHANCE :]
    try:
        _number, key = process_key(MARKING, int.from_bytes(head[:NUMBER]))
    except LookupError:
        return False
    return hmac.compare_digest(code, _code(key, head, fields))


def signing_number() -> int:
    """The number in the ring of the key that signs now."""
    return process_key(SIGNING)[0]


def sign(number: int, data: bytes) -> bytes:
    return _private(process_key(SIGNING, number)[1]).sign(data)


def public_key(number: int) -> bytes | None:
    """The public key of a number; None where the ring is away, or has it no more."""
    try:
        return _private(process_key(SIGNING, number)[1]).public_key().public_bytes_raw()
    except (LookupError, KeyMissing):
        return None


@lru_cache(maxsize=8)
def _private(key: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(key)


def _code(key: bytes, head: bytes, fields: Fields) -> bytes:
    return hmac.new(key, head + canonical(fields), hashlib.sha256).digest()[:CODE]
