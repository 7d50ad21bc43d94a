"""What an agent reads before they call: versions of their scripts that are newer than the one they last worked with."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from builder.models import Version
from runtime.records.models import Session

SITTINGS = 200  # the newest ones tell which scripts somebody works with
SINCE = timedelta(days=30)
VERSIONS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Change:
    """One newer version: its number, day and what its author said of it."""

    number: int
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class News:
    """A script that changed since this person worked with it; the newest change first, a few of them."""

    title: str
    seen: int
    changes: tuple[Change, ...]

    @property
    def number(self) -> int:
        return self.changes[0].number


def news_for(user: Any, now: datetime) -> list[News]:
    """Two questions to the database. A version with which they worked since is no news any more."""
    seen = _seen(user, now)
    if not seen:
        return []
    rows = Version.objects.filter(app__in=seen, app__open=True).select_related("app")
    rows = rows.only("number", "note", "created_at", "app__title").order_by(
        "app__title", "-number"
    )
    found: dict[int, list[Version]] = {}
    for row in rows.filter(created_at__gt=now - SINCE):
        if row.number > seen[row.app_id]:
            found.setdefault(row.app_id, []).append(row)
    return [_news(rows, seen[app]) for app, rows in found.items()]


def _seen(user: Any, now: datetime) -> dict[int, int]:
    """The highest version of each app that this person worked with lately."""
    sittings = Session.objects.filter(agent=user, kind="agent", started_at__gt=now - SINCE)
    rows = sittings.exclude(record__version__app__kind="lesson").order_by("-started_at")
    seen: dict[int, int] = {}
    told = rows.values_list("record__version__app", "record__version__number")[:SITTINGS]
    for app, number in told:
        seen[app] = max(number, seen.get(app, 0))
    return seen


def _news(rows: list[Version], seen: int) -> News:
    told = (Change(row.number, row.created_at, row.note) for row in rows[:VERSIONS_SHOWN])
    return News(rows[0].app.title, seen, tuple(told))
