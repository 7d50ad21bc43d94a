"""Attempts: dialling, and what becomes of the item when the try has ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from runtime.queues import judging, numbers, policies, retry
from runtime.queues.actions import exhausting, ordering
from runtime.queues.actions.events import append
from runtime.queues.actions.holding import let_go
from runtime.queues.claimed import NotHolder
from runtime.queues.dispositions import DISPOSITIONS, Disposition
from runtime.queues.models import Attempt, Verification, WorkItem
from runtime.queues.states import ACTIVE, EXHAUSTED, TERMINAL, WITHDRAWN
from runtime.records.models import Record


class UnknownDisposition(ValueError):
    """No row of the table has this name."""


class BadCallback(ValueError):
    """The time of a callback is missing, past, or too far away."""


@dataclass(frozen=True, slots=True)
class Disposed:
    """Where the item went; `not_before` says when it comes back, if it does."""

    state: str
    reason: str
    not_before: datetime | None = None


def held(item: WorkItem, by: AbstractBaseUser) -> WorkItem:
    """The item, locked, when `by` holds it. Raises `NotHolder`."""
    row = (
        WorkItem.objects.select_for_update().filter(pk=item.pk, state=ACTIVE, assignee=by).first()
    )
    if row is None:
        raise NotHolder(str(item.pk))
    return row


@transaction.atomic
def start_attempt(
    *,
    item: WorkItem,
    by: AbstractBaseUser,
    now: datetime,
    point: int | None = None,
    told: bool = False,
) -> Attempt:
    """The agent dials: the attempt under way, or a new one. `point` is the id of the contact point
    dialled. Raises `NotHolder`, and `ValueError` for a contact point of somebody else, or one that was dialled as often as the policy
    lets it be. `told`: a telephone has dialled it already, and it is written as it was."""
    row = held(item, by)
    if point is not None:
        _check_point(row, point, told)
    attempt, created = Attempt.objects.get_or_create(
        item=row,
        ended_at=None,
        defaults={"agent": by, "started_at": now, "contact_point_id": point},
    )
    if created:
        append(row, "attempted", by=by, at=now, attempt=attempt.pk)
    return attempt


def _check_point(row: WorkItem, point: int, told: bool) -> None:
    if not numbers.dialable(row).filter(pk=point).exists():
        raise ValueError("contact point")
    if not told and point not in numbers.next_numbers(row):
        raise ValueError("contact point")


@transaction.atomic
def dispose(
    *,
    item: WorkItem,
    disposition: str,
    by: AbstractBaseUser,
    now: datetime,
    callback_at: datetime | None = None,
    language: str | None = None,
) -> Disposed:
    """Ends the try and moves the item on by its policy. `language` is the one that the person speaks, where the agent heard it: from now
    on who speaks it is asked.

    Raises `NotHolder`, `UnknownDisposition`, `BadCallback`; then nothing was written.
    """
    kind = DISPOSITIONS.get(disposition)
    if kind is None:
        raise UnknownDisposition(disposition)
    row = held(item, by)
    if kind.needs_time:
        _check_callback(policies.rules_of(row), callback_at, now)
    if language:
        ordering.route(row, language)
    return _end(row, kind, by, now, callback_at)


@transaction.atomic
def dispose_record(
    *, record: Record, disposition: str, by: AbstractBaseUser | None
) -> Disposed | None:
    """The record was finished by `by`: its item is done with, whether somebody held it or it waited for its next try (the person
    called back meanwhile). None when it has no item that is open.

    Raises `NotHolder` when the item is in other hands: who lost it does not end the call of who has it now, and the record's end
    is taken back with this. An outcome cannot say when to call back: then it is after the policy's gap.

    `by` is None where the person filled the form by themselves: nobody called, so that there is no attempt; and an item that was
    given up (`exhausted`) is done with all the same."""
    items = WorkItem.objects.select_for_update().filter(record=record)
    row = items.exclude(state__in=TERMINAL if by else TERMINAL - {EXHAUSTED}).first()
    if row is None:
        return None
    if row.state == ACTIVE and (by is None or row.assignee_id != by.pk):
        raise NotHolder(str(row.pk))
    now = timezone.now()
    kind = DISPOSITIONS.get(disposition, DISPOSITIONS["reached"])
    return _end(row, kind, by, now, now + policies.rules_of(row).gap)


def _end(
    row: WorkItem,
    kind: Disposition,
    by: AbstractBaseUser | None,
    now: datetime,
    callback_at: datetime | None,
) -> Disposed:
    """Ends the try at a locked item and moves it on by its policy."""
    attempt = _close(row, kind, by, now) if by else None
    if by and attempt and kind.after == "next_number":
        numbers.mark_wrong(row, attempt.contact_point, by=by)
    decision = judging.decide(row, kind, now, callback_at)
    return _move(row, kind, by, now, decision)


def _check_callback(rules: retry.Rules, at: datetime | None, now: datetime) -> None:
    if at is None or at <= now or at > now + timedelta(days=rules.callback_days):
        raise BadCallback(str(rules.callback_days))


def _close(row: WorkItem, kind: Disposition, by: AbstractBaseUser, now: datetime) -> Attempt:
    """Ends the attempt; a try that nobody announced began and ended now."""
    attempt = Attempt.objects.filter(item=row, ended_at=None).first()
    attempt = attempt or Attempt.objects.create(item=row, agent=by, started_at=now)
    attempt.ended_at, attempt.disposition = now, kind.name
    attempt.save(update_fields=["ended_at", "disposition"])  # the telephone may be telling its own
    Verification.objects.filter(item=row, fence=row.fence).update(attempt=attempt)
    row.attempts += 1
    return attempt


def _move(
    row: WorkItem,
    kind: Disposition,
    by: AbstractBaseUser | None,
    now: datetime,
    decision: retry.Decision,
) -> Disposed:
    state, reason = _unless_closed(row, decision)
    if state == "scheduled" and decision.not_before is not None:
        row.not_before = decision.not_before
        row.reserved_until = decision.reserved_until
        row.reserved_for_id = by.pk if by and decision.reserved_until else None
        ordering.place(row)
    row.outcome = kind.name
    let_go(row, state=state, reason="disposed")
    back = row.not_before if state == "scheduled" else None
    append(
        row,
        "disposed",
        by=by,
        at=now,
        disposition=kind.name,
        state=state,
        reason=reason,
        not_before=back.isoformat() if back else None,
    )
    if state == EXHAUSTED and decision.follow is not None:
        exhausting.order(row, decision.follow)
    return Disposed(state, reason, back)


def _unless_closed(row: WorkItem, decision: retry.Decision) -> tuple[str, str]:
    """A closed campaign's items are not tried again."""
    if decision.state == "scheduled" and row.campaign is not None and not row.campaign.open:
        return WITHDRAWN, "campaign_closed"
    return decision.state, decision.reason
