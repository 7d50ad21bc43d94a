"""What a list of items is filtered by, as a value: read from an address, kept with a bulk deed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from runtime.queues.states import STATES, TERMINAL

OPEN = tuple(state for state in STATES if state not in TERMINAL)
Key = tuple[datetime, str]  # where an item stands in the list: when it was made, its id


@dataclass(frozen=True, slots=True)
class Sieve:
    """Of which items; what is empty lets everything through. `since` and `before` are when they were made, `priority` is the least,
    `person` has the item or has it reserved."""

    states: tuple[str, ...] = OPEN
    queue: int | None = None
    campaign: int | None = None
    lane: int | None = None
    priority: int | None = None
    outcome: str = ""
    language: str = ""
    person: int | None = None
    since: datetime | None = None
    before: datetime | None = None
    newest: bool = False  # the newest first

    def dump(self) -> dict[str, Any]:
        told = asdict(self)
        for name in ("since", "before"):
            told[name] = told[name].isoformat() if told[name] else None
        return {**told, "states": list(self.states)}


def load(kept: Mapping[str, Any]) -> Sieve:
    """What was dumped; a member that a later release knows is left out."""
    known = {field.name for field in fields(Sieve)}
    told = {name: value for name, value in kept.items() if name in known}
    for name in ("since", "before"):
        if told.get(name):
            told[name] = datetime.fromisoformat(told[name])
    if "states" in told:
        told["states"] = tuple(told["states"])
    return Sieve(**told)


def dump_key(key: Key | None) -> list[str] | None:
    return None if key is None else [key[0].isoformat(), key[1]]


def load_key(kept: Any) -> Key | None:
    """Where a page begins; None where that cannot be read: then it is the first."""
    try:
        at, pk = kept
        moment = datetime.fromisoformat(at)
        return (moment, str(pk)) if moment.tzinfo else None
    except (TypeError, ValueError):
        return None
