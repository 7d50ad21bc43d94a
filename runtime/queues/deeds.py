"""What a supervisor may do to items: each deed with the states it is for, what it is given, and why it may not be done to an item.

Pure: what is known of an item comes in as `Seen`, and the reason goes out as a code (blank: it may be done).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from runtime.queues.states import ACTIVE, READY, SCHEDULED, TERMINAL, WAITING

IDLE: Final = frozenset({READY, SCHEDULED})
OPEN: Final = frozenset({READY, SCHEDULED, ACTIVE, WAITING})


@dataclass(frozen=True, slots=True)
class Told:
    """What a deed is given; which of it counts, its deed says."""

    until: datetime | None = None  # put off, reserved
    lane: int | None = None
    priority: int | None = None
    due: datetime | None = None
    never_due: bool = False
    agent: int | None = None
    queue: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What counts of an item."""

    state: str
    queue: int
    lane: int = 1
    priority: int = 0
    due: datetime | None = None
    not_before: datetime | None = None
    reserved_for: int | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """`states` are those it is for, `event` is what it writes; `same` tells that nothing would change."""

    states: frozenset[str]
    event: str
    needs: tuple[str, ...]
    same: Callable[[Told, Seen], bool]
    undoable: bool = True


def _ranked(told: Told, seen: Seen) -> bool:
    due = None if told.never_due else (told.due or seen.due)
    lane = seen.lane if told.lane is None else told.lane
    priority = seen.priority if told.priority is None else told.priority
    return (lane, priority, due) == (seen.lane, seen.priority, seen.due)


def _put_off(told: Told, seen: Seen) -> bool:
    return seen.state == SCHEDULED and seen.not_before == told.until


def _never(_told: Told, _seen: Seen) -> bool:
    return False


DEEDS: Final[Mapping[str, Deed]] = {
    "put_off": Deed(IDLE, "put_off", ("until",), _put_off),
    "hasten": Deed(IDLE, "hastened", (), lambda _told, seen: seen.state == READY),
    "rank": Deed(OPEN, "ranked", ("rank",), _ranked),
    "reserve": Deed(
        IDLE, "reserved", ("agent", "until"), lambda told, seen: seen.reserved_for == told.agent
    ),
    "unreserve": Deed(IDLE, "unreserved", (), lambda _told, seen: seen.reserved_for is None),
    "take_back": Deed(frozenset({ACTIVE}), "released", (), _never, undoable=False),
    "move": Deed(IDLE, "transferred", ("queue",), lambda told, seen: seen.queue == told.queue),
    "withdraw": Deed(frozenset({READY, SCHEDULED, WAITING}), "withdrawn", ("reason",), _never),
}
REASONS: Final = ("settled", "mistake", "duplicate", "not_needed", "other")  # for withdrawing


def missing(deed: str, told: Told) -> str:
    """What a deed wants and was not given; blank where nothing lacks."""
    there = {
        "until": told.until is not None,
        "agent": told.agent is not None,
        "queue": told.queue is not None,
        "reason": told.reason in REASONS,
        "rank": not (told.lane is told.priority is told.due is None) or told.never_due,
    }
    return next((need for need in DEEDS[deed].needs if not there[need]), "")


def hindrance(deed: str, told: Told, seen: Seen) -> str:
    """Why it may not be done to an item: it has ended, somebody works on it, nobody does, it waits for somebody, nothing would change."""
    row = DEEDS[deed]
    if seen.state not in row.states:
        if seen.state in TERMINAL:
            return "ended"
        if row.states == {ACTIVE}:
            return "nobody"
        return "at_work" if seen.state == ACTIVE else "waits"
    return "same" if row.same(told, seen) else ""
