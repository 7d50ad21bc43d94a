"""The only writer of institutes, feeds and deliveries.

A delivery has two halves. First its rows are sealed in the database (`batches`); then they are written into the
institute's folder and the delivery is marked. A crash between the two leads to the same batch again: same name, same
bytes. The envelope is written last, so that a folder with an envelope has a whole file beside it.
"""

import datetime
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from builder.models import App
from exports.feeds import batches
from exports.feeds.folders import FolderRefused, folder_of, remove_all, whole_file
from exports.feeds.mapping import HEAD, checked_columns
from exports.feeds.models import DeliveredRow, Delivery, Feed, Institute
from exports.formats import csv
from exports.vaulted import pseudonym
from runtime.audit.actions import log_access

__all__ = [
    "Draft",
    "FolderRefused",
    "create_institute",
    "deliver",
    "deliver_now",
    "remove_files",
    "resend",
    "save_feed",
    "set_columns",
]

ENVELOPE = 1  # the number of the envelope's format


@dataclass(frozen=True)
class Draft:
    """What a data officer says of a feed; code, institute and app are chosen once."""

    title: str
    folder: str
    purpose: str
    open: bool = True


def create_institute(*, code: str, title: str, by: Any) -> Institute:
    """A new recipient. Its code is chosen once: the pseudonyms are derived from it."""
    institute = Institute(code=code, title=title)
    return _kept(institute, by)


def rename_institute(*, institute: Institute, title: str, by: Any) -> Institute:
    """Its title; never its code."""
    institute.title = title
    return _kept(institute, by)


def create_feed(*, code: str, institute: Institute, app: App, draft: Draft, by: Any) -> Feed:
    """A new feed, without columns yet. Raises FolderRefused."""
    folder_of(draft.folder)
    return _kept(Feed(code=code, institute=institute, app=app, **vars(draft)), by)


def save_feed(*, feed: Feed, draft: Draft, by: Any) -> Feed:
    """Changes what may be changed of a feed. Raises FolderRefused."""
    folder_of(draft.folder)
    for name, value in vars(draft).items():
        setattr(feed, name, value)
    return _kept(feed, by)


def set_columns(*, feed: Feed, columns: Sequence[dict[str, str]], by: Any) -> Feed:
    """Which sources go under which names, from the next delivery on. Raises MappingRefused."""
    feed.columns = checked_columns(feed, columns)
    return _kept(feed, by)


def deliver(*, feed: Feed, by: Any, now: datetime.datetime) -> Delivery | None:
    """Brings the feed's folder up to date; None where nothing is new. FolderRefused where it cannot be written.

    What was begun and interrupted is brought to its end first, as the same batch.
    """
    delivery = batches.begin(feed, now)
    if delivery is None:
        return None
    log_access(by=by, deed="deliver", purpose=feed.purpose, detail=delivery.file_name)
    batches.fill(delivery, by)
    return _write(delivery, now)


def deliver_now(*, feed: Feed) -> Delivery | None:
    """As `deliver`, because an outcome says so."""
    return deliver(feed=feed, by=None, now=timezone.now())


def resend(*, delivery: Delivery, by: Any, now: datetime.datetime) -> Delivery:
    """Writes a batch again, as it was: same name, same bytes (without those erased since)."""
    log_access(
        by=by, deed="deliver", purpose=delivery.feed.purpose, detail=f"again {delivery.file_name}"
    )
    batches.fill(delivery, by)
    return _write(delivery, now)


def remove_files() -> None:
    """Takes back all that was delivered, before a demo is made new and counts from 1 again. What others laid beside it stays."""
    names = Delivery.objects.values_list("file_name", flat=True)
    remove_all({name.removesuffix(".csv") for name in names})


def _write(delivery: Delivery, now: datetime.datetime) -> Delivery:
    try:
        folder = folder_of(delivery.feed.folder)
        file = folder / delivery.file_name
        with whole_file(file) as stream:
            digest = hashlib.sha256()
            for piece in csv.plain_pieces(_head(delivery), _rows(delivery)):
                data = piece.encode()
                digest.update(data)
                stream.write(data)
        with whole_file(file.with_suffix(".json")) as stream:
            stream.write(_envelope(delivery, digest.hexdigest()))
    except OSError as error:
        _mark(delivery, problem=f"errno {error.errno}")
        raise FolderRefused(f"The folder cannot be written: {error.strerror}.") from None
    return _mark(
        delivery, state="delivered", sha256=digest.hexdigest(), delivered_at=now, problem=""
    )


def _head(delivery: Delivery) -> list[str]:
    return [*HEAD, *(each["column"] for each in delivery.columns)]


def _rows(delivery: Delivery) -> Any:
    institute = delivery.feed.institute.code
    width = len(delivery.columns)
    for row, cells in batches.contents(delivery):
        operation = row.operation if cells or not width else "delete"
        known_by = pseudonym(institute, "record", row.record)
        yield [known_by, str(row.revision), operation, *(cells or [None] * width)]


def _envelope(delivery: Delivery, sha256: str) -> bytes:
    envelope = {
        "envelope": ENVELOPE,
        "batch_id": str(delivery.batch_id),
        "sequence": delivery.sequence,
        "feed": delivery.feed.code,
        "institute": delivery.feed.institute.code,
        "app": delivery.feed.app.code,
        "created": delivery.created_at.isoformat(timespec="seconds"),
        "file": delivery.file_name,
        "columns": _head(delivery),
        "rows": DeliveredRow.objects.filter(delivery=delivery).exclude(operation="skip").count(),
        "sha256": sha256,
    }
    return (json.dumps(envelope, ensure_ascii=False, indent=2) + "\n").encode()


def _mark(delivery: Delivery, **changes: Any) -> Delivery:
    Delivery.objects.filter(pk=delivery.pk).update(**changes)
    delivery.refresh_from_db()
    return delivery


def _kept(row: Any, by: Any) -> Any:
    """Saves an administered row with who changed it, for its history."""
    with transaction.atomic():
        row._history_user = by  # noqa: SLF001  the name that django-simple-history asks for
        row.save()
    return row
