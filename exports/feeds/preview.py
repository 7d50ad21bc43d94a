"""The first rows of a feed as they would leave, before anything is sent."""

from typing import Any

from django.db import transaction

from exports.feeds.mapping import values
from exports.feeds.models import Feed
from exports.opening import real_records
from exports.vaulted import SubjectDestroyed
from runtime.audit.actions import log_access
from runtime.records import store

ROWS = 10


def preview(*, feed: Feed, by: Any) -> tuple[list[str], list[list[str | None]]]:
    """Column names and at most ten rows, of the records closed last. Logged as an export, and each opening too."""
    log_access(by=by, deed="export", purpose=feed.purpose, detail=f"preview {feed.code}")
    closed = real_records().filter(version__app=feed.app, closed_at__isnull=False)
    rows = []
    with transaction.atomic():
        for record in closed.order_by("-closed_at")[:ROWS]:
            try:
                opened = store.open_record(record, by=by, purpose=feed.purpose)
            except SubjectDestroyed:
                continue
            rows.append(values(feed.columns, record, opened, feed.institute.code))
    return [each["column"] for each in feed.columns], rows
