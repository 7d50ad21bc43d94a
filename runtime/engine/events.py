"""Events into states: one small function per event. What does not fit the definition (any more) changes nothing."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from builder.definition import Definition
from runtime.engine.program import Program, program_of
from runtime.engine.state import State, copied, entries_of, exist, find, find_repeat

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
    if found is None or not exist(state, found.entries):
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
    state["overridden"].pop(place, None)
    if place in state["unreadable"]:
        state["unreadable"].remove(place)


def _overridden(program: Program, state: State, event: Event) -> None:
    found, reason = find(program, event.get("place")), event.get("reason")
    if found is not None and exist(state, found.entries) and isinstance(reason, str):
        state["overridden"][event["place"]] = reason


def _entries(program: Program, state: State, event: Event) -> list[str] | None:
    """The list of entries that an event changes, to be changed; None if it is not there."""
    place = event.get("repeat")
    found = find_repeat(program, place)
    if found is None or not exist(state, found[1]):
        return None
    entries: list[str] = state["entries"].setdefault(
        place, entries_of(state, found[0], str(place))
    )
    return entries


def _entry_added(program: Program, state: State, event: Event) -> None:
    entries, entry = _entries(program, state, event), event.get("entry")
    if entries is not None and isinstance(entry, str) and entry not in entries:
        entries.append(entry)


def _entry_moved(program: Program, state: State, event: Event) -> None:
    entries, entry, before = (
        _entries(program, state, event),
        event.get("entry"),
        event.get("before"),
    )
    if entries is None or not isinstance(entry, str) or entry not in entries or before == entry:
        return
    entries.remove(entry)
    at = entries.index(before) if isinstance(before, str) and before in entries else len(entries)
    entries.insert(at, entry)


def _entry_removed(program: Program, state: State, event: Event) -> None:
    entries, entry = _entries(program, state, event), event.get("entry")
    if entries is None or entry not in entries:
        return
    entries.remove(entry)
    prefix = f"{event['repeat']}/{entry}/"
    for place in [place for place in state["answers"] if place.startswith(prefix)]:
        _forget(state, place)
    for place in [place for place in state["entries"] if place.startswith(prefix)]:
        del state["entries"][place]


def _section_opened(program: Program, state: State, event: Event) -> None:
    name = event.get("section")
    cell = program.sections.get(name) if isinstance(name, str) else None
    if cell is None or cell.scope:
        return
    if not cell.section.side:
        state["left"] = None
    elif state["left"] is None:
        state["left"] = state[
            "section"
        ]  # from a side section to another: one returns to the first place
    state["section"] = name
    if name not in state["visited"]:
        state["visited"].append(name)


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
    "overridden": _overridden,
    "entry_added": _entry_added,
    "entry_moved": _entry_moved,
    "entry_removed": _entry_removed,
    "section_opened": _section_opened,
    "language_set": _language_set,
    "finished": _finished,
    "reopened": _reopened,
}
