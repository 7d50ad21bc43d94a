"""The one module of this package that touches the vault: what it keeps is sealed here, pseudonyms are made here."""

import base64
import hashlib
import hmac
import json
import uuid
from collections.abc import Iterator
from typing import Any

from runtime.vault.blind import tokens_key
from runtime.vault.envelope import aad, open_sealed, seal
from runtime.vault.errors import KeyMissing, SubjectDestroyed, VaultError
from runtime.vault.keys import subject_key, subkey
from runtime.vault.models import SubjectKey

__all__ = [
    "KeyMissing",
    "SubjectDestroyed",
    "VaultError",
    "erased_subjects",
    "open_facts",
    "pseudonym",
    "seal_facts",
    "sealed_anew",
]

SUBJECTS_AT_ONCE = 400
PSEUDONYM_BYTES = 15  # 24 letters of base32 without padding


def seal_facts(subject: uuid.UUID, table: str, row: object, facts: Any) -> bytes:
    """JSON of `facts`, sealed under the subject's key for one row of a table."""
    data = json.dumps(facts, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    return seal(_key(subject, table), data, aad(table, row, "facts"))


def open_facts(subject: uuid.UUID, table: str, row: object, sealed: bytes) -> Any:
    """What was sealed for that row. SubjectDestroyed after an erasure, Tampered if it was moved or changed."""
    if not sealed:  # its record was erased, and the person was not
        raise SubjectDestroyed(subject)
    return json.loads(open_sealed(_key(subject, table), bytes(sealed), aad(table, row, "facts")))


def sealed_anew(
    former: uuid.UUID, subject: uuid.UUID, table: str, row: object, sealed: bytes
) -> bytes:
    """What was sealed for that row under a former subject's key, under another's: whose it is turned out later."""
    place = aad(table, row, "facts")
    return seal(
        _key(subject, table), open_sealed(_key(former, table), bytes(sealed), place), place
    )


def pseudonym(institute: str, kind: str, identity: uuid.UUID) -> str:
    """What an institute knows a person or a record by: stable, its own, and telling nothing without the index key."""
    key = tokens_key(f"pseudonym of {institute}")
    digest = hmac.new(key, kind.encode() + b"|" + identity.bytes, hashlib.sha256).digest()
    return base64.b32encode(digest[:PSEUDONYM_BYTES]).decode()


def erased_subjects() -> Iterator[list[uuid.UUID]]:
    """The subjects that were erased, some hundreds at a time."""
    found = SubjectKey.objects.filter(wrapped__isnull=True).values_list("subject", flat=True)
    some: list[uuid.UUID] = []
    for subject in found.iterator():
        some.append(subject)
        if len(some) == SUBJECTS_AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _key(subject: uuid.UUID, table: str) -> bytes:
    return subkey(subject_key(subject), table)
