"""What of a row goes into the tree: all of it, in one form whatever the database.

`written` gives the fields as texts from what Python holds, `read` reads them so from the database with plain SQL (no object
for a row: a million of them are verified in seconds). Both give the same `Fields` for the same row.
"""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from json import JSONEncoder
from typing import Any

from django.db import connection

from runtime.audit.tree import leaf_hash

MOMENT = "%Y-%m-%d %H:%M:%S.%f"
PAGE = 10_000
# at, by, deed, subject, record, purpose, detail
Fields = Sequence[Any]

# Whatever somebody put into a column has a text, even if it is not what we put there.
_encode = JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=repr).encode

COLUMNS = {
    "sqlite": (
        # fractions of a second are left out where there are none
        "CASE length(l.at) WHEN 19 THEN l.at || '.000000' ELSE CAST(l.at AS text) END",
        "l.by_id, l.deed, l.subject, l.record, l.purpose, l.detail",
        "lower(hex(l.mark))",
    ),
    "postgresql": (
        "to_char(l.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
        "l.by_id, l.deed, replace(l.subject::text, '-', ''), replace(l.record::text, '-', ''), l.purpose, l.detail",
        "encode(l.mark, 'hex')",
    ),
}


def written(
    *,
    at: dt.datetime,
    by: int | None,
    deed: str,
    subject: uuid.UUID | None,
    record: uuid.UUID | None,
    purpose: str,
    detail: str,
) -> Fields:
    return (
        at.astimezone(dt.UTC).strftime(MOMENT),
        by,
        deed,
        subject.hex if subject else None,
        record.hex if record else None,
        purpose,
        detail,
    )


def canonical(fields: Sequence[Any]) -> bytes:
    """One text for these fields, and no other fields with the same."""
    return _encode(fields).encode("utf-8", "surrogatepass")


def leaf(row: int, fields: Fields, mark: str | None) -> bytes:
    """The leaf of a row: its number, its fields, its mark."""
    return leaf_hash(canonical((row, *fields, mark or "")))


def columns() -> str:
    """What to select of `audit_accesslog l`: seven fields and the mark."""
    return ", ".join(COLUMNS[connection.vendor])


def unsealed(above: int, limit: int) -> list[tuple[Any, ...]]:
    """Rows that have no place in the tree: (number, fields.., mark), those above a number, in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT l.id, {columns()} FROM audit_accesslog l WHERE l.id > %s AND NOT EXISTS "  # noqa: S608 - our own column names
            "(SELECT 1 FROM audit_sealedrow s WHERE s.log = l.id) ORDER BY l.id LIMIT %s",
            [above, limit],
        )
        return list(cursor.fetchall())


def sealed(first: int, last: int | None) -> Iterator[tuple[Any, ...]]:
    """The rows in the tree's order, from place `first` until before `last`: (place, number, leaf, number in the log or None, fields..,
    mark), fetched a page at a time."""
    end = 2**62 if last is None else last
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                f"SELECT s.position, s.log, s.leaf, l.id, {columns()} FROM audit_sealedrow s "  # noqa: S608
                "LEFT JOIN audit_accesslog l ON l.id = s.log WHERE s.position >= %s AND s.position < %s "
                "ORDER BY s.position LIMIT %s",
                [first, end, PAGE],
            )
            rows = cursor.fetchall()
            yield from rows
            if len(rows) < PAGE:
                return
            first = rows[-1][0] + 1
