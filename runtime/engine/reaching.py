"""Reaching values from where an expression stands: the same entry, those around it, the root, and the entries of a repeat."""

from collections.abc import Callable
from typing import Any, Final, Protocol

from builder.values import LISTS, decimal

Values = list[Any]
Closure = Callable[[Values, Values], Any]

# The first slots of the root: inputs and notes that belong to no cell (KEPT: what `once` keeps while one cell is run in many
# frames); and those of an entry's frame: the values of the frame it lies in, and those of the entry before it (None for the first).
TODAY: Final = 0
SCORE: Final = 1
OVERFLOW: Final = 2
OFFERED: Final = 3
KEPT: Final = 4
FIRST_SLOT: Final = 5
PARENT: Final = 0
PREVIOUS: Final = 1
FIRST_OF_ENTRY: Final = 2


class Slots(Protocol):
    """Where names live, as seen from one scope. A *way* is how many frames to go out (ROOT: to the root) and what follows."""

    def way(self, name: str) -> tuple[int, int] | None:
        """To a name of the same entry, of one it lies in, or of the root: the steps out, and the slot."""

    def previous(self, name: str) -> int | None:
        """The slot of a name in the entry before."""

    def entries(self, repeat: str) -> tuple[int, tuple[int, ...]] | None:
        """To the entries of a repeat: the steps out, and the slots of the entries on the way in."""

    def each(self, repeat: str, name: str) -> int | None:
        """The slot of a name within a repeat's entries."""

    def type_of(self, name: str) -> str | None:
        """The answer type of a name, or of `name.part`."""


ROOT: Final = -1


def missing(_root: Values, _entry: Values) -> Any:
    return None


def answer(name: str, slots: Slots) -> Closure:
    way = slots.way(name)
    if way is None:
        return missing
    steps, slot = way
    if steps == 0:
        return lambda _root, entry: entry[slot]
    if steps == ROOT:
        return lambda root, _entry: root[slot]
    out = _out(steps)
    return lambda root, entry: out(root, entry)[slot]


def typed(answer_type: str, value: Any) -> Any:
    """A canonical JSON value as the engine computes with it."""
    if answer_type == "number":
        return decimal(value)
    return tuple(value) if answer_type in LISTS else value


def part_of(name: str, part: str, slots: Slots) -> Closure:
    """One part of an answer in parts."""
    whole, answer_type = answer(name, slots), slots.type_of(f"{name}.{part}")
    if answer_type is None:  # a draft reads a part of what has none
        return missing

    def read(root: Values, entry: Values) -> Any:
        value = whole(root, entry)
        found = None if value is None else value.get(part)
        return None if found is None else typed(answer_type, found)

    return read


def _out(steps: int) -> Closure:
    """The values of the frame that lies so many steps out."""

    def out(root: Values, entry: Values) -> Values:
        for _step in range(steps):
            entry = entry[PARENT]
        return entry

    return (lambda root, _entry: root) if steps == ROOT else out


def previous(slot: int | None) -> Closure:
    if slot is None:
        return missing
    return lambda _root, entry: None if entry[PREVIOUS] is None else entry[PREVIOUS][slot]


def gather(repeat: str, slots: Slots) -> Closure | None:
    """The values of all entries of a repeat, as seen from here: of the same entry around, or of all there are."""
    way = slots.entries(repeat)
    if way is None:
        return None
    out, (first, *inner) = _out(way[0]), way[1]

    def gathered(root: Values, entry: Values) -> list[Values]:
        found: list[Values] = out(root, entry)[first] or []
        for slot in inner:
            found = [deeper for values in found for deeper in values[slot] or ()]
        return found

    return gathered


def once(work: Closure, repeat: str, slots: Slots) -> Closure:
    """What is made of all entries of a repeat: the same in all frames that see the same entries, so made once for one cell."""
    way = slots.entries(repeat)
    out = _out(0 if way is None else way[0])

    def made(root: Values, entry: Values) -> Any:
        kept = root[KEPT]
        if kept is None:
            return work(root, entry)
        key = work, id(out(root, entry))
        if key not in kept:
            kept[key] = work(root, entry)
        return kept[key]

    return made
