"""Which item comes first: the order as data, read by the claim's SQL and by tests alike.

Lane 0 goes before lane 1; in a lane the higher priority, then what is due soonest (what is never
due comes last), then what has been ready longest. The index `item_ready` has the same order.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

NEVER = datetime.max.replace(tzinfo=UTC)
PRIORITY_LANE, NORMAL_LANE = 0, 1

# The columns in order; `{due}` is the backend's way to put "never" last.
ORDER: tuple[str, ...] = ("lane", "priority DESC", "{due}", "not_before", "id")
DUE: Mapping[str, str] = {
    "sqlite": "COALESCE(due, '9999-12-31')",
    "postgresql": "COALESCE(due, 'infinity'::timestamptz)",
}


def order_by(vendor: str) -> str:
    """The `ORDER BY` list for a database."""
    return ", ".join(ORDER).format(due=DUE[vendor])


def key(item: Any) -> tuple[int, int, datetime, datetime, UUID]:
    """The same order for sorting in memory."""
    return (item.lane, -item.priority, item.due or NEVER, item.not_before, item.id)
