"""The first half of a delivery: which rows go, sealed one batch after the other. Used by `actions` alone.

Every batch is one transaction under the feed's lock: the access log, the opening of its records and their sealed rows
are committed together. A process that dies leaves the delivery `preparing`; the next one goes on where it stopped.
"""

import datetime
import uuid
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, QuerySet

from exports.feeds.mapping import values
from exports.feeds.models import DeliveredRow, Delivery, Feed
from exports.opening import real_records
from exports.vaulted import (
    SubjectDestroyed,
    erased_subjects,
    open_facts,
    seal_facts,
    sealed_anew,
)
from runtime.records import store
from runtime.records.models import Record

ROWS_A_BATCH = 50
TABLE = "exports.deliveredrow"


def unfinished(feed: Feed) -> Delivery | None:
    """The delivery that was begun and not brought to its end, if there is one."""
    return feed.deliveries.filter(state__in=("preparing", "prepared")).order_by("sequence").first()


def begin(feed: Feed, now: datetime.datetime) -> Delivery | None:
    """The unfinished delivery, else a new one where something is new; None where nothing is."""
    with transaction.atomic():
        locked = Feed.objects.select_for_update().get(pk=feed.pk)
        delivery = unfinished(locked)
        if delivery is not None:
            return delivery
        if not pending(locked, now).exists() and not erased_since(locked):
            return None
        last = locked.deliveries.aggregate(last=Max("sequence"))["last"] or 0
        batch_id = uuid.uuid4()
        return Delivery.objects.create(
            feed=locked,
            sequence=last + 1,
            batch_id=batch_id,
            columns=locked.columns,
            created_at=now,
            file_name=f"{locked.code}-{last + 1:06d}-{batch_id.hex[:8]}.csv",
        )


def fill(delivery: Delivery, by: Any) -> None:
    """Seals all rows that were pending when the delivery began, then marks it `prepared`."""
    while _fill_one(delivery.pk, by):
        pass
    delivery.refresh_from_db()


def pending(feed: Feed, until: datetime.datetime) -> QuerySet[Record]:
    """Closed records of the feed's app whose revision has not left yet, oldest first."""
    sent = DeliveredRow.objects.filter(
        feed=feed, record=OuterRef("pk"), revision__gte=OuterRef("reopened") + 1
    )
    closed = real_records().filter(version__app=feed.app, closed_at__lte=until)
    return closed.filter(~Exists(sent)).order_by("closed_at", "pk")


def erased_since(feed: Feed) -> list[DeliveredRow]:
    """The last rows of records whose subject was erased after they left: the institute is told to delete them."""
    later = DeliveredRow.objects.filter(
        feed=feed, record=OuterRef("record"), revision__gt=OuterRef("revision")
    )
    last = (
        DeliveredRow.objects.filter(feed=feed).filter(~Exists(later)).exclude(operation="delete")
    )
    return [row for some in erased_subjects() for row in last.filter(subject__in=some)]


def contents(delivery: Delivery) -> Iterator[tuple[DeliveredRow, list[str | None]]]:
    """The rows of a delivery as they were sealed, in their order; who was erased since has no cells left."""
    rows = DeliveredRow.objects.filter(delivery=delivery).exclude(operation="skip").order_by("pk")
    for row in rows.iterator(chunk_size=200):
        yield row, _cells(row) if row.sealed else []


def seal_anew(*, record: Record, former: uuid.UUID) -> None:
    """The rows of a record that was just given to its person (and is held): sealed for the person, as they were."""
    for row in DeliveredRow.objects.filter(record=record.pk, subject=former):
        if row.sealed:
            row.sealed = sealed_anew(former, record.subject, TABLE, _place(row), row.sealed)
        row.subject = record.subject
        row.save(update_fields=["sealed", "subject"])


def _cells(row: DeliveredRow) -> list[str | None]:
    """None left of who was erased. A row read just before its record was given to its person is read anew."""
    try:
        return _opened(row)
    except SubjectDestroyed:
        before = row.subject
        row.refresh_from_db(fields=["subject", "sealed"])
        return [] if row.subject == before else _cells(row)


def _opened(row: DeliveredRow) -> list[str | None]:
    cells: list[str | None] = open_facts(row.subject, TABLE, _place(row), row.sealed)
    return cells


def _fill_one(delivery_id: int, by: Any) -> bool:
    with transaction.atomic():
        delivery = Delivery.objects.select_related("feed__institute", "feed__app").get(
            pk=delivery_id
        )
        Feed.objects.select_for_update().get(pk=delivery.feed_id)
        delivery.refresh_from_db(fields=["state"])
        if delivery.state != "preparing":
            return False
        records = list(pending(delivery.feed, delivery.created_at)[:ROWS_A_BATCH])
        rows = [_row(delivery, record, by) for record in records]
        if not records:
            rows = [_deletion(delivery, row) for row in erased_since(delivery.feed)]
        DeliveredRow.objects.bulk_create(rows)
        changes: dict[str, Any] = {
            "rows": F("rows") + len([row for row in rows if row.operation != "skip"])
        }
        if not records:
            changes["state"] = "prepared"
        Delivery.objects.filter(pk=delivery.pk).update(**changes)
    return bool(records)


def _row(delivery: Delivery, record: Record, by: Any) -> DeliveredRow:
    store.hold(record)
    revision = record.reopened + 1
    sent_before = DeliveredRow.objects.filter(
        feed=delivery.feed, record=record.pk, revision__lt=revision
    )
    row = DeliveredRow(
        feed=delivery.feed,
        delivery=delivery,
        record=record.pk,
        subject=record.subject,
        revision=revision,
        operation="update" if sent_before.exclude(operation="skip").exists() else "new",
    )
    try:
        opened = store.open_record(record, by=by, purpose=delivery.feed.purpose)
        cells = values(delivery.columns, record, opened, delivery.feed.institute.code)
        row.sealed = seal_facts(record.subject, TABLE, _place(row), cells)
    except SubjectDestroyed:
        row.operation = "delete" if row.operation == "update" else "skip"
    return row


def _deletion(delivery: Delivery, last: DeliveredRow) -> DeliveredRow:
    return DeliveredRow(
        feed=delivery.feed,
        delivery=delivery,
        record=last.record,
        subject=last.subject,
        revision=last.revision + 1,
        operation="delete",
    )


def _place(row: DeliveredRow) -> str:
    return f"{row.feed_id}/{row.record}/{row.revision}"
