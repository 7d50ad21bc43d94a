"""Records opened for an export, one after the other: memory stays flat, and the log is committed before a row leaves."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from builder.models import Version
from exports.readings import reading
from exports.table import Reading
from exports.vaulted import SubjectDestroyed
from runtime.queues import scope
from runtime.records import store
from runtime.records.models import Record, Session

RECORDS_A_BATCH = 50


def readings(*, version: Version, by: Any, purpose: str) -> Iterator[Reading]:
    """The records of a version that `by` may see, oldest first. Each opening is logged; those of erased persons are left out.

    A batch is one transaction: its rows are given only when its log is committed.
    """
    after: Record | None = None
    while True:
        with transaction.atomic():
            batch = _batch(version, after, by)
            read = [
                found for record in batch if (found := _reading(record, by, purpose)) is not None
            ]
        yield from read
        if len(batch) < RECORDS_A_BATCH:
            return
        after = batch[-1]


def _batch(version: Version, after: Record | None, by: Any) -> list[Record]:
    records = real_records(by).filter(version=version)
    if after is not None:
        later = Q(created_at__gt=after.created_at) | Q(
            created_at=after.created_at, pk__gt=after.pk
        )
        records = records.filter(later)
    return list(records.order_by("created_at", "pk")[:RECORDS_A_BATCH])


def real_records(by: Any = None) -> QuerySet[Record]:
    """The records that tell of real cases: those of practice are left out. `by` is who may see them; None is the worker."""
    practice = Session.objects.filter(record=OuterRef("pk"), kind="practice")
    return scope.records(by).filter(~Exists(practice)).select_related("version__app")


def _reading(record: Record, by: Any, purpose: str) -> Reading | None:
    try:
        return reading(store.open_record(record, by=by, purpose=purpose), record)
    except SubjectDestroyed:
        return None
