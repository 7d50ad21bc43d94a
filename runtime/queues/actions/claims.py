"""Claiming, keeping and giving back an item."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction

from runtime.queues import judging, policies, retry, scope
from runtime.queues.actions import beginning, exhausting, skills, withholding
from runtime.queues.actions.attempts import held
from runtime.queues.actions.events import append
from runtime.queues.actions.holding import end_attempt, let_go
from runtime.queues.actions.items import withdraw
from runtime.queues.actions.taking import Taking, take
from runtime.queues.claimed import Claimed, Reason, Refused
from runtime.queues.models import Campaign, Queue, Skill, WorkItem
from runtime.queues.states import ACTIVE, READY, SCHEDULED

TURNS = 32  # how often a claim looks again when another was a moment faster, or nobody is to be called any more
PROMOTED_AT_ONCE = 200


def claim(*, queue: Queue, by: AbstractBaseUser, now: datetime) -> Claimed | Refused:
    """The next item of the queue for this agent, with a lease, a fence and an open session.

    An agent holds one item at a time: who holds one gets that one again, whichever queue they ask.
    """
    resumed = _own_again(by, now)
    if resumed is not None:
        return resumed
    if not scope.may_work(by, queue):  # of another unit: nothing that is there
        return Refused("empty")
    refused = refusal(queue=queue, by=by, now=now)
    if refused is not None and not (refused.reason == "closed" and _promised(queue, by, now)):
        return refused
    expire_leases(now=now, queue=queue)
    _promote(queue, now)
    until = now + policies.rules_of_queue(queue).lease
    closed = policies.closed_campaigns(queue, now)
    taking = Taking(queue, by, now, until, closed, promised=refused is not None)
    for _turn in range(TURNS):
        answer = _attempt(taking) or _own_again(by, now)
        if answer is not None:
            return answer
    return Refused("empty")


def _promised(queue: Queue, by: AbstractBaseUser, now: datetime) -> bool:
    """Whether a callback that this person promised is due: it is kept at its time, whatever hour the queue keeps."""
    rows = WorkItem.objects.filter(reserved_for=by, queue=queue, state__in=(READY, SCHEDULED))
    rows = rows.filter(outcome="callback")  # what a supervisor reserved is no promise
    return rows.filter(not_before__lte=now).exists()


def refusal(*, queue: Queue, by: AbstractBaseUser, now: datetime) -> Refused | None:
    """Why this person may not claim from this queue now, whatever it holds."""
    missing = skills.missing_skills(person=by, queue=queue)
    held = skills.standing_of(person=by) if missing else skills.NOTHING
    return refused(queue, missing, held, now)


def refused(
    queue: Queue, missing: list[Skill], held: skills.Standing, now: datetime
) -> Refused | None:
    """The same, of what was read of the person before: `missing` are the queue's skills that they do not hold."""
    if missing:
        first = missing[0]
        reason: Reason = "skill_expired" if first.pk in held.ever else "skill"
        lesson = first.lesson_app.code if first.lesson_app else None
        return Refused(reason, skill=first.title, lesson=lesson)
    if queue.paused:
        return Refused("paused")
    rules = policies.rules_of_queue(queue)
    if not retry.in_window(rules, now):
        return Refused("closed", at=retry.into_window(rules, now))
    return None


def _attempt(taking: Taking) -> Claimed | Refused | None:
    """One look at the queue; None when somebody else was faster or the item is no longer needed."""
    by, now = taking.by, taking.now
    try:
        with transaction.atomic():
            pk = take(taking)
            if pk is None:
                return _nothing(taking)
            item = WorkItem.objects.select_related(
                "campaign__app", "party", "record", "queue"
            ).get(pk=pk)
            if withholding.withhold(item, by=by, now=now):
                return None
            hindrance = judging.standing(item, now)
            if hindrance is not None:
                exhausting.put_off(item, hindrance, by=by, now=now)
                return None
            append(item, "claimed", by=by, at=now, fence=item.fence)
            return beginning.begin(item, by=by)
    except IntegrityError:
        return None
    except beginning.NoVersion:
        return Refused("no_version")
    except beginning.Erased as erased:
        withdraw(item=WorkItem(pk=erased.args[0]), by=by, reason="erased")
        return None


def _own_again(by: AbstractBaseUser, now: datetime) -> Claimed | None:
    """The item this person holds already, with its lease prolonged."""
    own = WorkItem.objects.filter(assignee=by, state=ACTIVE).select_related("queue").first()
    if own is None:
        return None
    if not scope.may_work(by, own.queue):  # they belong elsewhere since
        release(item=own, by=by, now=now)
        return None
    with transaction.atomic():
        rows = WorkItem.objects.filter(pk=own.pk, assignee=by, state=ACTIVE, fence=own.fence)
        if not rows.update(lease_until=now + policies.rules_of(own).lease):
            return None
        item = WorkItem.objects.select_related("campaign__app", "party", "record", "queue").get(
            pk=own.pk
        )
        return beginning.begin(item, by=by, resumed=True)


def _promote(queue: Queue, now: datetime) -> None:
    """What was scheduled and has come due is ready."""
    due = WorkItem.objects.filter(queue=queue, state=SCHEDULED, not_before__lte=now)
    if not due.exists():
        return
    with transaction.atomic():
        locked = due.select_for_update(skip_locked=True).order_by("not_before")
        ids = list(locked.values_list("pk", flat=True)[:PROMOTED_AT_ONCE])
        WorkItem.objects.filter(pk__in=ids, state=SCHEDULED).update(state=READY)


def _nothing(taking: Taking) -> Refused:
    """Why no item could be taken: those that are ready have no script to fill, their campaign is paused or calls at other hours, or none
    is ready."""
    queue, now = taking.queue, taking.now
    if WorkItem.objects.filter(queue=queue, state=READY, campaign__in=_paused(queue)).exists():
        return Refused("paused")
    closed = WorkItem.objects.filter(queue=queue, state=READY, campaign__app__open=False)
    if closed.filter(campaign__open=True).exists():
        return Refused("no_version")
    shut = WorkItem.objects.filter(queue=queue, state=READY, campaign__in=taking.closed).first()
    if shut is not None:
        return Refused("closed", at=retry.into_window(policies.rules_of(shut), now))
    return Refused("empty", at=_next_time(queue, now))


def _paused(queue: Queue) -> list[int]:
    """The campaigns with items in this queue that are paused."""
    rows = Campaign.objects.filter(policies.calling_in(queue), open=True, paused=True)
    return list(rows.values_list("pk", flat=True).distinct())


def _next_time(queue: Queue, now: datetime) -> datetime | None:
    waiting = WorkItem.objects.filter(queue=queue, state=SCHEDULED, not_before__gt=now)
    return waiting.order_by("not_before").values_list("not_before", flat=True).first()


def heartbeat(*, item: UUID, record: UUID, by: int | None, now: datetime) -> datetime | None:
    """Prolongs the lease of who works at a record; until when, or None when the item is with somebody else by now."""
    rows = WorkItem.objects.filter(pk=item, record=record, assignee=by, state=ACTIVE)
    found = rows.select_related("campaign__policy", "queue__policy").first()
    if found is None:
        return None
    until = now + policies.rules_of(found).lease
    return until if rows.update(lease_until=until) else None


@transaction.atomic
def release(*, item: WorkItem, by: AbstractBaseUser, now: datetime) -> None:
    """Gives the item back untouched. Raises `NotHolder`."""
    row = held(item, by)
    end_attempt(row, at=now, disposition="")
    let_go(row, state=READY, reason="released")
    append(row, "released", by=by, at=now, fence=row.fence)


def expire_leases(*, now: datetime, queue: Queue | None = None, limit: int = 100) -> int:
    """Takes back what its holder has let lapse; how many. Run by claims and by the sweep."""
    lapsed = WorkItem.objects.filter(state=ACTIVE, lease_until__lte=now)
    if queue is not None:
        lapsed = lapsed.filter(queue=queue)
    if not lapsed.exists():
        return 0
    with transaction.atomic():
        rows = list(lapsed.select_for_update(skip_locked=True).order_by("lease_until")[:limit])
        for row in rows:
            holder = row.assignee_id
            end_attempt(row, at=now, disposition="")
            let_go(row, state=READY, reason="lease")
            append(row, "expired", by=None, at=now, fence=row.fence, holder=holder)
    return len(rows)
