"""Folds opened events onto a snapshot, and notices where two writers answered the same question unseen by each other.

Pure: no clock, no database. A snapshot is plain JSON: the engine's state, who wrote each place last, and the conflicts that
nobody has settled yet. A conflict ends when somebody who had seen both answers writes that place again.

An event of a carry over (`carried_over`, `carried_back`) holds the whole state under the version that the record stands on from then:
what was folded before it needs the former version for nothing else, and the engine may change without changing what came of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from builder.definition import Definition
from runtime import engine

WRITES = ("answered", "cleared")
CARRIES = ("carried_over", "carried_back")


@dataclass(frozen=True, repr=False)
class Written:
    """An event of the log, opened."""

    number: int
    session: str  # hex, "" for the server's own
    seen: int
    event: dict[str, Any]


@dataclass(frozen=True, repr=False)
class Conflict:
    """Two answers at one place: `value` holds (number), `other` was overwritten (other_number) by one who had not seen it."""

    place: str
    number: int
    value: Any
    other_number: int
    other: Any


@dataclass(repr=False)
class Snapshot:
    """The state up to and with event `number`."""

    state: Any
    number: int = 0
    writers: dict[str, list[Any]] = field(default_factory=dict)  # place -> [number, session]
    conflicts: dict[str, list[Any]] = field(
        default_factory=dict
    )  # place -> [number, value, other number, other]
    facts: dict[str, Any] = field(default_factory=dict)  # facts last told to the party
    carried: dict[str, Any] | None = None  # what the last carry over left to be said to the agent

    @classmethod
    def empty(cls, definition: Definition) -> "Snapshot":
        return cls(engine.start(definition, definition.languages[0]))

    @classmethod
    def load(cls, data: dict[str, Any], number: int) -> "Snapshot":
        return cls(
            data["state"],
            number,
            data["writers"],
            data["conflicts"],
            data["facts"],
            data.get("carried"),
        )

    def dump(self) -> dict[str, Any]:
        return {
            "state": self.state,
            "writers": self.writers,
            "conflicts": self.conflicts,
            "facts": self.facts,
            "carried": self.carried,
        }

    def found_conflicts(self) -> tuple[Conflict, ...]:
        return tuple(Conflict(place, *parts) for place, parts in sorted(self.conflicts.items()))


def fold_all(definition: Definition, snapshot: Snapshot, events: Iterable[Written]) -> Snapshot:
    """The snapshot after these events, which come in the order of their numbers."""
    written = list(events)
    if not written:
        return snapshot
    at = 0
    for number, one in enumerate(written):
        if one.event["event"] in CARRIES:
            _note_writers(snapshot, written[at:number])
            _carry(snapshot, one)
            at = number + 1
    _note_writers(snapshot, written[at:])
    snapshot.state = engine.replay(definition, snapshot.state, [one.event for one in written[at:]])
    snapshot.number = written[-1].number
    return snapshot


def _carry(snapshot: Snapshot, written: Written) -> None:
    """From here the record stands on another version: who wrote what, and what is in conflict, go with the names."""
    event, renames = written.event, written.event["renames"]
    snapshot.state = event["state"]
    answers = snapshot.state["answers"]
    moved = {engine.place_now(place, renames): row for place, row in snapshot.conflicts.items()}
    snapshot.conflicts = {
        place: row for place, row in moved.items() if place in answers and answers[place] == row[1]
    }
    snapshot.writers = {
        engine.place_now(place, renames): row for place, row in snapshot.writers.items()
    }
    snapshot.carried = {
        "back": event["event"] == "carried_back",
        "from": event["from"],
        "to": event["to"],
        "asked": event["asked"],
        "dropped": len(event["dropped"]),
        "fresh": True,
    }


def _note_writers(snapshot: Snapshot, written: list[Written]) -> None:
    held = dict(snapshot.state["answers"])
    for one in written:
        if one.event["event"] in WRITES:
            _note_writer(snapshot, held, one)
            if snapshot.carried:
                snapshot.carried = {**snapshot.carried, "fresh": False}


def _note_writer(snapshot: Snapshot, held: dict[str, Any], written: Written) -> None:
    """`held`: the answers before this event, kept up as the events go by."""
    place, value = written.event["place"], written.event.get("value")
    number, session = snapshot.writers.get(place, [0, written.session])
    before, held[place] = held.get(place), value
    unseen = number > written.seen and session != written.session
    if unseen and before != value:
        snapshot.conflicts[place] = [written.number, value, number, before]
    elif place in snapshot.conflicts and written.seen >= snapshot.conflicts[place][0]:
        del snapshot.conflicts[place]
    snapshot.writers[place] = [written.number, written.session]
