"""The only writer of breaks. Each deed is written to the access log first; where that cannot be written, nothing happens."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from runtime.audit.actions import log_access
from runtime.glass.models import Break
from runtime.outbox.actions import enqueue
from runtime.parties.models import Party
from runtime.parties.store import open_note, seal_note
from runtime.people.clearance import BREAK_GLASS, may_break
from runtime.people.models import Person
from runtime.people.roles import roles_of

LASTS = dt.timedelta(minutes=30)
JUDGED_WITHIN = dt.timedelta(days=3)
REVIEW = "review"
ALERT = "glass_broken"
LONGEST = 2_000
VERDICTS = ("justified", "not_justified")


class AnotherStands(Exception):
    """Somebody sees one person by a broken glass, never two."""


def break_glass(*, party: Party, reason: str, by: Any, now: dt.datetime) -> Break:
    """Lets `by` see one person for half an hour. In two windows it is broken once. May raise `AnotherStands`."""
    if not reason.strip() or len(reason) > LONGEST or not may_break(roles_of(by)):
        raise PermissionError("who may break the glass says why")
    with transaction.atomic():
        person = Person.objects.select_for_update().get(user=by)
        there = _standing(now).filter(by=by, epoch=person.epoch).first()
        if there is not None:
            if there.party != party.pk:
                raise AnotherStands
            return there
        made = Break(by=by, epoch=person.epoch, party=party.pk, at=now, until=now + LASTS)
        _log("break_glass", made, by, BREAK_GLASS, f"minutes={LASTS.seconds // 60}")
        made.reason = seal_note(party.pk, made.pk, "reason", reason.strip())
        _save(made, by)
        key = f"{ALERT}:{made.pk}"
        enqueue(effect=ALERT, key=key, arguments={"break": str(made.pk)})
    return made


def standing(pk: Any, *, by: Any, now: dt.datetime | None = None) -> Break | None:
    """A break that still lasts: this person's, not ended, not too old, and nothing ended their rights since (a logout, a role taken)."""
    try:
        wanted = uuid.UUID(str(pk))
    except ValueError:
        return None
    found = _standing(now or timezone.now()).filter(pk=wanted, by=by).first()
    if found is None or not may_break(roles_of(by)):
        return None
    current = Person.objects.filter(user=by, epoch=found.epoch).exists()
    return found if current else None


def end(*, glass: Break, by: Any, now: dt.datetime) -> None:
    """Ends it before its time. Harmless when it has ended."""
    if glass.by_id != by.pk:
        raise PermissionError("who broke it ends it")
    with transaction.atomic():
        row = _locked(glass)
        if row is None or row.ended_at is not None or row.until <= now:
            return
        _log("break_glass", row, by, BREAK_GLASS, "ended")
        row.ended_at = now
        _save(row, by)


def reason_of(glass: Break, *, by: Any) -> tuple[str, str]:
    """The reason and the remark, for who judges. `SubjectDestroyed` once the person was erased."""
    log_access(by=by, deed="open", subject=glass.party, purpose=REVIEW, detail="reason")
    reason = open_note(glass.party, glass.pk, "reason", bytes(glass.reason))
    if not glass.verdict or not glass.remark:
        return reason, ""
    return reason, open_note(glass.party, glass.pk, "remark", bytes(glass.remark))


def judge(*, glass: Break, verdict: str, remark: str, by: Any, now: dt.datetime) -> bool:
    """Whether it was justified, once; nobody judges themselves. False if somebody judged before."""
    if verdict not in VERDICTS or by is None or by.pk == glass.by_id or len(remark) > LONGEST:
        raise PermissionError("somebody else judges, in a set word")
    with transaction.atomic():
        row = _locked(glass)
        if row is None or row.verdict:
            return False
        _log("judge", row, by, REVIEW, verdict)
        row.remark = (
            seal_note(row.party, row.pk, "remark", remark.strip()) if remark.strip() else b""
        )
        row.verdict, row.judged_by, row.judged_at = verdict, by, now
        _save(row, by)
    return True


def was_told(pk: str) -> None:
    """The mails of a break are gone."""
    Break.objects.filter(pk=pk, told_at=None).update(told_at=timezone.now())


def unjudged() -> QuerySet[Break]:
    """What waits to be judged, the oldest first."""
    return Break.objects.filter(verdict="").order_by("at")


def overdue(glass: Break, now: dt.datetime) -> bool:
    return not glass.verdict and glass.at <= now - JUDGED_WITHIN


def ends_at(glass: Break) -> dt.datetime:
    """When nothing could be seen by it any more, at the latest."""
    return min(glass.until, glass.ended_at or glass.until)


def _standing(now: dt.datetime) -> QuerySet[Break]:
    return Break.objects.filter(ended_at=None, until__gt=now, at__lte=now)


def _locked(glass: Break) -> Break | None:
    return Break.objects.select_for_update().filter(pk=glass.pk).first()


def _log(deed: str, glass: Break, by: Any, purpose: str, detail: str) -> None:
    log_access(by=by, deed=deed, subject=glass.party, purpose=purpose, detail=detail)


def _save(row: Break, by: Any) -> None:
    row._history_user = by  # noqa: SLF001  (simple_history's documented way to name the actor)
    row.save()
