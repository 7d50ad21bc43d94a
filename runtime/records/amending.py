"""Correcting a closed record: who may, for how long, and what is a reason. The deed itself is `actions.reopen`."""

import datetime as dt
import re
from collections.abc import Collection
from typing import Any

from django.conf import settings

from runtime.records.models import Record

LEAST_WORDS = 3
LONGEST_REASON = 500
_WORD = re.compile(r"\w{2,}")
ALWAYS = frozenset({"supervisor"})


def is_reason(text: str) -> bool:
    """Whether somebody who reads this in a year learns something: some words, not a letter to get past the field."""
    return len({word.casefold() for word in _WORD.findall(text)}) >= LEAST_WORDS


def until(record: Record) -> dt.datetime | None:
    """Until when who closed it may amend it by themselves; None while it is open."""
    if record.closed_at is None:
        return None
    return record.closed_at + dt.timedelta(hours=settings.AMEND_HOURS)


def may_amend(record: Record, user: Any, roles: Collection[str], now: dt.datetime) -> bool:
    """Supervisors; and for some time the agent who closed it. (Whose person is on the line and proved it may as well: the workspace
    asks.)"""
    last = until(record)
    if last is None or record.version.app.kind == "lesson":
        return False
    if ALWAYS & set(roles):
        return True
    return "agent" in roles and record.closed_by_id == user.pk and now <= last
