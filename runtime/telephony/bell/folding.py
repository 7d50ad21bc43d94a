"""What rings -> who is told. Pure."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

Standing = frozenset[
    tuple[UUID, bool]
]  # of each call that somebody's box shows: whether they talk
NOTHING: Standing = frozenset()


class Row(NamedTuple):
    """A call that stands, at the telephone of one person."""

    person: int
    call: UUID
    agent: int | None  # who answered it
    talks: bool


def standings(rows: Iterable[Row]) -> dict[int, Standing]:
    """What the box of each person shows: what rings at their telephone, and what they answered themselves."""
    found: dict[int, set[tuple[UUID, bool]]] = {}
    for row in rows:
        if not row.talks or row.agent == row.person:
            found.setdefault(row.person, set()).add((row.call, row.talks))
    return {person: frozenset(calls) for person, calls in found.items()}


def changed(known: Standing, person: int, now: Mapping[int, Standing]) -> Standing | None:
    """What stands now, where it is not what was known; None where there is nothing to tell."""
    standing = now.get(person, NOTHING)
    return None if standing == known else standing
