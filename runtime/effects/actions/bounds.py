"""What effects make is bounded: so many steps from the first cause, so many items a cause and day. A script whose call orders make call
orders of itself would else never end.

An infection goes from one to the next, and so may calls: the bounds are far beyond that, and settings of the installation.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from runtime.effects.models import Descent
from runtime.outbox.handlers import Refused
from runtime.outbox.models import Effect
from runtime.queues.models import Spawned, WorkItem

Function = Callable[[dict[str, Any], Effect], Any]


def bounded(function: Function, wanted: Callable[[dict[str, Any], Effect], int]) -> Function:
    """A handler that makes items: refused beyond the bounds, and what it made is noted. `wanted` says how many it is about to make."""

    def carried_out(arguments: dict[str, Any], effect: Effect) -> Any:
        now = timezone.now()
        root, depth = origin(effect.record)
        check(root, depth, wanted(arguments, effect), now)
        done = function(arguments, effect)
        note(effect.record, root, depth, now)
        return done

    return carried_out


def origin(record: UUID | None) -> tuple[UUID | None, int]:
    """The first cause of what a record makes, and how many steps away that is."""
    items = WorkItem.objects.filter(record=record).order_by("created_at")
    item = items.values_list("pk", flat=True).first()
    came = Descent.objects.filter(pk=item).first() if item else None
    return (came.root, came.depth + 1) if came else (item or record, 1)


def check(root: UUID | None, depth: int, wanted: int, now: datetime) -> None:
    """Raises Refused: a person decides whether it goes on."""
    if depth > settings.EFFECTS_DEEPEST:
        raise Refused("too_deep", final=True)
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    made = Descent.objects.filter(root=root, at__gte=midnight).count()
    if made + wanted > settings.EFFECTS_A_DAY:
        raise Refused("too_many_today", final=True)


def note(record: UUID | None, root: UUID | None, depth: int, now: datetime) -> None:
    """Items that were there before keep the cause they had."""
    if root is None:
        return
    made = set(Spawned.objects.filter(record=record).values_list("item", flat=True))
    made -= set(Descent.objects.filter(pk__in=made).values_list("pk", flat=True))
    rows = [Descent(item=item, root=root, depth=depth, at=now) for item in made]
    Descent.objects.bulk_create(rows, ignore_conflicts=True)
