"""What a claim answers: an item, or why there is none."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

Reason = Literal["skill", "skill_expired", "paused", "closed", "empty", "no_version", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Claimed:
    """The item is the agent's until `lease_until`; `resumed` tells that it already was.
    `token` is the run token of the session opened for it (None: the item has no script)."""

    item: UUID
    record: UUID | None
    fence: int
    lease_until: datetime
    resumed: bool = False
    token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there is no item. `skill` is the title of the skill that is missing, `lesson` the code
    of the lesson's app that grants it, `at` when it is worth trying again."""

    reason: Reason
    skill: str = ""
    lesson: str | None = None
    at: datetime | None = None


class NotHolder(Exception):
    """The item is not (or no longer) with this person: nothing was written."""
