"""Reading what a webhook says: JSON or a form, in the words small telephone systems share. Pure.

event       newCall | answer | hangup
callId      the same in all three
direction   in | out
from, to    numbers; `anonymous` or nothing where there is none
user        whose telephone: extensions, logins or ids (also `user[]`, `agent`); `answeringNumber` who took it
cause       of a hangup; `at` when it happened (ISO with a time zone, or seconds); or `ago`, how many seconds ago, from
            who trusts no clock: else the moment it arrived
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

EVENTS = ("newCall", "answer", "hangup")
DIRECTIONS = ("in", "out")
CAUSES = frozenset(
    {"normalClearing", "busy", "cancel", "noAnswer", "congestion", "notFound", "forwarded"}
)
LARGEST = 16 * 1024
AGENTS_AT_MOST = 50
LATEST = timedelta(days=1)  # a moment further back is taken for a wrong clock
EARLIEST = timedelta(minutes=5)
_REFERENCE = re.compile(r"[!-~]{1,250}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Told:
    """One event of a call. `number` is the other one's, as it was told; it is in no repr."""

    event: str
    reference: str
    direction: str
    at: datetime
    clock_off: bool
    agents: tuple[str, ...]
    cause: str = ""
    number: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Bad:
    """What could not be read: the member that is wrong."""

    member: str


def read(body: bytes, content_type: str, now: datetime) -> Told | Bad:
    """One event, or what is wrong with it; never an exception, whatever was sent."""
    members = _members(body, content_type)
    if members is None:
        return Bad("body")
    event, reference = _text(members, "event"), _text(members, "callId", "call_id", "callid")
    direction = _text(members, "direction") or "in"
    if event not in EVENTS:
        return Bad("event")
    if not _REFERENCE.fullmatch(reference):
        return Bad("callId")
    if direction not in DIRECTIONS:
        return Bad("direction")
    number = _text(members, "from" if direction == "in" else "to")
    agents = _agents(members, event)
    if agents is None or len(number) > 100:
        return Bad("user" if agents is None else "from" if direction == "in" else "to")
    at, off = _moment(members.get("at"), members.get("ago"), now)
    cause = _text(members, "cause")
    return Told(
        event=event,
        reference=reference,
        direction=direction,
        at=at,
        clock_off=off,
        agents=agents,
        cause=cause if cause in CAUSES else "",
        number="" if number.lower() in {"anonymous", "unknown", "restricted"} else number,
    )


def _members(body: bytes, content_type: str) -> Mapping[str, Any] | None:
    if len(body) > LARGEST:
        return None
    try:
        text = body.decode("utf-8")
        if content_type.partition(";")[0].strip().lower() == "application/x-www-form-urlencoded":
            return _form(text)
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _form(text: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in parse_qsl(text, max_num_fields=100):
        if name in {"user", "user[]", "agent"}:
            found.setdefault("user", []).append(value)
        else:
            found.setdefault(name, value)
    return found


def _text(members: Mapping[str, Any], *names: str) -> str:
    """The first member of these names that is a text; what has control characters counts as nothing."""
    for name in names:
        value = members.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value) if abs(value) < 10**20 else ""
        if isinstance(value, str) and value.strip() and not _CONTROL.search(value):
            return value.strip()
    return ""


def _agents(members: Mapping[str, Any], event: str) -> tuple[str, ...] | None:
    """Whose telephones, who took it first; None where they cannot be read."""
    told: list[Any] = []
    for name in ("answeringNumber", "agent", "user", "user[]"):
        value = members.get(name)
        told += value if isinstance(value, list) else [value]
        if event == "answer" and name != "answeringNumber" and any(told):
            break  # an answer has one who took it
    texts = [_text({"user": one}, "user") for one in told if one not in (None, "")]
    if len(texts) > AGENTS_AT_MOST or any(not text or len(text) > 100 for text in texts):
        return None
    return tuple(dict.fromkeys(texts))


def _moment(told: Any, ago: Any, now: datetime) -> tuple[datetime, bool]:
    """When it happened, and whether what was told could not be."""
    if told in (None, "") and ago in (None, ""):
        return now, False
    at = _seconds_ago(ago, now) if told in (None, "") else _read_moment(told)
    if at is None or not now - LATEST <= at <= now + EARLIEST:
        return now, True
    return min(at, now), False


def _seconds_ago(told: Any, now: datetime) -> datetime | None:
    try:
        return now - timedelta(seconds=float(told))
    except (ValueError, TypeError, OverflowError):
        return None


def _read_moment(told: Any) -> datetime | None:
    try:
        if isinstance(told, str) and not told.strip().isdigit():
            at = datetime.fromisoformat(told.strip())
            return at if at.tzinfo is not None else None
        return datetime.fromtimestamp(float(told), UTC)
    except (ValueError, TypeError, OverflowError, OSError):
        return None
