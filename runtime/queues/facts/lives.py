"""The life of an item, event by event: what it had behind it when something happened."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from runtime.queues.facts.told import Event, Try
from runtime.queues.states import ACTIVE, READY, SCHEDULED, TERMINAL, WITHDRAWN

# Where an event leaves the item; `disposed` and `undone` (a supervisor took a deed back) say it themselves.
LEADS_TO: Mapping[str, str] = {
    "created": READY,
    "claimed": ACTIVE,
    "released": READY,
    "expired": READY,
    "withdrawn": WITHDRAWN,
    "wanted_again": READY,
    "reopened": READY,
    "put_off": SCHEDULED,
    "hastened": READY,
}
LETS_GO = frozenset({"disposed", "released", "expired", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Life:
    """What is known of an item so far. `sign` is the last that was heard of its holder: the claim, or the dialling."""

    created: datetime | None = None
    state: str = READY
    holder: int | None = None
    claimed: datetime | None = None
    sign: datetime | None = None
    first_try: datetime | None = None
    tries: int = 0
    reached: bool = False
    last: str = ""  # how the last attempt ended

    @property
    def ended(self) -> bool:
        return self.state in TERMINAL


@dataclass(frozen=True, slots=True)
class Step:
    """An event with the life before it, and the attempt that ended with it."""

    event: Event
    before: Life
    attempt: Try | None = None

    @property
    def after(self) -> Life:
        return fold(self.before, self.event, self.attempt)


def fold(life: Life, event: Event, attempt: Try | None = None) -> Life:
    """The life after one more event."""
    after = replace(life, state=_state(life, event))
    if event.event == "created":
        return replace(after, created=life.created or event.at)
    if event.event == "claimed":
        return replace(after, holder=event.by, claimed=event.at, sign=event.at)
    if event.event == "attempted":
        return replace(after, first_try=life.first_try or event.at, sign=event.at)
    if event.event in LETS_GO:
        after = replace(after, holder=None, claimed=None, sign=None)
    return _tried(after, attempt) if attempt and attempt.disposition else after


def _tried(life: Life, attempt: Try) -> Life:
    return replace(
        life,
        first_try=life.first_try or attempt.started,
        tries=life.tries + 1,
        reached=life.reached or attempt.disposition == "reached",
        last=attempt.disposition,
    )


def _state(life: Life, event: Event) -> str:
    if event.event in ("disposed", "undone"):
        return event.state or life.state
    if event.event == "called":  # they called and reached nobody: it is called back at once
        return READY if life.state == SCHEDULED else life.state
    return LEADS_TO.get(event.event, life.state)


def steps(events: Iterable[Event], tries: Iterable[Try] = ()) -> Iterator[Step]:
    """The steps of one item, its events given in the order they were written."""
    ended: dict[datetime, list[Try]] = defaultdict(list)
    for attempt in tries:
        ended[attempt.ended].append(attempt)
    life = Life()
    for event in events:
        waiting = ended.get(event.at) if event.event in LETS_GO else None
        step = Step(event, life, waiting.pop(0) if waiting else None)
        yield step
        life = step.after
