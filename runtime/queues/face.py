"""What the agent's screen shows of the work item it is about."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from runtime.queues.dispositions import ALL
from runtime.queues.models import Attempt, WorkItem
from runtime.queues.numbers import Number, numbers_of
from runtime.queues.states import ACTIVE
from runtime.records.models import Record

HISTORY_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """A disposition the agent may give; `label` is an English msgid, `needs_time` asks for a time."""

    name: str
    label: str
    needs_time: bool


@dataclass(frozen=True, slots=True)
class Try:
    """One earlier attempt."""

    at: datetime
    agent: str
    disposition: str
    label: str


@dataclass(frozen=True, slots=True)
class ItemFace:
    """`numbers` holds what may be dialled, best first; `dialling` is when the attempt under way
    began; `choices` the buttons; `history` the earlier attempts, newest first."""

    id: UUID
    kind: str
    queue: str
    campaign: str
    fence: int
    lease_until: datetime
    attempts: int
    numbers: tuple[Number, ...]
    dialling: datetime | None
    choices: tuple[Choice, ...]
    history: tuple[Try, ...]

    @property
    def number(self) -> Number | None:
        return self.numbers[0] if self.numbers else None


CHOICES = tuple(Choice(row.name, row.label, row.needs_time) for row in ALL if row.offered)
LABELS = {row.name: row.label for row in ALL}


def of_record(record: Record, user: Any) -> ItemFace | None:
    """The item this person holds at this record; None when they hold none. The party's numbers are
    opened for it, which is logged."""
    item = held_at(record, user)
    return None if item is None else of_item(item, user)


def held_at(record: Record, user: Any) -> WorkItem | None:
    """The active item of the record, if this person holds it."""
    return (
        WorkItem.objects.select_related("campaign__policy", "queue__policy", "party")
        .filter(record=record, state=ACTIVE, assignee=user)
        .first()
    )


def of_item(item: WorkItem, user: Any) -> ItemFace:
    code = item.campaign.code if item.campaign else item.queue.code
    under_way = Attempt.objects.filter(item=item, ended_at=None).first()
    return ItemFace(
        id=item.pk,
        kind=item.kind,
        queue=item.queue.title,
        campaign=item.campaign.title if item.campaign else "",
        fence=item.fence,
        lease_until=item.lease_until or item.created_at,
        attempts=item.attempts,
        numbers=numbers_of(item, by=user, purpose=f"{item.kind}:{code}"),
        dialling=under_way.started_at if under_way else None,
        choices=CHOICES,
        history=_history(item),
    )


def _history(item: WorkItem) -> tuple[Try, ...]:
    ended = Attempt.objects.filter(item=item, ended_at__isnull=False).exclude(disposition="")
    newest = ended.select_related("agent").order_by("-started_at", "-pk")[:HISTORY_AT_MOST]
    return tuple(
        Try(
            one.started_at,
            one.agent.get_full_name() or one.agent.get_username(),
            one.disposition,
            LABELS.get(one.disposition, one.disposition),
        )
        for one in newest
    )
