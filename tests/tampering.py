"""What somebody who owns the database can do to the access log: lift its guards, and change, remove, put in, reorder, cut.

Each way is a function of a chance and a `Log` that does it with plain SQL and says which places it touched, (first, last), so that a
long log need not be read whole to see whether it is noticed. The more thorough ones make leaves, places and seals fit again: of these
only the checkpoints outside know.
"""

import datetime as dt
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from runtime.audit import keys, leaves
from runtime.audit.actions import seal_rows
from runtime.audit.models import AccessLog, Seal, SealedRow
from runtime.audit.tree import Tree

TABLES = ("audit_accesslog", "audit_sealedrow", "audit_seal")
BEGIN = dt.datetime(2026, 1, 5, 8, tzinfo=dt.UTC)
NEAR = 1_500  # how far from the end somebody makes everything fit again


def lift_guards() -> None:
    """Takes the triggers away, as the owner of the database can."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SET CONSTRAINTS ALL IMMEDIATE"
            )  # else its triggers wait, and the table cannot be altered
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            return
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit_%%'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


def fill(count: int, *, by: int, chance: random.Random, at: dt.datetime) -> dt.datetime:
    """So many rows as the house writes them, half a second apart; when the last one was written."""
    made = []
    for _ in range(count):
        at += dt.timedelta(milliseconds=500)
        row: dict[str, Any] = {
            "at": at,
            "deed": chance.choice(("open", "search", "settle", "export", "document")),
            "subject": uuid.UUID(int=chance.getrandbits(128)),
            "record": uuid.UUID(int=chance.getrandbits(128)) if chance.random() < 0.7 else None,
            "purpose": chance.choice(("call", "calls_back", "call_order:tracing", "settle")),
            "detail": chance.choice(("", "", "update", "contact_point 1")),
        }
        mark = keys.mark(leaves.written(by=by, **row))
        made.append(AccessLog(by_id=by, mark=mark, **row))
    AccessLog.objects.bulk_create(made, batch_size=1_000)
    return at


@dataclass
class Log:
    """A sealed log: its places, and up to where a checkpoint knows of it."""

    size: int
    known: int


def _run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _row_at(place: int) -> int:
    return SealedRow.objects.values_list("log", flat=True).get(position=place)


def _anywhere(chance: random.Random, log: Log) -> int:
    return chance.randrange(log.known)


def _near_end(chance: random.Random, log: Log) -> int:
    return chance.randrange(max(0, log.known - NEAR), log.known)


def _fit_leaf(place: int) -> None:
    """The leaf of a place, made again of the row that stands there."""
    row = next(leaves.sealed(place, place + 1))
    SealedRow.objects.filter(pk=place).update(leaf=leaves.leaf(row[3], row[4:11], row[11]))


def _fit_seals(place: int) -> None:
    """Every seal behind a place, made again of the leaves."""
    start = Seal.objects.filter(size__lte=place).order_by("-size")[0]
    tree = Tree(start.size, bytes(start.peaks))
    for seal in Seal.objects.filter(size__gt=place).order_by("size"):
        rows = SealedRow.objects.filter(position__gte=tree.size, position__lt=seal.size)
        tree.extend(bytes(leaf) for leaf in rows.order_by("pk").values_list("leaf", flat=True))
        if tree.size == seal.size:
            Seal.objects.filter(pk=seal.size).update(peaks=tree.peaks)


FIELDS: dict[str, Callable[[random.Random], Any]] = {
    "by_id": lambda chance: None,
    "deed": lambda chance: "print",
    "subject": lambda chance: uuid.UUID(int=chance.getrandbits(128)),
    "record": lambda chance: uuid.UUID(int=chance.getrandbits(128)),
    "purpose": lambda chance: "quality",
    "detail": lambda chance: f"reference {chance.randrange(10**6)}",
    "mark": lambda chance: chance.randbytes(26),
    "at": lambda chance: BEGIN + dt.timedelta(seconds=chance.random() * 10**6),
}


def changed(chance: random.Random, log: Log) -> tuple[int, int]:
    place, name = _anywhere(chance, log), chance.choice(list(FIELDS))
    AccessLog.objects.filter(pk=_row_at(place)).update(**{name: FIELDS[name](chance)})
    return place, place


def changed_with_its_leaf(chance: random.Random, log: Log) -> tuple[int, int]:
    place, _same = changed(chance, log)
    _fit_leaf(place)
    return place, place


def changed_with_all_that_follows(chance: random.Random, log: Log) -> tuple[int, int]:
    place = _near_end(chance, log)
    AccessLog.objects.filter(pk=_row_at(place)).update(
        subject=uuid.UUID(int=chance.getrandbits(128))
    )
    _fit_leaf(place)
    _fit_seals(place)
    return place, place


def exchanged(chance: random.Random, log: Log) -> tuple[int, int]:
    """Two rows with each other's person."""
    first = _anywhere(chance, Log(log.size, log.known - 1))
    one, other = (AccessLog.objects.get(pk=_row_at(place)) for place in (first, first + 1))
    AccessLog.objects.filter(pk=one.pk).update(subject=other.subject)
    AccessLog.objects.filter(pk=other.pk).update(subject=one.subject)
    return first, first + 1


def removed(chance: random.Random, log: Log) -> tuple[int, int]:
    place = _anywhere(chance, log)
    _run("DELETE FROM audit_accesslog WHERE id = %s", _row_at(place))
    return place, place


def removed_with_its_place(chance: random.Random, log: Log) -> tuple[int, int]:
    place, _same = removed(chance, log)
    _run("DELETE FROM audit_sealedrow WHERE position = %s", place)
    return place, place


def removed_and_closed_up(chance: random.Random, log: Log) -> tuple[int, int]:
    """The rows behind it move up, and the seals fit again."""
    place = _near_end(chance, log)
    removed_row = _row_at(place)
    _run("DELETE FROM audit_accesslog WHERE id = %s", removed_row)
    _run("DELETE FROM audit_sealedrow WHERE position = %s", place)
    # by way of negative numbers: a place is taken once only
    _run("UPDATE audit_sealedrow SET position = -position WHERE position > %s", place)
    _run("UPDATE audit_sealedrow SET position = -position - 1 WHERE position < 0")
    _fit_seals(place)
    return place, log.size - 1


def put_in(chance: random.Random, log: Log) -> tuple[int, int]:
    """A row that nobody wrote takes the place of another one; that one goes to the end."""
    place = _anywhere(chance, log)
    made = AccessLog.objects.create(
        at=BEGIN, by=None, deed="open", purpose="call", mark=chance.randbytes(26)
    )
    _run("UPDATE audit_sealedrow SET log = %s WHERE position = %s", made.pk, place)
    _fit_leaf(place)
    return place, place


def swapped(chance: random.Random, log: Log) -> tuple[int, int]:
    """Two places change their rows, leaves and all."""
    first = _anywhere(chance, Log(log.size, log.known - 1))
    second = min(log.known - 1, first + chance.randrange(1, 200))
    one, other = SealedRow.objects.get(pk=first), SealedRow.objects.get(pk=second)
    SealedRow.objects.filter(pk__in=(first, second)).delete()
    SealedRow.objects.create(position=first, log=other.log, leaf=other.leaf)
    SealedRow.objects.create(position=second, log=one.log, leaf=one.leaf)
    return first, second


def reversed_run(chance: random.Random, log: Log) -> tuple[int, int]:
    first = _anywhere(chance, Log(log.size, log.known - 1))
    rows = list(
        SealedRow.objects.filter(pk__gte=first, pk__lt=min(log.known, first + 20)).order_by("pk")
    )
    places = [row.position for row in rows]
    SealedRow.objects.filter(pk__in=places).delete()
    SealedRow.objects.bulk_create(
        [
            SealedRow(position=place, log=row.log, leaf=row.leaf)
            for place, row in zip(places, reversed(rows), strict=True)
        ]
    )
    return places[0], places[-1]


def cut_off(chance: random.Random, log: Log) -> tuple[int, int]:
    """The end, mostly the newest rows, now and then most of it; the last seal is made to fit."""
    furthest = log.known if chance.random() < 0.1 else min(log.known, 3 * NEAR)
    place = log.known - 1 - chance.randrange(furthest)
    _cut(place)
    start = Seal.objects.order_by("-size")[0]
    if start.size < place:
        tree = Tree(start.size, bytes(start.peaks))
        rows = SealedRow.objects.filter(position__gte=start.size).order_by("pk")
        tree.extend(bytes(leaf) for leaf in rows.values_list("leaf", flat=True))
        Seal.objects.create(
            size=place, before=start.size, peaks=tree.peaks, highest=0, at=start.at
        )
    return place, log.size - 1


def old_copy(chance: random.Random, log: Log) -> tuple[int, int]:
    """The database as it was at a seal before the last checkpoint."""
    seals = Seal.objects.filter(size__gt=log.known - 8 * NEAR, size__lt=log.known).values_list(
        "size", flat=True
    )
    size = chance.choice(list(seals))
    _cut(size)
    return size, log.size - 1


def old_copy_that_went_on(chance: random.Random, log: Log) -> tuple[int, int]:
    """And the house wrote and sealed on it, past the last checkpoint."""
    size, last = old_copy(chance, log)
    later = BEGIN + dt.timedelta(days=90)
    by = AccessLog.objects.exclude(by=None).values_list("by", flat=True)[0]
    fill(log.size - size + 5, by=by, chance=chance, at=later)
    seal_rows(now=later + dt.timedelta(days=1))
    return size, last


def _cut(place: int) -> None:
    first = _row_at(place)
    _run("DELETE FROM audit_accesslog WHERE id >= %s", first)
    _run("DELETE FROM audit_sealedrow WHERE position >= %s", place)
    _run("DELETE FROM audit_seal WHERE size > %s", place)


WAYS: tuple[Callable[[random.Random, Log], tuple[int, int]], ...] = (
    changed,
    changed_with_its_leaf,
    changed_with_all_that_follows,
    exchanged,
    removed,
    removed_with_its_place,
    removed_and_closed_up,
    put_in,
    swapped,
    reversed_run,
    cut_off,
    old_copy,
    old_copy_that_went_on,
)
