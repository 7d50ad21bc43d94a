"""The one statement that appends: it numbers the events of a batch in their order, leaves out those that are there, and inserts
nothing unless its condition holds. The same text on SQLite and PostgreSQL.

Two writers of one record may compute the same number; the unique index lets one of them win, and the other tries again, now
waiting in line at the record's row.
Neither the record nor the user is opened or loaded.
"""

import datetime as dt
import threading
import uuid
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction

from runtime.records.prepared import gone, prepared_cursor

Row = tuple[uuid.UUID, int, bytes]  # client id, seen, sealed

_TRIES = 20
_LINE = "SELECT 1 FROM records_record WHERE id = %s FOR NO KEY UPDATE"
# SQLite has one writer at a time, and who waits for it sleeps in ever longer steps: the threads of one process queue here instead.
_turn = threading.Lock()
_WAITING_MOST = 1000  # late events that wait at one record; a flood stops here

_LIVE = """
    SELECT 1 FROM records_session s
    JOIN records_record r ON r.id = s.record_id
    LEFT JOIN people_person p ON p.user_id = s.agent_id
    WHERE s.id = %s AND s.record_id = %s AND s.fence = %s AND s.epoch = %s
      AND s.ended_at IS NULL AND r.closed_at IS NULL AND r.version_id = %s AND (s.agent_id IS NULL OR p.epoch = s.epoch)
"""
_LATE = """
    SELECT 1 FROM records_session s
    WHERE s.id = %s AND s.record_id = %s AND (
        SELECT COUNT(*) FROM records_event w WHERE w.record_id = %s AND w.late AND w.merged_at IS NULL) < %s
"""
_STATEMENT = """
WITH batch(position, client_id, seen, sealed) AS ({batch}),
fresh AS (
    SELECT b.*, ROW_NUMBER() OVER (ORDER BY b.position) AS step FROM batch b
    WHERE EXISTS ({condition})
      AND NOT EXISTS (SELECT 1 FROM records_event e WHERE e.record_id = %s AND e.client_id = b.client_id)
)
INSERT INTO records_event (record_id, number, client_id, session_id, seen, sealed, at, late, dismissed)
SELECT {uuid}, f.step + (SELECT COALESCE(MAX(number), 0) FROM records_event WHERE record_id = %s),
       f.client_id, {uuid}, f.seen, f.sealed, {at}, {late}, {false}
FROM fresh f ORDER BY f.position
RETURNING client_id, number
"""

# One text for batches of any size, so that PostgreSQL plans it once.
_ARRAYS = """
    SELECT u.position, u.client_id, u.seen, u.sealed
    FROM unnest(%s::uuid[], %s::int[], %s::bytea[]) WITH ORDINALITY AS u(client_id, seen, sealed, position)
"""


def insert_live(
    *,
    record: uuid.UUID,
    session: uuid.UUID,
    fence: int,
    epoch: int,
    version: int,
    rows: Sequence[Row],
    now: dt.datetime,
) -> dict[uuid.UUID, int]:
    """Inserts while session, fence and epoch hold and the record is open, on this version: the numbers given, by client id. Empty
    when nothing was inserted: all there, or the condition does not hold."""
    condition = [_id(session), _id(record), fence, epoch, version]
    return _insert(record, session, rows, now, (_LIVE, condition, False))


def insert_late(
    *, record: uuid.UUID, session: uuid.UUID, rows: Sequence[Row], now: dt.datetime
) -> dict[uuid.UUID, int]:
    """Inserts as late events, whatever became of the session; nothing when too many are waiting already."""
    condition = [_id(session), _id(record), _id(record), _WAITING_MOST]
    return _insert(record, session, rows, now, (_LATE, condition, True))


def numbers_of(
    record: uuid.UUID, client_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, tuple[int, bool]]:
    """(number, waiting as late) of those that are there."""
    marks = ", ".join(["%s"] * len(client_ids))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT client_id, number, late FROM records_event WHERE record_id = %s AND client_id IN ({marks})",  # noqa: S608
            [_id(record), *map(_id, client_ids)],
        )
        return {
            _uuid(client_id): (number, bool(late)) for client_id, number, late in cursor.fetchall()
        }


def _insert(
    record: uuid.UUID,
    session: uuid.UUID,
    rows: Sequence[Row],
    now: dt.datetime,
    condition: tuple[str, list[Any], bool],
) -> dict[uuid.UUID, int]:
    text, parameters, late = condition
    sql = _sql(len(rows), text, late=late)
    arguments = [
        *_batch(rows),
        *parameters,
        _id(record),
        _id(record),
        _id(record),
        _id(session),
        _moment(now),
    ]
    for again in range(_TRIES):
        try:
            return _in_line(record, sql, arguments) if again else _execute(sql, arguments)
        except OperationalError:
            if again or not gone():
                raise
        except (
            IntegrityError
        ):  # the number, or the very event, was taken by another writer just now
            if again == _TRIES - 1:
                raise
    raise AssertionError("unreachable")


def _batch(rows: Sequence[Row]) -> list[Any]:
    """The rows as the statement takes them: three arrays, or one value after the other."""
    if connection.vendor == "postgresql":
        return [list(column) for column in zip(*rows, strict=True)]
    return [
        part
        for position, (client_id, seen, sealed) in enumerate(rows)
        for part in (position, _id(client_id), seen, sealed)
    ]


def _in_line(record: uuid.UUID, sql: str, arguments: list[Any]) -> dict[uuid.UUID, int]:
    """Again, after a collision: those who collided wait for each other at the record's row, so that none of them starves."""
    with transaction.atomic():
        if connection.features.has_select_for_update:
            with connection.cursor() as cursor:
                cursor.execute(_LINE, [_id(record)])
        return _run(sql, arguments)


def _execute(sql: str, arguments: list[Any]) -> dict[uuid.UUID, int]:
    if connection.in_atomic_block:
        with transaction.atomic():
            return _run(sql, arguments)
    if connection.vendor == "sqlite":
        with _turn:
            return _run(sql, arguments)
    return _run(sql, arguments)


def _run(sql: str, arguments: list[Any]) -> dict[uuid.UUID, int]:
    with prepared_cursor() as cursor:
        cursor.execute(sql, arguments)
        return {_uuid(client_id): number for client_id, number in cursor.fetchall()}


def _sql(count: int, condition: str, *, late: bool) -> str:
    if connection.vendor == "postgresql":
        return _text(_ARRAYS, condition, late=late, types=("%s::uuid", "%s::timestamptz"))
    values = "VALUES " + ", ".join(["(%s, %s, %s, %s)"] * count)
    return _text(values, condition, late=late, types=("%s", "%s"))


@lru_cache(maxsize=64)
def _text(batch: str, condition: str, *, late: bool, types: tuple[str, str]) -> str:
    return _STATEMENT.format(
        batch=batch,
        condition=condition,
        uuid=types[0],
        at=types[1],
        late="TRUE" if late else "FALSE",
        false="FALSE",
    )


def _id(value: uuid.UUID) -> Any:
    return value if connection.vendor == "postgresql" else value.hex


def _uuid(value: Any) -> uuid.UUID:
    return value if isinstance(value, uuid.UUID) else uuid.UUID(value)


def _moment(now: dt.datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(now)
