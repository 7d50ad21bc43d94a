"""Append: the hot path of saving. Token, shapes, declared types, seal, one statement; the record is not opened.

What cannot be appended because the sitting is over (a logout, another holder, a closed record, an expired token) is not
lost: it is kept as sealed late events, which the next holder sees and decides upon.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from runtime.records.batch import MOST_ITEMS, Item, check_batch
from runtime.records.declared import declared
from runtime.records.files import name_files
from runtime.records.sessions import why_ended
from runtime.records.statement import Row, insert_late, insert_live, numbers_of
from runtime.records.store.sealing import seal_event
from runtime.records.store.tokens import RunToken, TokenUnknown, read

LATE_ACCEPTED = dt.timedelta(hours=48)  # after the token expired

REASONS = {
    "token_unknown": (
        401,
        gettext_noop(
            "This page is not signed on to a record of this installation. Sign in and open the record again; keep the page until then."
        ),
    ),
    "token_expired": (
        401,
        gettext_noop(
            "This sitting lasted too long and has ended. What you typed is kept aside: sign in and open the record again."
        ),
    ),
    "token_too_old": (
        401,
        gettext_noop(
            "This sitting ended long ago; nothing was saved. Sign in and open the record again."
        ),
    ),
    "foreign": (
        403,
        gettext_noop("This page was opened for another record; nothing was saved here."),
    ),
    "session_ended": (
        409,
        gettext_noop(
            "This sitting has ended: the record is with somebody else or was released. What you typed is kept aside for whoever holds it now."
        ),
    ),
    "rights_changed": (
        409,
        gettext_noop(
            "You signed out, or your rights changed. What you typed is kept aside: sign in and open the record again."
        ),
    ),
    "record_closed": (
        409,
        gettext_noop(
            "The record was closed meanwhile. What you typed is kept aside; it can be taken over when the record is reopened."
        ),
    ),
    "too_many_waiting": (
        409,
        gettext_noop(
            "Too much is waiting at this record already; nothing was saved. Ask whoever holds it to look at it."
        ),
    ),
    "batch": (
        400,
        gettext_noop("What was sent is not a list of at most %(most)s events; nothing was saved."),
    ),
}


@dataclass(frozen=True, repr=False)
class Appended:
    """What became of a batch. `acknowledged`: `{id, number}` with `value` and `unreadable` where the server read it differently, and
    `late: true` where it waits for the next holder; `refused`: `{id, code, message}`."""

    acknowledged: list[dict[str, Any]] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    late: int = 0
    status: int = 200
    code: str = ""
    message: str = ""

    @classmethod
    def because(cls, code: str, **rest: Any) -> "Appended":
        status, message = REASONS[code]
        return cls(status=status, code=code, message=_(message) % {"most": MOST_ITEMS}, **rest)


def append(
    token: str, batch: list[Any], now: dt.datetime, *, record: uuid.UUID | None = None
) -> Appended:
    """Appends a batch of `{"id": uuid, "seen": n, "event": {..}}` under a run token. `record`: the one the address names.

    Sending the same batch again is harmless. Each item counts for itself, in order. Raises `KeyMissing` when the key files
    are gone; then nothing was written.
    """
    try:
        run = read(token)
    except TokenUnknown:
        return Appended.because("token_unknown")
    if record is not None and record != run.record:
        return Appended.because("foreign")
    if not isinstance(batch, list) or len(batch) > MOST_ITEMS:
        return Appended.because("batch")
    if now > run.expires + LATE_ACCEPTED:
        return Appended.because("token_too_old")
    good, refused = check_batch(declared(run.version, run.sha256), batch)
    good, nameless = name_files(run, good, now)
    refused += nameless
    if not good:
        return Appended(refused=refused, status=422 if refused else 200)
    sealed = _Sealed(run, good, [_seal(run, item) for item in good], refused, now)
    if now > run.expires:
        return _keep_late(sealed, sealed.rows, "token_expired")
    return _append(sealed)


def standing(token: str, now: dt.datetime) -> RunToken | Appended:
    """What a page holds that may still write; else why it may not."""
    try:
        run = read(token)
    except TokenUnknown:
        return Appended.because("token_unknown")
    code = "token_expired" if now > run.expires else why_ended(run)
    return Appended.because(code) if code else run


@dataclass(frozen=True, repr=False)
class _Sealed:
    """A checked batch on its way into the database."""

    run: RunToken
    good: list[Item]
    rows: list[Row]
    refused: list[dict[str, Any]]
    now: dt.datetime


def _seal(run: RunToken, item: Item) -> Row:
    sealed = seal_event(run.events_key, run.record, item.client_id, item.seen, item.event)
    return item.client_id, item.seen, sealed


def _append(batch: _Sealed) -> Appended:
    run, rows = batch.run, batch.rows
    numbers = insert_live(
        record=run.record,
        session=run.session,
        fence=run.fence,
        epoch=run.epoch,
        version=run.version,
        rows=rows,
        now=batch.now,
    )
    known = {client_id: (number, False) for client_id, number in numbers.items()}
    left = [row for row in rows if row[0] not in known]
    if left:
        known |= numbers_of(run.record, [row[0] for row in left])
        left = [row for row in left if row[0] not in known]
    if left:
        code = _why_not(run)
        return Appended.because(code) if code == "token_unknown" else _keep_late(batch, left, code)
    late = sum(is_late for _number, is_late in known.values())
    return Appended(_acknowledge(batch.good, known), batch.refused, late)


def _keep_late(batch: _Sealed, rows: Sequence[Row], code: str) -> Appended:
    run = batch.run
    insert_late(record=run.record, session=run.session, rows=rows, now=batch.now)
    known = numbers_of(run.record, [item.client_id for item in batch.good])
    if any(row[0] not in known for row in rows):
        code = "too_many_waiting"
    late = sum(is_late for _number, is_late in known.values())
    told = _acknowledge(batch.good, known)
    return Appended.because(code, acknowledged=told, refused=batch.refused, late=late)


def _acknowledge(
    good: Sequence[Item], known: dict[uuid.UUID, tuple[int, bool]]
) -> list[dict[str, Any]]:
    told = []
    for item in good:
        if item.client_id in known:
            number, late = known[item.client_id]
            told.append(
                {
                    "id": str(item.client_id),
                    "number": number,
                    **item.told,
                    **({"late": True} if late else {}),
                }
            )
    return told


def _why_not(run: RunToken) -> str:
    """Which condition of the statement did not hold (asked only after it refused)."""
    return why_ended(run) or "rights_changed"
