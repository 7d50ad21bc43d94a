"""Files under a subkey of the record's key; what they are called and what they hold, under the subkey of its events.

So the append, whose token carries that one, can ask whether an answer names a file of this record, without opening the
record. The AAD names record and file: a file copied to another row does not open there.
"""

import json
import uuid
from dataclasses import dataclass
from typing import Any

from runtime.audit.actions import log_access
from runtime.records.models import Record, StoredFile
from runtime.records.store.sealing import RecordKeys
from runtime.vault.envelope import aad, open_sealed, seal

Reference = dict[str, str]  # the answer that names a file


@dataclass(frozen=True, repr=False)
class About:
    """What is known of a file without opening it: for which question, the answer that names it, the fingerprint of what was sent."""

    question: str
    reference: Reference
    sent: str


@dataclass(frozen=True, repr=False)
class OpenedFile:
    """A file, opened."""

    about: About
    data: bytes


def seal_about(events_key: bytes, record: uuid.UUID, file: uuid.UUID, about: About) -> bytes:
    """For the row of a file, under the key that a run token carries."""
    row = [about.question, about.reference, about.sent]
    data = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()
    return seal(events_key, data, _aad(record, file, "about"))


def open_about(events_key: bytes, row: StoredFile) -> About:
    """What a file is; `Tampered` where row or column were changed."""
    data = open_sealed(events_key, row.about, _aad(row.record_id, row.pk, "about"))
    return About(*json.loads(data))


def seal_content(
    record: Record, file: uuid.UUID, data: bytes, small: bytes | None
) -> tuple[bytes, bytes | None]:
    """The file and its small picture, sealed for their columns."""
    key = RecordKeys.of(record).files
    sealed = seal(key, data, _aad(record.id, file, "content"))
    return sealed, None if small is None else seal(key, small, _aad(record.id, file, "small"))


def open_file(
    record: Record, file: uuid.UUID, *, by: Any, purpose: str, small: bool = False
) -> OpenedFile | None:
    """Opens a file of a record, or its small picture; None where there is none. The access log is written first."""
    column = "small" if small else "content"
    rows = StoredFile.objects.filter(record=record, pk=file).only("record_id", "about", column)
    row = rows.first()
    sealed = getattr(row, column, None)
    if row is None or sealed is None:
        return None
    detail = f"{'picture' if small else 'file'} {file}"
    log_access(
        by=by,
        deed="open",
        subject=record.subject,
        record=record.id,
        purpose=purpose,
        detail=detail,
    )
    keys = RecordKeys.of(record)
    data = open_sealed(keys.files, sealed, _aad(record.id, file, column))
    return OpenedFile(open_about(keys.events, row), data)


def _aad(record: uuid.UUID, file: uuid.UUID, column: str) -> bytes:
    return aad("records.storedfile", f"{record}/{file}", column)
