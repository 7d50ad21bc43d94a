"""What the queue keeps sealed: the prefill of an item, and the rows of a list being loaded.

A prefill is sealed under its party's key and goes when the party is erased. A list is a subject of
its own for as long as it is being loaded; then its key is destroyed. The one client of the vault here
(`runtime.learning` makes a learner's subject through it).
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from runtime.vault.envelope import aad, open_sealed, seal
from runtime.vault.errors import SubjectDestroyed
from runtime.vault.keys import create_subject, destroy_subject, subject_key, subkey

__all__ = ["SubjectDestroyed", "create_subject", "destroy_subject"]

Row = tuple[int, list[str]]  # line number, cells
LeftOut = tuple[int, list[str], list[tuple[str, str]]]  # with every reason: code, column


def seal_prefill(party: UUID, item: UUID, values: Mapping[str, Any]) -> bytes:
    return seal(
        _key(party, "prefill"), _bytes(dict(values)), aad("queues.workitem", item, "prefill")
    )


def open_prefill(party: UUID, item: UUID, sealed: bytes) -> dict[str, Any]:
    data = open_sealed(_key(party, "prefill"), sealed, aad("queues.workitem", item, "prefill"))
    return dict(json.loads(data))


def seal_rows(job: UUID, number: int, rows: Sequence[Row]) -> bytes:
    """Rows of a list; number 0 is its header with a few rows."""
    return seal(_key(job, "import"), _bytes(list(rows)), aad("queues.importjob", job, str(number)))


def open_rows(job: UUID, number: int, sealed: bytes) -> list[Row]:
    data = open_sealed(_key(job, "import"), sealed, aad("queues.importjob", job, str(number)))
    return [(line, cells) for line, cells in json.loads(data)]


def seal_left_out(job: UUID, number: int, rows: Sequence[LeftOut]) -> bytes:
    """Rows of a chunk that could not be taken."""
    where = aad("queues.importleftout", job, str(number))
    return seal(_key(job, "left out"), _bytes(list(rows)), where)


def open_left_out(job: UUID, number: int, sealed: bytes) -> list[LeftOut]:
    where = aad("queues.importleftout", job, str(number))
    data = open_sealed(_key(job, "left out"), sealed, where)
    return [
        (line, cells, [(code, column) for code, column in wrong])
        for line, cells, wrong in json.loads(data)
    ]


def _key(subject: UUID, use: str) -> bytes:
    return subkey(subject_key(subject), use)


def _bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
