"""Opening and ending sessions, and whether they hold; the writer behind `actions` (call it there).

A page that is loaded again goes on in the sitting that its person has open at the record, with a fresh token, and opens none beside
it. The earlier sitting is not ended for it: the same page in another tab, or the page that is just being left, may still be
sending, and would find its answers among the late events although nobody else came between. Ended, as `reopened`, are only
sittings that can save nothing any more: their person signed out or has other rights since, or their last token has expired.
What a tab still sends under one of these is kept as late events, as before.
"""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils import timezone

from runtime.audit.actions import log_access
from runtime.people.models import Person
from runtime.records import carrying
from runtime.records.hands import SAVES_AT_MOST, today_at
from runtime.records.models import Record, Session
from runtime.records.store.sealing import RecordKeys
from runtime.records.store.tokens import RunToken, issue

KINDS = ("agent", "learner", "public", "practice")
REOPENED = "reopened"


def open_session(
    *, record: Record, by: Any, kind: str, purpose: str, fence: int = 0
) -> tuple[Session, str]:
    """A sitting of `by` (None: self-service) at a record: the session and its run token. Logged as an opening first."""
    keys, now = _opened(record, by, kind, purpose), timezone.now()
    carrying.at_opening(record, by=by, now=now)
    session = _begin(record, by, kind, fence, now)
    return session, issue(session, record.version, keys.events, now)


def resume_session(
    *, record: Record, by: Any, kind: str, purpose: str, fence: int = 0
) -> tuple[Session, str]:
    """The sitting this person has open at the record today, with a fresh run token; a new one when there is none. Logged as an
    opening first."""
    keys, now = _opened(record, by, kind, purpose), timezone.now()
    mine = Session.objects.filter(record=record, agent=by, kind=kind, ended_at=None)
    dead = ~Q(epoch=_epoch(by)) | Q(started_at__lt=now - SAVES_AT_MOST)
    _end(mine.filter(dead), REOPENED)
    live = mine.filter(fence=fence, today=today_at(now)).order_by("-started_at").first()
    if live is None:
        carrying.at_opening(record, by=by, now=now)
    session = live or _begin(record, by, kind, fence, now)
    return session, issue(session, record.version, keys.events, now)


def _opened(record: Record, by: Any, kind: str, purpose: str) -> RecordKeys:
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
    return RecordKeys.of(record)


def _begin(record: Record, by: Any, kind: str, fence: int, now: dt.datetime) -> Session:
    return Session.objects.create(
        record=record,
        agent=by,
        kind=kind,
        fence=fence,
        epoch=_epoch(by),
        today=today_at(now),
        started_at=now,
    )


def end_session(*, session: Session, reason: str) -> None:
    """Ends a sitting; its token appends nothing more."""
    _end(Session.objects.filter(pk=session.pk), reason)
    session.refresh_from_db(fields=["ended_at", "end_reason"])


def end_sessions_of(*, record: Record, reason: str, but: Any = None) -> int:
    """Ends every sitting at a record, but those of the person who goes on: how many there were."""
    sittings = Session.objects.filter(record=record)
    return _end(sittings if but is None else sittings.exclude(agent=but), reason)


def why_ended(run: RunToken) -> str | None:
    """Why nothing may be written under this token any more; None while it may."""
    rows = Session.objects.select_related("record").filter(pk=run.session, record=run.record)
    session = rows.first()
    if session is None:
        return "token_unknown"
    if session.record.closed_at is not None:
        return "record_closed"
    if session.end_reason == REOPENED:  # its rights ended before it did
        return "rights_changed"
    stands = session.fence == run.fence and session.record.version_id == run.version
    if session.ended_at is not None or not stands:
        return "session_ended"
    mine = session.agent_id is None or _epoch(session.agent_id) == session.epoch
    return None if mine and session.epoch == run.epoch else "rights_changed"


def _end(sessions: Any, reason: str) -> int:
    return sessions.filter(ended_at__isnull=True).update(
        ended_at=timezone.now(), end_reason=reason[:32]
    )


def _epoch(by: Any) -> int:
    return 0 if by is None else Person.objects.values_list("epoch", flat=True).get(user=by)
