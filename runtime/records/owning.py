"""To which unit records belong: written where a record is begun, and here when the queue they came from goes elsewhere."""

from collections.abc import Collection
from uuid import UUID

from runtime.records.models import Record


def give(records: Collection[UUID], *, unit: int | None) -> int:
    """These records belong to another unit from now on; how many. Nothing of them is opened."""
    return Record.objects.filter(pk__in=records).update(unit_id=unit)
