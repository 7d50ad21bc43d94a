"""Deeds to several items: looked at first, done in the background, taken back. The only writer of `Bulk` and its steps.

Each is a row with a state and the number of its next chunk. A chunk is one transaction: it locks the row, goes on only if the number is its
own, and orders the next one; so that a worker that dies leaves whole chunks, and two workers do none twice. What lies within one chunk is
done at once, without a worker. What its maker may not see any more is left out.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from builder.problems import Problem, gettext_noop
from runtime.outbox.actions import enqueue
from runtime.outbox.models import Effect
from runtime.queues import deeds, listing, scope, sieve
from runtime.queues.actions import deeds as doing
from runtime.queues.bulks import Bulk, BulkStep
from runtime.queues.models import Queue, WorkItem
from runtime.queues.sight import Sight, seen_by

EFFECT = "bulk"
LOOKED, DONE = 1_000, 200  # items a chunk: looked at, changed
TICKED_AT_MOST = 1_000
ENDED = frozenset({"counted", "done", "undone", "stopped"})
LACKS = {
    "until": gettext_noop("Say until when, in the future."),
    "agent": gettext_noop("Choose for whom."),
    "queue": gettext_noop("Choose a queue that you see and that has an open campaign."),
    "reason": gettext_noop("Choose why."),
    "rank": gettext_noop("Say what is to change: lane, priority or due time."),
}
NOTHING = gettext_noop("Tick some items, or choose all that the list shows.")
SEEN = (*("pk", "state", "queue_id", "lane", "priority", "due", "not_before", "reserved_for_id"),)


@transaction.atomic
def order(
    *,
    by: AbstractBaseUser,
    deed: str,
    told: deeds.Told,
    items: Sequence[UUID] | None = None,
    through: sieve.Sieve | None = None,
) -> Bulk | Problem:
    """Looks at what a deed would be done to: ticked items, or everything that a filter lets through and that was made by now."""
    now, sight = timezone.now(), seen_by(by)
    lacks = _lacks(deed, told, sight, now)
    if lacks:
        return Problem(lacks, deed, LACKS[lacks])
    if through is None and not items:
        return Problem("nothing", deed, NOTHING)
    bulk = Bulk(by=by, deed=deed, told=doing.dump_told(told), created_at=now)
    if through is None:
        bulk.items = [str(pk) for pk in list(items or ())[:TICKED_AT_MOST]]
        seen = WorkItem.objects.filter(pk__in=bulk.items, queue__in=sight.queues)
        bulk.queues = sorted(set(seen.order_by().values_list("queue", flat=True)))
    else:
        bulk.sieve = through.dump()
        bulk.queues = sorted(sight.queues if through.queue is None else {through.queue})
    bulk.save(force_insert=True)
    _step(bulk, now)
    return bulk


def _lacks(deed: str, told: deeds.Told, sight: Sight, now: datetime) -> str:
    """What is missing, or cannot be."""
    lacks = deeds.missing(deed, told)
    if lacks:
        return lacks
    if told.until is not None and told.until <= now:
        return "until"
    if told.queue is None:
        return ""
    target = Queue.objects.filter(pk=told.queue, campaigns__open=True)
    return "" if told.queue in sight.queues and target.exists() else "queue"


@transaction.atomic
def go(*, bulk: Bulk, by: AbstractBaseUser) -> bool:
    """Does what was looked at; False where somebody began or stopped it before."""
    now = timezone.now()
    row = _turn(bulk, frozenset({"counted"}), "running")
    if row is None or not by:
        return False
    row.begun_at = now
    _step(row, now)
    return True


@transaction.atomic
def stop(*, bulk: Bulk) -> bool:
    """Nothing further is done; what was done stays and can be taken back."""
    row = _turn(bulk, frozenset({"counting", "counted", "running"}), "stopped")
    if row is None:
        return False
    row.ended_at = timezone.now()
    row.save()
    return True


@transaction.atomic
def undo(*, bulk: Bulk, by: AbstractBaseUser) -> bool:
    """Takes back what was done, as far as the items have not gone on since."""
    if not deeds.DEEDS[bulk.deed].undoable:
        return False
    row = _turn(bulk, frozenset({"done", "stopped"}), "undoing")
    if row is None or row.undone_at is not None:
        return False
    now = timezone.now()
    row.undone_by, row.undone_at = by, now
    _step(row, now)
    return True


def _turn(bulk: Bulk, states: frozenset[str], state: str) -> Bulk | None:
    """The row, locked, in its next state, at the beginning of what comes; None where it is in none of these."""
    row = Bulk.objects.select_for_update().prefetch_related("by").get(pk=bulk.pk)
    if row.state not in states:
        return None
    row.state, row.after, row.step = state, None, row.step + 1
    return row


def step(arguments: dict[str, Any], _effect: Effect) -> None:
    """A chunk, by the worker."""
    rows = Bulk.objects.select_for_update().prefetch_related("by", "undone_by")
    bulk = rows.filter(pk=UUID(arguments["bulk"]), step=arguments["step"]).first()
    if bulk is not None and bulk.state in STEPS:
        _step(bulk, timezone.now())


def _step(bulk: Bulk, now: datetime) -> None:
    """One chunk of a locked row, and the order for the next."""
    over = STEPS[bulk.state](bulk, now)
    bulk.step += 1
    if over:
        bulk.state = {"counting": "counted", "running": "done", "undoing": "undone"}[bulk.state]
        bulk.after = None
        bulk.ended_at = None if bulk.state == "counted" else now
    bulk.save()
    if not over:
        enqueue(
            effect=EFFECT,
            key=f"{EFFECT}:{bulk.pk}:{bulk.step}",
            arguments={"bulk": str(bulk.pk), "step": bulk.step},
        )


def _next(bulk: Bulk, size: int) -> tuple[list[UUID], bool]:
    """The items of the next chunk, and whether they are the last."""
    if bulk.items is not None:
        start = int(bulk.after or 0)
        bulk.after = start + size
        return [UUID(pk) for pk in bulk.items[start : start + size]], bulk.after >= len(bulk.items)
    through = sieve.load(bulk.sieve)
    before = min(through.before or bulk.created_at, bulk.created_at)
    through = sieve.load({**through.dump(), "before": before.isoformat()})
    page = listing.page(through, seen_by(bulk.by), after=sieve.load_key(bulk.after), size=size)
    bulk.after = sieve.dump_key(page.after)
    return page.ids, page.after is None


def _fitting(told: deeds.Told) -> frozenset[int] | None:
    """The queues of whose items it can be: those of the same unit as the one they go to, or those in which the agent works whom they are
    for. None: any."""
    if told.queue is not None:
        unit = Queue.objects.values_list("unit", flat=True).get(pk=told.queue)
        rows = Queue.objects.filter(unit=unit)
    elif told.agent is not None:
        rows = scope.queues(get_user_model().objects.get(pk=told.agent))
    else:
        return None
    return frozenset(rows.values_list("pk", flat=True))


def _hindrance(bulk: Bulk, told: deeds.Told, seen: deeds.Seen, fit: frozenset[int] | None) -> str:
    reason = deeds.hindrance(bulk.deed, told, seen)
    return reason or ("other_unit" if fit is not None and seen.queue not in fit else "")


def _count(bulk: Bulk, now: datetime) -> bool:
    ids, over = _next(bulk, LOOKED)
    told, sight = doing.load_told(bulk.told), seen_by(bulk.by)
    fit = _fitting(told)
    hindered: Counter[str] = Counter(bulk.hindered)
    rows = WorkItem.objects.filter(pk__in=ids, queue__in=sight.queues).values_list(*SEEN)
    looked = 0
    for _pk, *columns in rows:
        reason = _hindrance(bulk, told, deeds.Seen(*columns), fit)
        looked += 1
        if reason:
            hindered[reason] += 1
        else:
            bulk.wanted += 1
    if bulk.items is not None and looked < len(ids):
        hindered["gone"] += len(ids) - looked
    bulk.seen += len(ids)
    bulk.hindered = dict(hindered)
    return over


def _run(bulk: Bulk, now: datetime) -> bool:
    ids, over = _next(bulk, DONE)
    told, sight = doing.load_told(bulk.told), seen_by(bulk.by)
    through = sieve.load(bulk.sieve) if bulk.items is None else None
    fit = _fitting(told)
    skipped: Counter[str] = Counter(bulk.skipped)
    rows = []
    for row in doing.locked(ids):
        reason = _hindrance(bulk, told, doing.seen(row), fit)
        if row.queue_id not in sight.queues:
            reason = "gone"
        elif through is not None and row.state not in through.states:
            reason = "changed"
        if reason:
            skipped[reason] += 1
        else:
            rows.append(row)
    doing.do(rows, bulk=bulk, told=told, by=bulk.by, now=now)
    bulk.done += len(rows)
    bulk.skipped = dict(skipped)
    return over


def _undo(bulk: Bulk, now: datetime) -> bool:
    rows = BulkStep.objects.filter(bulk=bulk).order_by("item")
    if bulk.after:
        rows = rows.filter(item__gt=UUID(bulk.after))
    steps = list(rows[:DONE])
    if steps and bulk.undone_by is not None:
        seen = seen_by(bulk.undone_by).queues
        kept = doing.undo(steps, bulk=bulk, by=bulk.undone_by, now=now, seen=seen)
        bulk.undone += len(steps) - sum(kept.values())
        bulk.kept = dict(Counter(bulk.kept) + Counter(kept))
        bulk.after = str(steps[-1].item_id)
    return len(steps) < DONE


STEPS: dict[str, Callable[[Bulk, datetime], bool]] = {
    "counting": _count,
    "running": _run,
    "undoing": _undo,
}
