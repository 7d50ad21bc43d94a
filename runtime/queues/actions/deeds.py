"""Doing a supervisor's deed to locked items, and taking it back: the columns, the event of each, and how each was before."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser

from runtime.queues import judging, policies, retry
from runtime.queues.actions import ordering
from runtime.queues.actions.holding import end_attempt, let_go
from runtime.queues.bulks import Bulk, BulkStep
from runtime.queues.deeds import DEEDS, Seen, Told
from runtime.queues.models import Campaign, Queue, WorkItem, WorkItemEvent
from runtime.queues.states import READY, SCHEDULED, WITHDRAWN

# What a deed may change of an item, and what taking it back puts there again.
COLUMNS = (
    "state",
    "lane",
    "priority",
    "due",
    "not_before",
    "reserved_for_id",
    "reserved_until",
    "queue_id",
)
FIELDS = (
    "state",
    "lane",
    "priority",
    "due",
    "not_before",
    "reserved_for",
    "reserved_until",
    "queue",
    "aged",
    "skill",
)
MOMENTS = ("due", "not_before", "reserved_until")


def dump_told(told: Told) -> dict[str, Any]:
    moments = {
        name: at.isoformat() if (at := getattr(told, name)) else None for name in ("until", "due")
    }
    return {**asdict(told), **moments}


def load_told(kept: Mapping[str, Any]) -> Told:
    moments = {name: _moment(kept.get(name)) for name in ("until", "due")}
    return Told(**{**kept, **moments})


def _moment(text: Any) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def seen(row: WorkItem) -> Seen:
    return Seen(
        row.state,
        row.queue_id,
        row.lane,
        row.priority,
        row.due,
        row.not_before,
        row.reserved_for_id,
    )


def do(
    rows: Sequence[WorkItem], *, bulk: Bulk, told: Told, by: AbstractBaseUser, now: datetime
) -> None:
    """Does the deed to rows that are locked and that it may be done to: each with an event and a step of the bulk."""
    deed, change = DEEDS[bulk.deed], CHANGES[bulk.deed]
    targets = Queue.objects.select_related("policy").filter(pk=told.queue)
    target = targets.first() if told.queue else None
    before = [_columns(row) for row in rows]
    data = []
    for row in rows:
        if target is not None:
            row.queue = target
        data.append({**change(row, told, now), "bulk": str(bulk.pk)})
        ordering.place(row)
        if target is not None:
            ordering.route(row)
    if target is not None:
        _visit(rows, target)
    WorkItem.objects.bulk_update(rows, FIELDS)
    events = _events(rows, deed.event, data, by, now)
    BulkStep.objects.bulk_create(
        BulkStep(bulk=bulk, item=row, event=event, before=was)
        for row, event, was in zip(rows, events, before, strict=True)
    )


def _events(
    rows: Sequence[WorkItem],
    event: str,
    data: Sequence[dict[str, Any]],
    by: AbstractBaseUser | None,
    now: datetime,
) -> list[WorkItemEvent]:
    return WorkItemEvent.objects.bulk_create(
        WorkItemEvent(item=row, event=event, by=by, at=now, data=told)
        for row, told in zip(rows, data, strict=True)
    )


def _columns(row: WorkItem) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in COLUMNS}
    return {**told, **{name: told[name].isoformat() if told[name] else None for name in MOMENTS}}


def _visit(rows: Sequence[WorkItem], target: Queue) -> None:
    """The target's claims know whose items came there: their own hours hold."""
    for campaign in Campaign.objects.filter(
        pk__in={row.campaign_id for row in rows if row.campaign_id}
    ):
        if campaign.queue_id != target.pk:
            campaign.visited.add(target)


def _put_off(row: WorkItem, told: Told, now: datetime) -> dict[str, Any]:
    """Until then, and on to an hour at which its policy lets it be called."""
    wish = told.until or now
    row.state, row.not_before = SCHEDULED, retry.next_time(policies.rules_of(row), [], wish)
    return {"not_before": row.not_before.isoformat()}


def _hasten(row: WorkItem, _told: Told, now: datetime) -> dict[str, Any]:
    row.state, row.not_before = READY, min(row.not_before, now)
    return {}


def _rank(row: WorkItem, told: Told, _now: datetime) -> dict[str, Any]:
    if told.lane is not None:
        row.lane = told.lane
    if told.priority is not None:
        row.priority = told.priority
    if told.due is not None or told.never_due:
        row.due = None if told.never_due else told.due
    return {
        "lane": row.lane,
        "priority": row.priority,
        "due": row.due.isoformat() if row.due else None,
    }


def _reserve(row: WorkItem, told: Told, _now: datetime) -> dict[str, Any]:
    row.reserved_for_id, row.reserved_until = told.agent, told.until
    return {"for": told.agent, "until": told.until.isoformat() if told.until else None}


def _unreserve(row: WorkItem, _told: Told, _now: datetime) -> dict[str, Any]:
    was = row.reserved_for_id
    row.reserved_for_id = row.reserved_until = None
    return {"was": was}


def _take_back(row: WorkItem, _told: Told, now: datetime) -> dict[str, Any]:
    holder = row.assignee_id
    end_attempt(row, at=now, disposition="")
    let_go(row, state=READY, reason="released")
    return {"holder": holder, "fence": row.fence}


def _move(row: WorkItem, _told: Told, _now: datetime) -> dict[str, Any]:
    return {"queue": row.queue.code}


def _withdraw(row: WorkItem, told: Told, _now: datetime) -> dict[str, Any]:
    row.state = WITHDRAWN
    if row.record_id:
        let_go(row, state=WITHDRAWN, reason="withdrawn")
    return {"reason": told.reason}


CHANGES: Mapping[str, Callable[[WorkItem, Told, datetime], dict[str, Any]]] = {
    "put_off": _put_off,
    "hasten": _hasten,
    "rank": _rank,
    "reserve": _reserve,
    "unreserve": _unreserve,
    "take_back": _take_back,
    "move": _move,
    "withdraw": _withdraw,
}


def undo(
    steps: Sequence[BulkStep],
    *,
    bulk: Bulk,
    by: AbstractBaseUser,
    now: datetime,
    seen: Collection[int],
) -> dict[str, int]:
    """Puts back how the items of these steps were, unless they have gone on since, or are not in a queue that is `seen` (any more); how
    many could not be, by reason. Their rows are locked here."""
    items = {row.pk: row for row in locked([step.item_id for step in steps])}
    later = _later(steps)
    kept: dict[str, int] = {}
    rows, data = [], []
    for step in steps:
        row = items.get(step.item_id)
        reason = "gone_on" if row is None or step.item_id in later else _kept(row, step, seen)
        if row is None or reason:
            kept[reason] = kept.get(reason, 0) + 1
            continue
        for name in COLUMNS:
            value = step.before[name]
            setattr(row, name, _moment(value) if name in MOMENTS else value)
        _into_hours(row)
        rows.append(row)
        data.append({"bulk": str(bulk.pk), "undid": step.event_id, "state": row.state})
    moved = bulk.deed == "move"
    for row in rows:
        if moved:
            row.queue = Queue.objects.select_related("policy").get(pk=row.queue_id)
            ordering.route(row)
        ordering.place(row)
    WorkItem.objects.bulk_update(rows, FIELDS)
    _events(rows, "undone", data, by, now)
    return kept


def _into_hours(row: WorkItem) -> None:
    """The hours may be others than when the deed was done; a promise is kept at its time."""
    rules = policies.rules_of(row)
    if row.state != SCHEDULED or retry.in_window(rules, row.not_before):
        return
    if not judging.is_expected(row):
        row.not_before = retry.next_time(rules, [], row.not_before)


def _later(steps: Sequence[BulkStep]) -> set[UUID]:
    """The items to which something happened after their step. What only came due did not: no event tells of it."""
    told = {step.item_id: step.event_id for step in steps}
    events = WorkItemEvent.objects.filter(item__in=told, pk__gt=min(told.values(), default=0))
    return {item for item, pk in events.values_list("item", "pk") if pk > told[item]}


def _kept(row: WorkItem, step: BulkStep, seen: Collection[int]) -> str:
    """A withdrawn item of a campaign that was closed since would come back into nothing."""
    if row.queue_id not in seen or step.before["queue_id"] not in seen:
        return "gone"
    ended = row.state == WITHDRAWN != step.before["state"]
    return "campaign_closed" if ended and row.campaign and not row.campaign.open else ""


def locked(ids: Sequence[UUID]) -> list[WorkItem]:
    """The rows of items, locked in one order, with what their policies are once they are (see `holding.held`)."""
    rows = WorkItem.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    return list(rows.prefetch_related("campaign__policy", "queue__policy"))
