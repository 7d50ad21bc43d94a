"""What narrows a list of people: the app, queue, state and date of what there is about them. Posted, never in an address.

The search knows neither records nor queues; they are asked about the people that were found.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from builder.models import App
from runtime.queues import scope
from runtime.queues.standing import ToDo, open_items_about
from runtime.records.standing import About, records_about

STATES = (
    ("open", _("A record is open")),
    ("closed", _("All records are closed")),
    ("work", _("Something is to do")),
    ("none", _("No record and nothing to do")),
)


@dataclass(frozen=True)
class Standing:
    """What there is about a person: records, the newest first, and open work items."""

    records: list[About] = field(default_factory=list)
    items: list[ToDo] = field(default_factory=list)


@dataclass(frozen=True)
class Filters:
    """What was chosen; what is empty narrows nothing."""

    app: str = ""
    queue: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def any(self) -> bool:
        return self != Filters()

    def keep(self, standing: Standing) -> bool:
        """Whether a person with this standing stays in the list."""
        return all((
            not self.app or self.app in {row.app for row in standing.records},
            not self.queue or self.queue in {row.queue for row in standing.items},
            not self.state or _is(self.state, standing),
            not (self.since or self.until) or self._lately(standing.records),
        ))  # fmt: skip

    def _lately(self, records: list[About]) -> bool:
        """Whether the last record (of the app, where one is chosen) was begun within the days."""
        days = [localdate(row.at) for row in records if self.app in ("", row.app)]
        return bool(days) and (self.since or date.min) <= days[0] <= (self.until or date.max)


def _is(state: str, standing: Standing) -> bool:
    open_ones = [row.open for row in standing.records]
    return {
        "open": any(open_ones),
        "closed": bool(open_ones) and not any(open_ones),
        "work": bool(standing.items),
        "none": not open_ones and not standing.items,
    }[state]


def read(posted: Mapping[str, Any]) -> Filters:
    """The filters of a post; what is not one of the choices, or no day, narrows nothing."""
    if "clear" in posted:
        return Filters()
    state = posted.get("state", "")
    return Filters(
        app=posted.get("app", "")[:63],
        queue=posted.get("queue", "")[:63],
        state=state if state in dict(STATES) else "",
        since=_day(posted.get("since", "")),
        until=_day(posted.get("until", "")),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def standings(parties: Collection[UUID], user: Any) -> dict[UUID, Standing]:
    """Where each of these people stands, as far as this person may see."""
    records = records_about(parties, scope.records(user))
    items = open_items_about(parties, scope.items(user))
    return {party: Standing(records.get(party, []), items.get(party, [])) for party in parties}


def choices(user: Any) -> dict[str, Any]:
    """What the form offers."""
    apps = App.objects.filter(kind__in=("script", "form")).order_by("title")
    return {
        "apps": list(apps.values_list("code", "title")),
        "queues": list(scope.queues(user).order_by("title").values_list("code", "title")),
        "states": STATES,
    }
