"""Counting for the board what cannot be counted while somebody looks: the only writer of `KeptCount`.

One run through the index of the queues, one through that of the campaigns. It never takes more than a twentieth of the time: what took a
second is not counted again for twenty.
"""

from collections import defaultdict
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any

from django.db import transaction
from django.db.models import Count

from runtime.queues.board import aged
from runtime.queues.kept import KeptCount
from runtime.queues.models import Campaign, Queue, WorkItem

SHARE = 20


def count(*, now: datetime) -> bool:
    """Counts all queues and campaigns; False where it is too soon."""
    newest = KeptCount.objects.order_by("-at").first()
    if newest is not None and now < newest.at + timedelta(seconds=newest.took * SHARE):
        return False
    begun = perf_counter()
    found = {column: _counted(column, now) for column in ("queue", "campaign")}
    took = perf_counter() - begun
    with transaction.atomic():
        _keep("queue", Queue, found["queue"], now, took)
        _keep("campaign", Campaign, found["campaign"], now, took)
    return True


def _counted(column: str, now: datetime) -> dict[int, list[list[Any]]]:
    rows = WorkItem.objects.filter(**{f"{column}__isnull": False}).order_by()
    told = rows.annotate(age=aged(now)).values_list(f"{column}_id", "state", "age")
    found: dict[int, list[list[Any]]] = defaultdict(list)
    for pk, state, age, many in told.annotate(many=Count("pk")):
        found[pk].append([state, age, many])
    return found


def _keep(
    column: str,
    model: type[Queue] | type[Campaign],
    found: dict[int, list[list[Any]]],
    now: datetime,
    took: float,
) -> None:
    """What has no item any more is kept as nothing."""
    for pk in model.objects.values_list("pk", flat=True):  # type: ignore[union-attr]
        told = {"counts": sorted(found.get(pk, [])), "at": now, "took": took}
        KeptCount.objects.update_or_create(**{f"{column}_id": pk}, defaults=told)
