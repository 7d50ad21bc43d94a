"""Events into states: one small function per event. What does not fit the definition (any more) changes nothing."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from builder.definition import Definition
from runtime.engine.program import Program, program_of
from runtime.engine.state import State, copied, exists, find

Event = dict[str, Any]


def fold(definition: Definition, state: State, event: Event) -> State:
    """The state after an event; the old one stays as it is."""
    return replay(definition, state, (event,))


def replay(definition: Definition, state: State, events: Iterable[Event]) -> State:
    """The state after many events: one copy for all of them."""
    program, after = program_of(definition), copied(state)
    for event in events:
        change(program, after, event)
    return after


def change(program: Program, state: State, event: Event) -> None:
    """Change the state itself."""
    done = _CHANGES.get(event.get("event", ""))
    if done is not None:
        done(program, state, event)


def _answered(program: Program, state: State, event: Event) -> None:
    place, value = event.get("place"), event.get("value")
    found = find(program, place)
    if found is None or not exists(state, found[1], found[2]):
        return
    _forget(state, str(place))
    if value is not None:
        state["answers"][place] = value
        if event.get("unreadable") is True:
            state["unreadable"].append(place)


def _cleared(_program: Program, state: State, event: Event) -> None:
    _forget(state, str(event.get("place")))


def _forget(state: State, place: str) -> None:
    state["answers"].pop(place, None)
    if place in state["unreadable"]:
        state["unreadable"].remove(place)


def _entry_added(program: Program, state: State, event: Event) -> None:
    repeat, entry = event.get("repeat", ""), event.get("entry")
    cell = program.sections.get(repeat)
    if cell is None or cell.entries is None:
        return
    entries = state["entries"].setdefault(repeat, [])
    if entry not in entries:
        entries.append(entry)


def _entry_removed(_program: Program, state: State, event: Event) -> None:
    repeat, entry = event.get("repeat", ""), event.get("entry")
    entries = state["entries"].get(repeat, [])
    if entry not in entries:
        return
    entries.remove(entry)
    prefix = f"{repeat}/{entry}/"
    for place in [place for place in state["answers"] if place.startswith(prefix)]:
        _forget(state, place)


def _section_opened(program: Program, state: State, event: Event) -> None:
    section = event.get("section")
    if section in program.sections:
        state["section"] = section
        if section not in state["visited"]:
            state["visited"].append(section)


def _language_set(program: Program, state: State, event: Event) -> None:
    if event.get("language") in program.languages:
        state["language"] = event["language"]


def _finished(_program: Program, state: State, event: Event) -> None:
    state["outcome"], state["closed"] = event.get("outcome"), True


def _reopened(_program: Program, state: State, _event: Event) -> None:
    state["outcome"], state["closed"] = None, False


_CHANGES: Final[dict[str, Callable[[Program, State, Event], None]]] = {
    "answered": _answered,
    "cleared": _cleared,
    "entry_added": _entry_added,
    "entry_removed": _entry_removed,
    "section_opened": _section_opened,
    "language_set": _language_set,
    "finished": _finished,
    "reopened": _reopened,
}
