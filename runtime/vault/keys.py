"""The tree of keys: ring -> subject key -> record key -> subkeys.

A subject key is wrapped by the ring and lies in the keys database; a record key is wrapped by its subject's key and lies with
the record. Destroying the subject key makes everything below it unreadable, in every copy of the data.
"""

import os
import uuid
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.db import IntegrityError, connections, transaction
from django.db.models.functions import Now

from runtime.vault.checks import check_key
from runtime.vault.envelope import aad, open_sealed, seal
from runtime.vault.errors import KeyMissing, SubjectDestroyed
from runtime.vault.models import SubjectKey
from runtime.vault.places import place
from runtime.vault.reach import keys_database
from runtime.vault.ring import SIZE, subkey

__all__ = [
    "create_subject",
    "destroy_subject",
    "new_record_key",
    "open_record_key",
    "process_key",
    "process_numbers",
    "subject_key",
    "subject_keys",
    "subkey",
]


ALIVE = (
    "SELECT subject, wrapped, ring_version FROM vault_subjectkey "
    "WHERE subject = ANY(%s) AND wrapped IS NOT NULL"
)


def create_subject(subject_id: uuid.UUID) -> None:
    """Makes the key of a subject; harmless if it has one. Committed in the keys database before the caller writes anything
    sealed with it: a key without data is harmless, data without a key are lost."""
    ring = place()
    number = checked(ring.current())
    (wrapped,) = ring.wrap(number, [(os.urandom(SIZE), subject_aad(subject_id))])
    try:
        with keys_database(), transaction.atomic(using="keys"):
            SubjectKey.objects.create(
                subject=subject_id, wrapped=wrapped, ring_version=number, created_at=Now()
            )
    except IntegrityError:
        _row(subject_id)  # says so if it was destroyed


def subject_key(subject_id: uuid.UUID) -> bytes:
    """The key of a subject. `SubjectDestroyed` after its erasure, `KeyMissing` without row or ring."""
    return unwrapped([_row(subject_id)])[subject_id]


def subject_keys(subject_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, bytes]:
    """The keys of many subjects in one query, for a list of candidates; who was erased or has none is left out."""
    with keys_database():
        rows = _alive(list(subject_ids))
    return unwrapped(rows)


class _Wrapped(NamedTuple):
    subject: uuid.UUID
    wrapped: bytes
    ring_version: int


def _alive(subjects: list[uuid.UUID]) -> list[_Wrapped]:
    connection = connections["keys"]
    if connection.vendor == "postgresql":  # each search asks this: by hand it takes half the time
        with connection.cursor() as cursor:
            cursor.execute(ALIVE, [subjects])
            return [_Wrapped(*row) for row in cursor.fetchall()]
    found = SubjectKey.objects.filter(subject__in=subjects, wrapped__isnull=False)
    return [_Wrapped(*row) for row in found.values_list("subject", "wrapped", "ring_version")]


def unwrapped(rows: Iterable[SubjectKey | _Wrapped]) -> dict[uuid.UUID, bytes]:
    """The keys in these rows, those of a number together."""
    by_number: dict[int, list[SubjectKey | _Wrapped]] = {}
    for row in rows:
        by_number.setdefault(row.ring_version, []).append(row)
    found: dict[uuid.UUID, bytes] = {}
    for number, some in by_number.items():
        bound = [(bytes(row.wrapped or b""), subject_aad(row.subject)) for row in some]
        keys = place().unwrap(checked(number), bound)
        found |= {row.subject: key for row, key in zip(some, keys, strict=True)}
    return found


def destroy_subject(subject_id: uuid.UUID) -> None:
    """Erases a subject: its key is overwritten, for good. Backups of the keys database still hold it until they expire, which is
    why that database has a short backup cycle of its own."""
    connection = connections["keys"]
    lite = connection.vendor == "sqlite"
    if lite:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")
    changed = SubjectKey.objects.filter(subject=subject_id, wrapped__isnull=False).update(
        wrapped=None, destroyed_at=Now()
    )
    if not changed:
        row = SubjectKey.objects.filter(subject=subject_id).first()
        if row is None:
            raise KeyMissing.subject(subject_id)
    if lite and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def new_record_key(subject_id: uuid.UUID) -> tuple[bytes, bytes]:
    """A new record key of a subject: (wrapped, to be stored with the record; the key itself)."""
    key = os.urandom(SIZE)
    return seal(subject_key(subject_id), key, aad("record-key", subject_id, "wrap")), key


def open_record_key(subject_id: uuid.UUID, wrapped: bytes) -> bytes:
    return open_sealed(subject_key(subject_id), wrapped, aad("record-key", subject_id, "wrap"))


def rewrap_record_key(wrapped: bytes, old: uuid.UUID, new: uuid.UUID) -> bytes:
    """A record key in the hands of another subject: whose it was turned out later. What it sealed stays as it is."""
    key = open_record_key(old, wrapped)
    return seal(subject_key(new), key, aad("record-key", new, "wrap"))


def process_key(use: str, number: int | None = None) -> tuple[int, bytes]:
    """A key of the installation itself, for what belongs to no subject (run tokens): (number in the ring, key). `LookupError` when
    the ring holds no key of that number."""
    ring = place()
    number = ring.current() if number is None else number
    if not ring.has(number):
        raise LookupError(number)
    return number, _process_key(ring.root(checked(number)), use)


def process_numbers() -> list[int]:
    """The numbers that `process_key` knows, the current one first, then the newest."""
    ring = place()
    current = ring.current()
    return sorted(ring.numbers(), key=lambda number: (number != current, -number))


@lru_cache(maxsize=32)
def _process_key(key: bytes, use: str) -> bytes:
    return subkey(key, use)


def checked(number: int) -> int:
    """A number of the ring whose key was compared with the one these data were made with."""
    ring = place().at(number)
    check_key(f"ring {number}", ring.root(number), ring.where)
    return number


def _row(subject_id: uuid.UUID) -> SubjectKey:
    with keys_database():
        row = SubjectKey.objects.filter(subject=subject_id).first()
    if row is None:
        raise KeyMissing.subject(subject_id)
    if row.wrapped is None:
        raise SubjectDestroyed(subject_id)
    return row


def subject_aad(subject_id: uuid.UUID) -> bytes:
    return aad("vault.subjectkey", subject_id, "wrap")
