"""Opening and ending sessions; the writer behind `actions` (call it there)."""

import datetime as dt
from typing import Any

from django.utils import timezone

from runtime.audit.actions import log_access
from runtime.people.models import Person
from runtime.records.models import Record, Session
from runtime.records.store.sealing import RecordKeys
from runtime.records.store.tokens import issue

KINDS = ("agent", "learner", "public", "practice")


def open_session(
    *, record: Record, by: Any, kind: str, purpose: str, fence: int = 0
) -> tuple[Session, str]:
    """A sitting of `by` (None: self-service) at a record: the session and its run token. Logged as an opening first."""
    if kind not in KINDS:
        raise ValueError(f"unknown kind of session {kind}")
    log_access(
        by=by,
        deed="open",
        subject=record.subject,
        record=record.id,
        purpose=purpose,
        detail=f"session {kind}",
    )
    keys = RecordKeys.of(record)
    now = timezone.now()
    session = Session.objects.create(
        record=record,
        agent=by,
        kind=kind,
        fence=fence,
        epoch=_epoch(by),
        today=_today(now),
        started_at=now,
    )
    return session, issue(session, record.version, keys.events, now)


def end_session(*, session: Session, reason: str) -> None:
    """Ends a sitting; its token appends nothing more."""
    _end(Session.objects.filter(pk=session.pk), reason)
    session.refresh_from_db(fields=["ended_at", "end_reason"])


def end_sessions_of(*, record: Record, reason: str) -> int:
    """Ends every sitting at a record: how many there were."""
    return _end(Session.objects.filter(record=record), reason)


def _end(sessions: Any, reason: str) -> int:
    return sessions.filter(ended_at__isnull=True).update(
        ended_at=timezone.now(), end_reason=reason[:32]
    )


def _epoch(by: Any) -> int:
    return 0 if by is None else Person.objects.values_list("epoch", flat=True).get(user=by)


def _today(now: dt.datetime) -> dt.date:
    """The day in the app's time zone, whatever zone the person prefers."""
    return timezone.localdate(now, timezone.get_default_timezone())
