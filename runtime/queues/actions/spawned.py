"""What the end of a record made in the queue, and what becomes of it when the record is amended.

Only what an outcome itself made is withdrawn, as long as nobody touched it and no other record wants it. What somebody called already,
has in hands or answered stays, and a supervisor sees it: who was called because of a mistake may have to be called again.
"""

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from runtime.queues.actions import ordering
from runtime.queues.actions.events import append
from runtime.queues.actions.items import withdraw
from runtime.queues.models import Spawned, WorkItem
from runtime.queues.states import READY, SCHEDULED, WITHDRAWN
from runtime.records.models import Record

AMENDED = "amended"


def note(*, record: Record, item: WorkItem, made: bool, revision: int) -> None:
    """The end of a record wants this item. One that was there for another reason is none of its own."""
    if not made and not Spawned.objects.filter(item=item).exists():
        return
    row, _new = Spawned.objects.get_or_create(
        record=record, item=item, defaults={"revision": revision}
    )
    if row.revision < revision:
        row.revision, row.decided_at, row.seen_at, row.seen_by = revision, None, None, None
        row.save()
    _take_up_again(item)


def _take_up_again(item: WorkItem) -> None:
    """An item that an amendment had withdrawn is wanted again."""
    if item.state != WITHDRAWN:
        return
    last = item.events.filter(event="withdrawn").order_by("-pk").first()
    if last is None or last.data.get("reason") != AMENDED:
        return
    now = timezone.now()
    item.state, item.not_before = READY, now
    ordering.place(item)
    item.save(update_fields=["state", "not_before", "aged"])
    append(item, "wanted_again", by=None, at=now)


@transaction.atomic
def withdraw_unwanted(*, record: Record, revision: int) -> int:
    """Withdraws what earlier ends of a record made and this one does not want; how many. What stays is marked for a supervisor."""
    count, now = 0, timezone.now()
    unwanted = Spawned.objects.filter(record=record, revision__lt=revision, decided_at=None)
    for row in unwanted.select_related("item").order_by("pk"):
        row.decided_at = now
        row.save(update_fields=["decided_at"])
        item = WorkItem.objects.select_for_update().get(pk=row.item_id)
        if _is_untouched(item) and not _wanted().filter(item=item).exists():
            count += withdraw(item=item, by=None, reason=AMENDED)
    return count


def _wanted() -> QuerySet[Spawned]:
    """Of which records the present end wants something: several may have named the same person."""
    return Spawned.objects.filter(decided_at=None)


def _is_untouched(item: WorkItem) -> bool:
    return item.state in {READY, SCHEDULED} and not item.attempts and item.record_id is None


def left_over() -> QuerySet[Spawned]:
    """What stays of ends that were amended away, until a supervisor has looked after it; newest first."""
    rows = Spawned.objects.filter(decided_at__isnull=False, seen_at=None)
    wanted = _wanted().filter(item=OuterRef("item"))
    return (
        rows.exclude(item__state=WITHDRAWN)
        .exclude(Exists(wanted))
        .select_related("item__campaign", "record__version__app")
        .defer("record__snapshot", "record__version__definition", "record__version__bodies")
        .order_by("-decided_at", "-pk")
    )


def of_record(record: Record) -> QuerySet[Spawned]:
    """What earlier ends of a record made and its present one does not want."""
    rows = Spawned.objects.filter(record=record, decided_at__isnull=False)
    return rows.select_related("item__campaign").order_by("pk")


def seen(*, row: Spawned, by: Any) -> bool:
    """A supervisor has looked after it; False when somebody did before."""
    open_rows = Spawned.objects.filter(pk=row.pk, seen_at=None)
    return bool(open_rows.update(seen_at=timezone.now(), seen_by=by))


def is_unwanted(record: Record) -> bool:
    """Whether an earlier end of this record made something that its newest may not want."""
    return Spawned.objects.filter(record=record, revision__lt=record.reopened).exists()
