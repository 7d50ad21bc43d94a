"""How a call stands, by its moments alone, whatever order they came in. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Standing = Literal["ringing", "talking", "missed", "ended", "lost"]

RINGS_AT_MOST = timedelta(minutes=3)
TALKS_AT_MOST = timedelta(hours=4)
MOMENTS = {"newCall": "rang_at", "answer": "connected_at", "hangup": "hung_up_at"}


@dataclass(frozen=True, slots=True)
class Moments:
    """When it rang, was answered and ended. What was not told of is None; a call whose ring was not told rang at its first event."""

    rang_at: datetime
    connected_at: datetime | None
    hung_up_at: datetime | None


def moments(events: Iterable[tuple[str, datetime]]) -> Moments:
    """Of (event, moment). The order of a call holds against clocks: it is answered after it rang, and ends last."""
    told = dict(events)
    rang = told.get("newCall", min(told.values()))
    connected = told.get("answer")
    ended = told.get("hangup")
    if connected is not None:
        connected = max(connected, rang)
    if ended is not None:
        ended = max(ended, connected or rang)
    return Moments(rang, connected, ended)


def standing(call: Moments, now: datetime) -> Standing:
    """`lost`: it went on for so long that its end was never told."""
    if call.hung_up_at is not None:
        return "ended" if call.connected_at is not None else "missed"
    if call.connected_at is not None:
        return "talking" if now - call.connected_at <= TALKS_AT_MOST else "lost"
    return "ringing" if now - call.rang_at <= RINGS_AT_MOST else "lost"
