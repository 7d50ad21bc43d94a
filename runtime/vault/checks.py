"""Is this the key file these data were made with? Asked once a process and key, before anything is sealed with it.

The keys database keeps a check of each key (an HMAC, which tells nothing of the key). The first use of a new key writes it;
a foreign file is then refused before anything is half-written under it.
"""

import hashlib
import hmac

from django.db import IntegrityError, transaction

from runtime.vault.errors import KeyMissing, Where
from runtime.vault.models import KeyCheck
from runtime.vault.reach import keys_database

_known: set[tuple[str, bytes]] = set()


def check_key(name: str, key: bytes, where: Where) -> None:
    """Raises `KeyMissing` unless `key` is the one known as `name`."""
    expected = _check(name, key)
    if (name, expected) in _known:
        return
    with keys_database():
        stored = _stored(name, expected)
    if not hmac.compare_digest(stored, expected):
        raise KeyMissing.foreign(where)
    _known.add((name, expected))


def is_known(name: str, key: bytes) -> bool:
    """Whether these data were ever under `key` as `name`; writes nothing."""
    with keys_database():
        row = KeyCheck.objects.filter(name=name).first()
    return row is not None and hmac.compare_digest(bytes(row.check_value), _check(name, key))


def forget_checks() -> None:
    """After another database was put in place (tests, a restore)."""
    _known.clear()


def _check(name: str, key: bytes) -> bytes:
    return hmac.new(key, b"scriptorium key check " + name.encode(), hashlib.sha256).digest()


def _stored(name: str, expected: bytes) -> bytes:
    row = KeyCheck.objects.filter(name=name).first()
    if row is None:
        try:
            with transaction.atomic(using="keys"):
                row = KeyCheck.objects.create(name=name, check_value=expected)
        except IntegrityError:
            row = KeyCheck.objects.get(name=name)
    return bytes(row.check_value)
