"""Beginning a form, sitting down at it, leaving it for later, coming back, having sent it."""

import datetime as dt
import hmac

from django.utils import timezone

from builder.models import Version
from runtime.records import actions as records
from runtime.records.models import Record
from runtime.selfservice import codes
from runtime.selfservice.models import Filling, Invitation, Seat
from runtime.selfservice.sealed import hidden

KEPT = dt.timedelta(days=28)
SEEN_EVERY = dt.timedelta(hours=1)


def begin(*, version: Version, language: str) -> Filling:
    """A new record about nobody known, to be filled by whoever asked for it. Raises `AppClosed`."""
    row = records.start(version=version, by=None, kind="public", language=language)
    return filling_of(row)


def filling_of(record: Record, invitation: Invitation | None = None) -> Filling:
    """The filling of a record: the one there is, or a new one."""
    now = timezone.now()
    wanted = {
        "app_id": record.version.app_id,
        "invitation": invitation,
        "begun_at": now,
        "until": now + KEPT,
    }
    return Filling.objects.get_or_create(record=record, defaults=wanted)[0]


def sit_down(*, filling: Filling) -> tuple[Seat, str]:
    """A seat for one browser, and the secret for its cookie: always a new one, so that none can be foisted on anybody."""
    now, secret = timezone.now(), codes.fresh_secret()
    seat = Seat(filling=filling, opened_at=now, seen_at=now)
    seat.secret = hidden("seat", str(seat.pk), secret)
    seat.save(force_insert=True)
    return seat, secret


def seen(*, seat: Seat, now: dt.datetime) -> None:
    """Its browser is here; written at most once an hour."""
    if seat.seen_at < now - SEEN_EVERY:
        Seat.objects.filter(pk=seat.pk).update(seen_at=now)


def keep_for_later(*, filling: Filling) -> tuple[str, str]:
    """The link and the code to come back with, shown this once; those of before open nothing any more."""
    handle, code = codes.fresh_handle(), codes.fresh()
    filling.handle, filling.code = hidden("link", handle), hidden("code", handle, code)
    filling.until = timezone.now() + KEPT
    filling.save(update_fields=["handle", "code", "until"])
    return handle, code


def come_back(*, handle: str, typed: str, now: dt.datetime) -> Filling | None:
    """The filling of a link and its code; None for an unknown link, a wrong code, and what has expired, alike."""
    code = codes.read(typed) or ""
    row = Filling.objects.select_related("record").filter(handle=hidden("link", handle)).first()
    told = hidden("code", handle, code)
    fits = hmac.compare_digest(told, row.code if row else "-" * len(told))
    return row if row is not None and fits and row.until > now else None


def mark_sent(*, filling: Filling) -> None:
    """It was sent: from now on its link and code say no more than that."""
    now = timezone.now()
    Filling.objects.filter(pk=filling.pk, sent_at=None).update(sent_at=now)
    filling.refresh_from_db(fields=["sent_at"])
