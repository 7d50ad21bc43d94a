"""A queue that goes to another unit takes its records along: in the background, some a transaction, as what is recomputed."""

from typing import Any

from django.db.models import Q

from runtime.outbox.actions import enqueue
from runtime.outbox.models import Effect
from runtime.queues.models import Queue
from runtime.records import owning
from runtime.records.models import Record

EFFECT = "own_records"
BATCH = 500


def order(queue: Queue) -> None:
    """Lets the worker give the records of a queue to the unit that it belongs to since its last change."""
    revision = Queue.history.filter(id=queue.pk).order_by("-history_id").first()
    _order(queue.pk, revision.history_id if revision else 0, 0)


def _order(pk: int, revision: int, step: int) -> None:
    enqueue(
        effect=EFFECT,
        key=f"{EFFECT}:{pk}:{revision}:{step}",
        arguments={"queue": pk, "revision": revision, "step": step},
    )


def own(arguments: dict[str, Any], _effect: Effect) -> None:
    """One step: some records, and the order for the next step."""
    queue = Queue.objects.get(pk=arguments["queue"])
    unit = queue.unit_id
    elsewhere = Q(unit__isnull=False) if unit is None else Q(unit=None) | ~Q(unit=unit)
    rows = Record.objects.filter(elsewhere, items__queue=queue)
    found = list(rows.order_by("pk").values_list("pk", flat=True).distinct()[:BATCH])
    owning.give(found, unit=unit)
    if len(found) == BATCH:
        _order(queue.pk, arguments["revision"], arguments["step"] + 1)
