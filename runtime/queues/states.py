"""The states of a work item and which ends it."""

from typing import Final

SCHEDULED: Final = "scheduled"
READY: Final = "ready"
ACTIVE: Final = "active"
WAITING: Final = "waiting"
RESOLVED: Final = "resolved"
EXHAUSTED: Final = "exhausted"
WITHDRAWN: Final = "withdrawn"

STATES: Final = (READY, SCHEDULED, ACTIVE, WAITING, RESOLVED, EXHAUSTED, WITHDRAWN)
TERMINAL: Final = frozenset({RESOLVED, EXHAUSTED, WITHDRAWN})
