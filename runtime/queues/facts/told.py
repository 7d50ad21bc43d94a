"""What the queue wrote down, parsed once: an event of an item, and an attempt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Event:
    """One event of an item. `back` is when it is wanted again; `state` and `reason` are those of its end; `on` tells whom it waits for."""

    item: UUID
    event: str
    at: datetime
    by: int | None = None
    disposition: str = ""
    state: str = ""
    reason: str = ""
    back: datetime | None = None
    on: str = ""


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt that has ended, with what the telephone system told of it."""

    item: UUID
    agent: int
    started: datetime
    ended: datetime
    disposition: str = ""
    call: str = ""
    rang: datetime | None = None
    connected: datetime | None = None
    hung_up: datetime | None = None

    @property
    def rang_seconds(self) -> int | None:
        return seconds(self.rang, self.connected or self.hung_up)

    @property
    def connected_seconds(self) -> int | None:
        return seconds(self.connected, self.hung_up)

    @property
    def wrap_up_seconds(self) -> int | None:
        """From hanging up to the disposition; None where no telephone told."""
        return seconds(self.hung_up, self.ended)


def seconds(since: datetime | None, until: datetime | None) -> int | None:
    """Whole seconds between two moments, never less than none: two machines tell the time."""
    if since is None or until is None:
        return None
    return max(0, round((until - since).total_seconds()))


def read_event(row: Mapping[str, Any]) -> Event:
    """A row of `WorkItemEvent` as a mapping. What an older release wrote otherwise counts as not said."""
    data = row["data"] if isinstance(row["data"], Mapping) else {}
    return Event(
        item=row["item_id"],
        event=row["event"],
        at=row["at"],
        by=row["by_id"],
        disposition=_text(data.get("disposition")),
        state=_text(data.get("state")),
        reason=_text(data.get("reason")),
        back=_moment(data.get("not_before")),
        on=_text(data.get("on")),
    )


def read_try(row: Mapping[str, Any]) -> Try:
    """A row of `Attempt` as a mapping."""
    return Try(
        item=row["item_id"],
        agent=row["agent_id"],
        started=row["started_at"],
        ended=row["ended_at"],
        disposition=row["disposition"],
        call=row["provider_call"],
        rang=row["rang_at"],
        connected=row["connected_at"],
        hung_up=row["hung_up_at"],
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _moment(value: Any) -> datetime | None:
    try:
        read = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return read if read.tzinfo else None
