"""What somebody did in their sitting, as far as it can be taken back, read from the log.

Taking back is events of its own: `answered` with the former value, `cleared`, an entry again with what lay in it. They bear the mark
`undoes` with the id of the event that is taken back, and what is done again `redoes`; so the log says what happened, merging and
conflicts go their usual way, and a page that is drawn anew knows what is left to take back. A mark speaks of its own sitting only.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from runtime import engine
from runtime.records.batch import MARKS
from runtime.records.models import Event, Session
from runtime.records.store.reading import written_of

STEPS_MOST = 100


@dataclass(frozen=True, repr=False)
class Step:
    """Something done: the id of its event, the event (the last one, where several were taken together), what takes it back."""

    id: str
    event: dict[str, Any]
    back: list[dict[str, Any]]


@dataclass(repr=False)
class Steps:
    """What can be taken back, and what was and can be given back; the last of each comes first in turn."""

    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)

    def take(self, client_id: str, event: dict[str, Any], back: list[dict[str, Any]]) -> None:
        """An event of the sitting, in order."""
        if "undoes" in event:
            self._took_back(event["undoes"])
        elif "redoes" in event:
            self._gave_back(event["redoes"])
        elif back:
            self.done.append(Step(client_id, event, back))
            self.undone.clear()

    def _took_back(self, client_id: str) -> None:
        """With all that came after it: a word that was typed with pauses is one deed of several events."""
        at = next((at for at, step in enumerate(self.done) if step.id == client_id), None)
        if at is None:  # another event of the same deed, or a mark of something else
            return
        first, last = self.done[at], self.done[-1]
        del self.done[at:]
        self.undone.append(Step(first.id, last.event, first.back))

    def _gave_back(self, client_id: str) -> None:
        """What came after it was passed over."""
        at = next((at for at, step in enumerate(self.undone) if step.id == client_id), None)
        if at is not None:
            self.done.append(self.undone[at])
            del self.undone[at:]


def steps_of(session: Session) -> Steps:
    """The steps of a sitting. The caller wrote the access log."""
    steps = Steps()
    own = Event.objects.filter(session=session, late=False).order_by("-number")
    numbers = dict(own.values_list("number", "client_id")[:STEPS_MOST])
    if not numbers:
        return steps
    definition, snapshot, rest = written_of(session.record, before=min(numbers))
    state = snapshot.state
    for written in rest:
        if written.number in numbers:
            event = written.event
            back = [] if _is_marked(event) else engine.undoing(definition, state, event)
            steps.take(str(numbers[written.number]), event, back)
        state = engine.fold(definition, state, written.event)
    return steps


def taking_back(definition: Any, state: Any, step: Step) -> list[dict[str, Any]]:
    """The events that take a step back; none where somebody changed the place since."""
    if not engine.stands(definition, state, step.event):
        return []
    return marked(step.back, "undoes", step.id)


def giving_back(definition: Any, state: Any, step: Step) -> list[dict[str, Any]]:
    """The event that does a step again; none where things are not any more as they were before it."""
    if engine.canonical(engine.undoing(definition, state, step.event)) != engine.canonical(
        step.back
    ):
        return []
    return marked([step.event], "redoes", step.id)


def marked(events: Iterable[dict[str, Any]], mark: str, step: str) -> list[dict[str, Any]]:
    """The same events, saying which one they speak of."""
    return [{**event, mark: step} for event in events]


def batch_of(
    events: Iterable[dict[str, Any]], root: uuid.UUID, number: int
) -> list[dict[str, Any]]:
    """The events ready to be appended, under ids that follow from the drawing of a page: a button pressed twice saves once."""
    return [
        {"id": str(uuid.uuid5(root, f"undo {at}")), "seen": number, "event": event}
        for at, event in enumerate(events)
    ]


def _is_marked(event: dict[str, Any]) -> bool:
    return any(mark in event for mark in MARKS)
