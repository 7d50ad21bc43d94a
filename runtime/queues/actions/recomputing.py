"""A policy that was changed holds for the items that wait: their next time is decided anew from their events.

In the background, some items a transaction: the effect `recompute` orders its own next step, so that a worker that dies leaves whole
steps only, and goes on where it stopped. A change that was overtaken by a newer one stops. What was promised stays promised, what was
given up stays given up; an item that the new rules would not try again is given up.
"""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from runtime.outbox.actions import enqueue
from runtime.outbox.models import Effect
from runtime.queues import judging, policies, retry
from runtime.queues.actions import exhausting, ordering
from runtime.queues.actions.events import append
from runtime.queues.dispositions import DISPOSITIONS
from runtime.queues.models import Campaign, Policy, Queue, WorkItem, WorkItemEvent
from runtime.queues.states import EXHAUSTED, READY, SCHEDULED

Scope = Literal["policy", "queue", "campaign"]
BATCH = 100
EFFECT = "recompute"
KEPT: dict[str, type[Model]] = {"policy": Policy, "queue": Queue, "campaign": Campaign}


def order(scope: Scope, pk: int) -> None:
    """Lets the worker recompute what waits under a policy, in a queue or in a campaign, since its last change."""
    _order(scope, pk, _revision(scope, pk), after="")


def _order(scope: str, pk: int, revision: int, after: str) -> None:
    enqueue(
        effect=EFFECT,
        key=f"recompute:{scope}:{pk}:{revision}:{after}",
        arguments={"scope": scope, "pk": pk, "revision": revision, "after": after},
    )


def _revision(scope: str, pk: int) -> int:
    """Which change in its history is the newest."""
    history: Any = KEPT[scope].history.model  # type: ignore[attr-defined]  # simple_history's manager
    newest = history.objects.filter(id=pk).order_by("-history_id")
    return newest.values_list("history_id", flat=True).first() or 0


def waiting(scope: str, pk: int) -> QuerySet[WorkItem]:
    """What a change of this touches."""
    ways = {
        "policy": Q(campaign__policy=pk) | Q(queue__policy=pk),
        "queue": Q(queue=pk),
        "campaign": Q(campaign=pk),
    }
    return WorkItem.objects.filter(ways[scope], state__in=(READY, SCHEDULED))


def recompute(arguments: dict[str, Any], _effect: Effect) -> None:
    """One step: some items, and the order for the next step."""
    scope, pk, revision = arguments["scope"], arguments["pk"], arguments["revision"]
    if revision != _revision(scope, pk):
        return
    rows = waiting(scope, pk).select_for_update(of=("self",)).order_by("pk")
    if arguments["after"]:
        rows = rows.filter(pk__gt=UUID(arguments["after"]))
    now = timezone.now()
    found = list(rows.prefetch_related("campaign__policy", "queue__policy")[:BATCH])
    for row in found:
        _recompute(row, now, revision)
    if len(found) == BATCH:
        _order(scope, pk, revision, after=str(found[-1].pk))


def _recompute(row: WorkItem, now: datetime, revision: int) -> None:
    was = (row.not_before, row.reserved_until, row.aged, row.skill_id)
    decision = _decision(row) if row.state == SCHEDULED else None
    if decision is not None and decision.state == EXHAUSTED:
        exhausting.give_up(row, reason=decision.reason, by=None, now=now)
        return
    if decision is not None and decision.not_before is not None:
        row.not_before = decision.not_before
        row.reserved_until = decision.reserved_until or _reserved_until(row)
    ordering.place(row)
    ordering.route(row)
    if was == (row.not_before, row.reserved_until, row.aged, row.skill_id):
        return
    row.save(update_fields=["not_before", "reserved_until", "aged", "skill"])
    if was[0] != row.not_before:
        told = {"was": was[0].isoformat(), "not_before": row.not_before.isoformat()}
        append(row, "recomputed", by=None, at=now, revision=revision, **told)


def _reserved_until(row: WorkItem) -> datetime | None:
    """What a supervisor reserved stays so: somebody's without an end would be nobody else's for ever."""
    return row.reserved_until if row.reserved_for_id else None


def _decision(row: WorkItem) -> retry.Decision | None:
    """What the rules as they are now say of an item that waits; None where nothing in its events hangs on them."""
    rules = policies.rules_of(row)
    taken_back = row.events.filter(event="undone").values_list("data__undid", flat=True)
    decisive = row.events.filter(event__in=("created", "disposed", "put_off"))
    last = decisive.exclude(pk__in=[one for one in taken_back if one]).order_by("-pk").first()
    if last is None:
        return None
    if last.event in ("created", "put_off"):
        return _wished(rules, last)
    if last.data.get("reason") == "callback":
        kept = row.reserved_until is not None
        return retry.Decision(
            "scheduled", "callback", row.not_before, row.not_before + rules.grace if kept else None
        )
    return judging.decide(row, DISPOSITIONS[last.data["disposition"]], last.at)


def _wished(rules: retry.Rules, told: WorkItemEvent) -> retry.Decision | None:
    """An item that was made for a later time, or put off until one; that time stands in the event."""
    wish = parse_datetime(told.data.get("not_before", ""))
    if wish is None:
        return None
    return retry.Decision("scheduled", "wish", retry.next_time(rules, [], wish))
