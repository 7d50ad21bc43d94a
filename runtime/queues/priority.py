"""Which item comes first: the order as data, read by the claim's SQL and by tests alike.

Lane 0 goes before lane 1; in a lane the higher priority, then what is due soonest (what is never
due comes last), then what has been ready longest. Where waiting counts (`rules.ageing`), priority, due and waiting are one moment,
`aged`, and that alone is the order in a lane. The index `item_ready` has the same order.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

NEVER = datetime.max.replace(tzinfo=UTC)
PRIORITY_LANE, NORMAL_LANE = 0, 1

# The columns in order; `{never}` is the backend's way to put last what is never due.
ORDER: tuple[str, ...] = (
    "lane",
    "(CASE WHEN aged IS NULL THEN -priority ELSE 0 END)",
    "(COALESCE(CASE WHEN aged IS NULL THEN due END, {never}))",
    "(COALESCE(aged, not_before))",
    "id",
)
LAST: Mapping[str, str] = {"sqlite": "'9999-12-31'", "postgresql": "'infinity'::timestamptz"}


def order_by(vendor: str) -> str:
    """The `ORDER BY` list for a database."""
    return ", ".join(ORDER).format(never=LAST[vendor])


def key(item: Any) -> tuple[int, int, datetime, datetime, UUID]:
    """The same order for sorting in memory."""
    if item.aged is not None:
        return (item.lane, 0, NEVER, item.aged, item.id)
    return (item.lane, -item.priority, item.due or NEVER, item.not_before, item.id)
