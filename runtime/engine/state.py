"""The state of a record: plain JSON data, the fold of its events; and places, which name answers in it."""

import json
import re
from typing import Any, Final

from builder.definition import Definition
from runtime.engine.cells import CalculationCell, QuestionCell
from runtime.engine.program import Program, program_of

State = dict[str, Any]
ENTRY: Final = re.compile(r"[a-z0-9-]{1,40}\Z")
_PLACE: Final = re.compile(r"[a-z0-9_/-]{1,200}\Z")


def start(definition: Definition, language: str) -> State:
    """The state of a record nobody has answered yet. A language the definition lacks becomes its source language."""
    program = program_of(definition)
    entries = {}
    for name, cell in program.sections.items():
        if cell.section.repeat is not None:
            entries[name] = [str(number + 1) for number in range(cell.section.repeat.minimum)]
    first = next(iter(program.sections), None)
    return {
        "answers": {},
        "unreadable": [],
        "entries": entries,
        "language": language if language in program.languages else program.languages[0],
        "section": first,
        "visited": [] if first is None else [first],
        "outcome": None,
        "closed": False,
    }


def copied(state: State) -> State:
    """The state, to be changed without changing the old one."""
    return {
        **state,
        "answers": dict(state["answers"]),
        "unreadable": list(state["unreadable"]),
        "entries": {repeat: list(entries) for repeat, entries in state["entries"].items()},
        "visited": list(state["visited"]),
    }


def canonical(data: Any) -> str:
    """Canonical JSON: what both engines print byte for byte."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def is_place(place: object) -> bool:
    """Whether this is written like a place (there may be no such answer)."""
    return isinstance(place, str) and _PLACE.match(place) is not None


def find(
    program: Program, place: object
) -> tuple[QuestionCell | CalculationCell, str, str] | None:
    """The cell a place names, with its repeat and entry (empty outside repeats); whether the entry exists is not asked."""
    if not isinstance(place, str) or not is_place(place):
        return None
    parts = place.split("/")
    cell = program.values.get(parts[-1])
    if cell is None:
        return None
    if cell.section.entries is None:
        return (cell, "", "") if len(parts) == 1 else None
    if len(parts) != 3 or parts[0] != cell.section.section.name or not ENTRY.match(parts[1]):
        return None
    return cell, parts[0], parts[1]


def exists(state: State, repeat: str, entry: str) -> bool:
    """Whether the entry is there (the root always is)."""
    return not repeat or entry in state["entries"].get(repeat, ())
