"""Events and snapshots under the subkeys of a record's key.

The AAD of an event names its record and its client's id, not its number: the number is given by the statement that
inserts it. What the writer had seen is sealed with the event, so that a changed column is noticed.
"""

import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from runtime.records.models import Record
from runtime.vault.envelope import aad, open_sealed, seal
from runtime.vault.errors import RecordErased, SubjectDestroyed, Tampered
from runtime.vault.keys import (
    create_subject,
    destroy_subject,
    new_record_key,
    open_record_key,
    rewrap_record_key,
    subkey,
)


@dataclass(frozen=True, repr=False)
class RecordKeys:
    """The subkeys of one record."""

    record: uuid.UUID
    events: bytes
    snapshot: bytes
    files: bytes

    @classmethod
    def of(cls, record: Record) -> "RecordKeys":
        """Opens a record's key; `SubjectDestroyed` after erasure. A row read before its record was given to its person is read anew."""
        if record.erased_at:
            raise RecordErased(record.id)
        try:
            key = open_record_key(record.subject, record.wrapped_key)
        except SubjectDestroyed:
            before = record.subject
            record.refresh_from_db(fields=["party", "subject", "wrapped_key"])
            if record.subject == before:
                raise
            key = open_record_key(record.subject, record.wrapped_key)
        return cls._derived(record.id, key)

    @classmethod
    def new(cls, record_id: uuid.UUID, subject: uuid.UUID) -> tuple[bytes, "RecordKeys"]:
        """A new record key, wrapped, and its subkeys."""
        wrapped, key = new_record_key(subject)
        return wrapped, cls._derived(record_id, key)

    @classmethod
    def _derived(cls, record_id: uuid.UUID, key: bytes) -> "RecordKeys":
        uses = ("events", "snapshot", "files")
        return cls(record_id, *(subkey(key, f"{use} {record_id}") for use in uses))


def new_subject() -> uuid.UUID:
    """A subject for a record about nobody known: made in the keys database first."""
    subject = uuid.uuid4()
    create_subject(subject)
    return subject


def destroy_key_of(subject: uuid.UUID) -> None:
    """The end of a subject that was a record's alone."""
    destroy_subject(subject)


def give_to(record: Record, subject: uuid.UUID) -> None:
    """The record's key under another subject's; where the record is not kept so, the old subject's key is still there."""
    old = record.subject
    record.wrapped_key = rewrap_record_key(bytes(record.wrapped_key), old, subject)
    record.subject = subject
    transaction.on_commit(lambda: destroy_subject(old))


def seal_event(
    key: bytes, record_id: uuid.UUID, client_id: uuid.UUID, seen: int, event: dict[str, Any]
) -> bytes:
    data = json.dumps([seen, event], ensure_ascii=False, separators=(",", ":")).encode()
    return seal(key, data, _event_aad(record_id, client_id))


def open_event(keys: RecordKeys, row: Any) -> dict[str, Any]:
    """The event of a row (of the table, or its columns by name); `Tampered` when row or column were changed."""
    seen, event = json.loads(
        open_sealed(keys.events, row.sealed, _event_aad(row.record_id, row.client_id))
    )
    if seen != row.seen:
        raise Tampered
    return event


def seal_snapshot(keys: RecordKeys, number: int, data: dict[str, Any]) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return seal(keys.snapshot, text.encode(), _snapshot_aad(keys.record, number))


def open_snapshot(keys: RecordKeys, record: Record) -> dict[str, Any] | None:
    """The snapshot, or None when there is none yet."""
    if record.snapshot is None:
        return None
    return json.loads(
        open_sealed(
            keys.snapshot, record.snapshot, _snapshot_aad(record.id, record.snapshot_number)
        )
    )


def _event_aad(record_id: uuid.UUID, client_id: uuid.UUID) -> bytes:
    return aad("records.event", f"{record_id}/{client_id}", "sealed")


def _snapshot_aad(record_id: uuid.UUID, number: int) -> bytes:
    return aad("records.record", f"{record_id}/{number}", "snapshot")
