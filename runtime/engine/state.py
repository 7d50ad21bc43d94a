"""The state of a record: plain JSON data, the fold of its events; and places, which name answers in it.

A place is a name at the root, `repeat/entry/name` in a repeat, `repeat/entry/inner/entry/name` in a repeat within it.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from builder.definition import Definition
from runtime.engine.cells import SectionCell
from runtime.engine.program import Found, Program, Step, program_of

State = dict[str, Any]
_ENCODER: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
ENTRY: Final = re.compile(r"[a-z0-9-]{1,40}\Z")
_PLACE: Final = re.compile(r"[a-z0-9_/-]{1,400}\Z")
_MOST_FOUND: Final = 20_000  # places that were found are remembered, but not without end


def start(definition: Definition, language: str) -> State:
    """The state of a record nobody has answered yet. A language the definition lacks becomes its source language."""
    program = program_of(definition)
    entries = {
        name: first_entries(cell)
        for name, cell in program.sections.items()
        if cell.scope == 0 and cell.entries is not None
    }
    steps = (
        n for n, cell in program.sections.items() if cell.scope == 0 and not cell.section.side
    )
    first = next(steps, None)
    return {
        "answers": {},
        "unreadable": [],
        "overridden": {},
        "entries": entries,
        "language": language if language in program.languages else program.languages[0],
        "section": first,
        "left": None,
        "visited": [] if first is None else [first],
        "outcome": None,
        "closed": False,
    }


def copied(state: State) -> State:
    """The state, to be changed without changing the old one. One that was kept before something was added gets it."""
    return {
        **state,
        "answers": dict(state["answers"]),
        "unreadable": list(state["unreadable"]),
        "overridden": dict(state.get("overridden", ())),
        "entries": {repeat: list(entries) for repeat, entries in state["entries"].items()},
        "left": state.get("left"),
        "visited": list(state["visited"]),
    }


def canonical(data: Any) -> str:
    """Canonical JSON: what both engines print byte for byte."""
    return _ENCODER.encode(data)


def is_place(place: object) -> bool:
    """Whether this is written like a place (there may be no such answer)."""
    return isinstance(place, str) and _PLACE.match(place) is not None


def first_entries(section: SectionCell) -> list[str]:
    """The entries that a repeat has before anybody added one."""
    repeat = section.section.repeat
    if repeat is None or repeat.count is not None:
        return []
    return [str(number + 1) for number in range(repeat.minimum)]


def entries_of(state: State, section: SectionCell, place: str) -> list[str]:
    """The entries of a repeat at a place."""
    found = state["entries"].get(place)
    return first_entries(section) if found is None else found


def find(program: Program, place: object) -> Found | None:
    """The cell a place names; whether its entries exist is not asked."""
    if not isinstance(place, str):
        return None
    found = program.found.get(place)
    if found is None and is_place(place):
        found = _find(program, place)
        if found is not None:
            if len(program.found) == _MOST_FOUND:
                program.found.clear()
            program.found[place] = found
    return found


def _find(program: Program, place: str) -> Found | None:
    *way, name = place.split("/")
    cell = program.names.values.get(name)
    if cell is None:
        return None
    entries = _entries_on(program, cell.scope, way)
    return None if entries is None else Found(cell, entries, place[: -len(name)])


def find_repeat(program: Program, place: object) -> tuple[SectionCell, tuple[Step, ...]] | None:
    """The repeat a place names, and the entries that it lies in."""
    if not isinstance(place, str) or not is_place(place):
        return None
    *way, name = place.split("/")
    cell = program.sections.get(name)
    if cell is None or cell.entries is None:
        return None
    entries = _entries_on(program, cell.scope, way)
    return None if entries is None else (cell, entries)


def _entries_on(program: Program, scope: int, way: list[str]) -> tuple[Step, ...] | None:
    repeats = list(_repeats_around(program, scope))
    if len(way) != 2 * len(repeats):
        return None
    found = []
    for at, repeat in enumerate(repeats):
        name, entry = way[2 * at], way[2 * at + 1]
        if name != repeat.section.name or not ENTRY.match(entry):
            return None
        found.append((repeat, "/".join(way[: 2 * at + 1]), entry))
    return tuple(found)


def _repeats_around(program: Program, scope: int) -> Iterator[SectionCell]:
    """The repeats around a scope, the outermost first."""
    for around in reversed(program.names.outwards(scope)):
        repeat = program.names.repeats[around]
        if repeat is not None:
            yield repeat


def exist(state: State, entries: tuple[Step, ...]) -> bool:
    """Whether all these entries are there. Those of a repeat with a count may come and go: they are there up to its maximum."""
    return not entries or all(_exists(state, *row) for row in entries)


def _exists(state: State, section: SectionCell, place: str, entry: str) -> bool:
    repeat = section.section.repeat
    if repeat is not None and repeat.count is not None:
        return (
            entry.isdecimal()
            and entry[0] != "0"
            and len(entry) < 5
            and int(entry) <= repeat.maximum
        )
    return entry in entries_of(state, section, place)
