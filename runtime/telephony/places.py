"""Where the work for a person stands: the place at which it goes on when they call."""

from dataclasses import dataclass
from typing import Any, Literal

from runtime.parties.models import Party
from runtime.queues import scope
from runtime.queues.models import WorkItem
from runtime.queues.states import ACTIVE, TERMINAL
from runtime.records.models import Record

Kind = Literal["item", "record", "amend", "none"]


@dataclass(frozen=True, slots=True)
class Place:
    """`item`: an open work item (its record may have begun). `record`: an open record without one. `amend`: the newest closed
    record. `none`: nothing was ever begun."""

    kind: Kind
    item: WorkItem | None = None
    record: Record | None = None

    @property
    def open_record(self) -> Record | None:
        """The record, if answers may be added to it as it is."""
        return self.record if self.record is not None and self.record.closed_at is None else None


def place_of(party: Party, user: Any) -> Place:
    """One's own item first, then one that was begun, then what comes first."""
    items = list(
        scope.items(user)
        .filter(party=party)
        .exclude(state__in=TERMINAL)
        .select_related("campaign", "queue", "record")
        .defer("record__snapshot", "record__wrapped_key")
        .order_by("not_before", "pk")[:50]
    )
    if items:
        item = min(items, key=lambda row: _order(row, user))
        return Place("item", item, item.record)
    records = scope.records(user).filter(party=party).exclude(version__app__kind="lesson")
    newest = records.select_related("version__app").order_by("-created_at")
    newest = newest.defer("version__definition", "version__bodies", "snapshot", "wrapped_key")
    found = newest.filter(closed_at=None).first()
    if found is not None:
        return Place("record", record=found)
    found = newest.first()
    return Place("amend", record=found) if found is not None else Place("none")


def _order(item: WorkItem, user: Any) -> tuple[int, int]:
    own = item.state == ACTIVE and item.assignee_id == user.pk
    begun = item.record is not None and item.record.closed_at is None
    return (0 if own else 1, 0 if begun else 1)
