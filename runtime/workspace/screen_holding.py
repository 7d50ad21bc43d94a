"""Who holds a record: the agent of its active work item, the learner of a lesson, whoever began it outside a queue."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from runtime.learning.actions import is_learners
from runtime.people.models import Person
from runtime.people.roles import roles_of
from runtime.queues import face, policies, scope
from runtime.queues.actions import is_verified
from runtime.queues.models import WorkItem
from runtime.queues.proving import Verification
from runtime.queues.states import ACTIVE
from runtime.records import actions as records
from runtime.records.models import Record, Session

CALL = "call"
CASEWORK = frozenset({"agent", "supervisor"})
WRITERS = frozenset({"editor", "trainer", "admin"})
OUTSIDE = frozenset({"partner", "citizen"})  # no definition is theirs to fetch


@dataclass(frozen=True)
class Held:
    """A record in somebody's hands: the kind of their session, their work item, its fence, and whether it is still to be proved who
    is on the line."""

    record: Record
    kind: str
    item: WorkItem | None = None
    asked: Verification | None = None  # what who is on the line must prove first

    @property
    def fence(self) -> int:
        return self.item.fence if self.item else 0


def find_record(record_id: uuid.UUID, user: Any) -> Record:
    """The record with its version and app; 404 when there is none that this person may see."""
    rows = (
        scope.records(user)
        .select_related("version", "version__app", "party")
        .defer("version__definition", "version__bodies")
    )
    record = rows.filter(pk=record_id).first()
    if record is None:
        raise Http404
    return record


def holding(record: Record, user: Any) -> Held | None:
    """How this person holds the record now, or None. A closed record is held by nobody."""
    if record.closed_at is not None:
        return None
    if record.version.app.kind == "lesson":
        return Held(record, "learner") if is_learners(record, user) else None
    if not roles_of(user) & CASEWORK:  # a sitting outlives the role it was begun with
        return None
    item = face.held_at(record, user)
    if item is not None:
        return Held(record, "agent", item, _asked(item, user))
    if someone_elses_item(record, user) or not has_sitting(record, user):
        return None
    return Held(record, "agent")


def _asked(item: WorkItem, user: Any) -> Verification | None:
    if item.party_id is None:  # nobody to mistake for somebody else
        return None
    asked = policies.rules_of(item).verification
    return None if asked is None or is_verified(item=item, by=user) else asked


def in_talk(record: Record, user: Any) -> Held | None:
    """As `holding`, once it is known who is on the line."""
    held = holding(record, user)
    return held if held is not None and held.asked is None else None


def held_or_404(record_id: uuid.UUID, user: Any) -> Held:
    """For what only the holder may do, in talk with the right person: nobody else learns that the record exists."""
    held = in_talk(find_record(record_id, user), user)
    if held is None:
        raise Http404
    return held


def someone_elses_item(record: Record, user: Any) -> bool:
    """Whether another agent is working on this record now."""
    return WorkItem.objects.filter(record=record, state=ACTIVE).exclude(assignee=user).exists()


def has_sitting(record: Record, user: Any) -> bool:
    """Whether this person has a sitting at the record that was not ended."""
    return Session.objects.filter(record=record, agent=user, kind="agent", ended_at=None).exists()


def may_read(record: Record, user: Any) -> bool:
    """Lessons are between a learner and the engine; what else there is may be read by those who do casework,
    for a purpose that is logged."""
    if record.version.app.kind == "lesson":
        return is_learners(record, user)
    return bool(roles_of(user) & CASEWORK)


def subject_of(user: Any) -> uuid.UUID:
    """The subject under which a person's own lessons are kept."""
    return Person.objects.values_list("subject", flat=True).get(user=user)


def earned(held: Held, user: Any) -> str:
    """The outcome a lesson has come to: the first that is relevant now."""
    view = records.settle(held.record.id, by=user, purpose="learning").view
    return next((name for name, seen in view["outcomes"].items() if seen["relevant"]), "")


def may_fetch(user: Any, kind: str, audience: str) -> bool:
    """Right answers and what explains them are for those who write lessons; the rest for whoever works here."""
    roles = roles_of(user)
    tells_what_is_right = audience == "practice" or (kind == "lesson" and audience != "learner")
    return bool(roles & WRITERS) if tells_what_is_right else bool(roles - OUTSIDE)
