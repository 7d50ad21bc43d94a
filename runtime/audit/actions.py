"""The only writer of the access log and of its tree."""

import datetime as dt
import logging
import uuid
from typing import Any

from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from runtime.audit import keys, leaves
from runtime.audit.errors import LogUnwritable
from runtime.audit.models import AccessLog, Seal, SealedRow, Verification
from runtime.audit.tree import Tree

DEEDS = (
    "open",
    "search",
    "export",
    "document",
    "settle",
    "replay",
    "verify",
    "print",
    "deliver",
    "erase",
    "audit",
    "break_glass",
    "judge",
)
BATCH = 5_000
MOST_BATCHES = 40  # in one go: the worker has other things to do
# A row gets its number when it is inserted and is seen when it is committed, maybe after later numbers were sealed. Each time, rows above
# what was sealed this long ago are looked at; a later commit is found by the look at everything, once an hour.
LOOK_BACK = dt.timedelta(minutes=10)

logger = logging.getLogger("scriptorium.audit")


def log_access(
    *,
    by: Any,
    deed: str,
    purpose: str,
    subject: uuid.UUID | None = None,
    record: uuid.UUID | None = None,
    detail: str = "",
) -> AccessLog:
    """Writes that `by` (None: the system) is about to do `deed`. Called before the deed: when this raises (`LogUnwritable`, or
    `KeyMissing` without the ring that marks rows), do nothing.

    `purpose` and `detail` are codes, numbers and set words, never something typed about a person.
    """
    if deed not in DEEDS:
        raise ValueError(f"unknown deed {deed}")
    if not purpose.strip():
        raise ValueError("an access needs a purpose")
    row = {
        "at": timezone.now(),
        "deed": deed,
        "subject": subject,
        "record": record,
        "purpose": purpose[:200],
        "detail": detail[:200],
    }
    number = None if by is None else by.pk
    mark = keys.mark(leaves.written(by=number, **row))
    try:
        return AccessLog.objects.create(by=by, mark=mark, **row)
    except DatabaseError as problem:
        logger.error("the access log cannot be written: %s", type(problem).__name__)
        raise LogUnwritable from problem


def seal_rows(*, now: dt.datetime, everything: bool = False) -> int:
    """Gives the rows that have none their places in the tree, in batches; how many were given one. Harmless when two do it at once."""
    done = 0
    above = 0 if everything else _looked_at(now)
    start = Seal.objects.get(before=-1).highest
    for _batch in range(MOST_BATCHES):
        rows = leaves.unsealed(above, BATCH)
        genuine = [row for row in rows if _genuine(row, start)]
        if genuine:
            try:
                with transaction.atomic():
                    _seal(genuine, now)
            except IntegrityError:
                return done  # another worker was there first
        done += len(genuine)
        _tell_forged(len(rows) - len(genuine))
        if len(rows) < BATCH:
            return done
        above = rows[-1][0]
    return done


def _tell_forged(count: int) -> None:
    if count:
        logger.error(
            "%s rows of the access log bear no mark of this house and were not sealed: manage.py verify_log names them",
            count,
        )


def _seal(rows: list[tuple[Any, ...]], now: dt.datetime) -> None:
    last = Seal.objects.order_by("-size")[0]
    tree = Tree(last.size, bytes(last.peaks))
    made = [
        SealedRow(
            position=last.size + place, log=row[0], leaf=leaves.leaf(row[0], row[1:8], row[8])
        )
        for place, row in enumerate(rows)
    ]
    tree.extend(one.leaf for one in made)
    SealedRow.objects.bulk_create(made)
    Seal.objects.create(
        size=tree.size, before=last.size, peaks=tree.peaks, highest=rows[-1][0], at=now
    )


def _looked_at(now: dt.datetime) -> int:
    """The number up to which no row can come any more, or hardly."""
    seals = Seal.objects.filter(at__lt=now - LOOK_BACK, size__gt=0).order_by("-size")
    return seals.values_list("highest", flat=True).first() or 0


def _genuine(row: tuple[Any, ...], start: int) -> bool:
    """Whether the house wrote it, or it was there before rows had marks."""
    if not row[8]:
        return bool(row[0] <= start)
    return keys.marked(row[1:8], bytes.fromhex(row[8]))


def keep_verification(*, size: int, checkpoints: int, faults: int, seconds: float) -> Verification:
    """That the log was verified just now."""
    return Verification.objects.create(
        at=timezone.now(), size=size, checkpoints=checkpoints, faults=faults, seconds=seconds
    )
