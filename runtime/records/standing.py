"""Where people stand in the records about them: for a list of parties at once. No answers, no names."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from runtime.records.models import Record

MOST = 2000


@dataclass(frozen=True)
class About:
    """A record about a person: of which app, from when, and whether it is still open."""

    app: str
    title: str
    at: datetime
    open: bool


def records_about(
    parties: Collection[UUID], among: QuerySet[Record] | None = None
) -> dict[UUID, list[About]]:
    """The records about each of these, the newest first; lessons and what was erased are not among them."""
    rows = (Record.objects.all() if among is None else among).filter(
        party__in=parties, erased_at=None
    )
    rows = rows.exclude(version__app__kind="lesson").order_by("-created_at")
    fields = ("party", "version__app__code", "version__app__title", "created_at", "closed_at")
    found: dict[UUID, list[About]] = defaultdict(list)
    for party, code, title, at, closed in rows.values_list(*fields)[:MOST]:
        found[party].append(About(code, title, at, closed is None))
    return found
