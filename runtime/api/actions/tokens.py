"""Tokens: made, shown once, looked up, revoked."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from runtime.api import written
from runtime.api.models import Token
from runtime.api.scopes import CLEARANCES, SCOPES
from runtime.people.models import Unit
from runtime.people.reach import Reach, reach_of
from runtime.queues.models import Campaign

NOBODY: Final = bytes(32)  # compared with where there is no such token, so that it takes as long
MOST_DAYS: Final = 366
USED_EVERY: Final = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Grant:
    """What a token is for and what it opens. `campaigns`: None for all of them; `unit`: None for the whole organisation."""

    title: str
    purpose: str
    scopes: tuple[str, ...]
    clearance: str = "open"
    campaigns: Iterable[Campaign] | None = None
    unit: Unit | None = None
    rate: int = 600


def make_token(*, grant: Grant, days: int, by: Any) -> tuple[Token, str]:
    """A new token, and its text: shown to `by` now, and never again. It reaches no further than `by` does."""
    if not _within(grant.unit, reach_of(by)):
        raise ValueError("unit")
    if not grant.scopes or not set(grant.scopes) <= set(SCOPES):
        raise ValueError("scopes")
    if grant.clearance not in CLEARANCES or not 1 <= days <= MOST_DAYS or grant.rate < 1:
        raise ValueError("clearance, days or rate")
    text, prefix = written.fresh()
    now = timezone.now()
    token = Token(
        title=grant.title,
        purpose=grant.purpose,
        prefix=prefix,
        digest=written.digest(text),
        scopes=sorted(grant.scopes),
        clearance=grant.clearance,
        unit=grant.unit,
        everywhere=grant.campaigns is None,
        rate=grant.rate,
        created_at=now,
        created_by=by,
        expires_at=now + dt.timedelta(days=days),
    )
    token._history_user = by  # noqa: SLF001 - how simple_history is told
    with transaction.atomic():
        token.save(force_insert=True)
        if grant.campaigns is not None:
            token.campaigns.set(grant.campaigns)
    return token, text


def _within(unit: Unit | None, reach: Reach) -> bool:
    return reach.runs is None or (unit is not None and unit.pk in reach.runs)


def revoke_token(*, token: Token, by: Any) -> bool:
    """Ends a token at once; False when it was revoked before."""
    with transaction.atomic():
        row = Token.objects.select_for_update().get(pk=token.pk)
        if row.revoked_at is not None:
            return False
        row.revoked_at, row.revoked_by = timezone.now(), by
        row._history_user = by  # noqa: SLF001
        row.save(update_fields=["revoked_at", "revoked_by"])
    return True


def find_token(text: str, *, now: dt.datetime) -> Token | None:
    """The token that this is, where it still stands."""
    rows = Token.objects.select_related("unit")
    row = rows.filter(prefix=written.prefix_of(text)).first()
    same = constant_time_compare(
        written.digest(text), bytes(row.digest) if row is not None else NOBODY
    )
    return row if row is not None and same and stands(row, now=now) else None


def stands(token: Token, *, now: dt.datetime) -> bool:
    """Whether it was not revoked, its time is not over, and its unit is in use."""
    used = token.unit is None or token.unit.active
    return used and token.revoked_at is None and now < token.expires_at


def note_use(*, token: Token, now: dt.datetime) -> None:
    """That it was used, to the minute."""
    if token.used_at is None or token.used_at <= now - USED_EVERY:
        Token.objects.filter(pk=token.pk).update(used_at=now)
