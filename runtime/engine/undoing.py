"""What takes an event back: events of their own, since a log only grows.

`undoing` says which events bring back what stood there before; `stands` whether what an event did is still so, since another
person may have changed it meanwhile. Where somebody is on the path, which language is spoken and how a record ended is not taken
back here. The twin is `engine/undoing.mjs`.
"""

from collections.abc import Iterable

from builder.definition import Definition
from runtime.engine.events import Event, change, fold
from runtime.engine.program import Program, program_of
from runtime.engine.state import State, copied, entries_of, exist, find, find_repeat

_AT_A_PLACE = frozenset({"answered", "cleared", "overridden"})
_OF_AN_ENTRY = frozenset({"entry_added", "entry_removed", "entry_moved"})


def undoing(definition: Definition, before: State, event: Event) -> list[Event]:
    """The events that take `event` back, which happened in the state `before`; none where it changed nothing."""
    program, kind = program_of(definition), event.get("event")
    if kind in _AT_A_PLACE:
        place = str(event.get("place"))
        after = fold(definition, before, event)
        return [] if _given(before, place) == _given(after, place) else _given(before, place)
    if kind in _OF_AN_ENTRY and _entries(program, before, event) is not None:
        return _ROWS[kind](program, before, event)
    return []


def stands(definition: Definition, state: State, event: Event) -> bool:
    """Whether what this event did is so in the state, and taking it back takes nothing else."""
    program, kind = program_of(definition), event.get("event")
    if kind in _AT_A_PLACE:
        return _holds(program, state, event)
    entries = _entries(program, state, event)
    if entries is None:
        return False
    entry, repeat = str(event.get("entry")), str(event.get("repeat"))
    if kind == "entry_removed":
        return entry not in entries and len(entries) < _maximum(program, repeat)
    if kind == "entry_added":
        return entry in entries and not _inside(state["answers"], f"{repeat}/{entry}/")
    return entry in entries


def _holds(program: Program, state: State, event: Event) -> bool:
    place = str(event.get("place"))
    found = find(program, place)
    if found is None or not exist(state, found.entries):
        return False
    if event["event"] == "overridden":
        return bool(state["overridden"].get(place) == event.get("reason"))
    unreadable = place in state["unreadable"]
    return bool(
        state["answers"].get(place) == event.get("value")
        and unreadable is (event.get("unreadable") is True)
    )


def _given(state: State, place: str) -> list[Event]:
    """How the answer of a place came to be, in as few events as possible."""
    value = state["answers"].get(place)
    events: list[Event] = [{"event": "cleared", "place": place}]
    if value is not None:
        events = [{"event": "answered", "place": place, "value": value}]
        if place in state["unreadable"]:
            events[0]["unreadable"] = True
    if place in state["overridden"]:
        events.append(
            {"event": "overridden", "place": place, "reason": state["overridden"][place]}
        )
    return events


def _entries(program: Program, state: State, event: Event) -> list[str] | None:
    found = find_repeat(program, event.get("repeat"))
    if found is None or not exist(state, found[1]):
        return None
    return entries_of(state, found[0], event["repeat"])


def _maximum(program: Program, repeat: str) -> int:
    found = find_repeat(program, repeat)
    return found[0].section.repeat.maximum if found and found[0].section.repeat else 0


def _inside(places: Iterable[str], prefix: str) -> list[str]:
    return [place for place in places if place.startswith(prefix)]


def _of_added(program: Program, before: State, event: Event) -> list[Event]:
    entry = event.get("entry")
    if entry in (_entries(program, before, event) or ()):
        return []
    return [{"event": "entry_removed", "repeat": event["repeat"], "entry": entry}]


def _of_moved(program: Program, before: State, event: Event) -> list[Event]:
    return _moved_to_its_place(_entries(program, before, event) or [], event)


def _moved_to_its_place(entries: list[str], event: Event) -> list[Event]:
    entry, repeat = str(event.get("entry")), event["repeat"]
    if entry not in entries:
        return []
    follows = entries[entries.index(entry) + 1 :]
    moved: Event = {"event": "entry_moved", "repeat": repeat, "entry": entry}
    return [{**moved, "before": follows[0] if follows else None}]


def _of_removed(program: Program, before: State, event: Event) -> list[Event]:
    """The entry again, at its place, with the entries and the answers that lay in it."""
    entries, entry, repeat = (
        _entries(program, before, event) or [],
        event.get("entry"),
        event["repeat"],
    )
    if entry not in entries:
        return []
    made: list[Event] = [{"event": "entry_added", "repeat": repeat, "entry": entry}]
    if entries[-1] != entry:
        made += _moved_to_its_place(entries, event)
    state = copied(before)
    change(program, state, {**event, "event": "entry_removed"})
    for each in made:
        change(program, state, each)
    prefix = f"{repeat}/{entry}/"
    for inner in sorted(
        _inside(before["entries"], prefix), key=lambda place: (len(place.split("/")), place)
    ):
        made += _inner_entries(program, state, before, inner)
    places = sorted({*_inside(before["answers"], prefix), *_inside(before["overridden"], prefix)})
    return made + [
        one for place in places for one in _given(before, place) if one["event"] != "cleared"
    ]


def _inner_entries(program: Program, state: State, before: State, repeat: str) -> list[Event]:
    """The entries that a repeat within a lost entry had; `state` is brought along."""
    wanted = before["entries"][repeat]
    there = _entries(program, state, {"repeat": repeat}) or []
    made: list[Event] = [
        {"event": "entry_removed", "repeat": repeat, "entry": entry}
        for entry in there
        if entry not in wanted
    ]
    for entry in (
        wanted
    ):  # what was there of itself goes to the end as well, so that the order is the one that was
        kind = "entry_moved" if entry in there else "entry_added"
        moved: Event = {"event": kind, "repeat": repeat, "entry": entry}
        made.append({**moved, "before": None} if entry in there else moved)
    for each in made:
        change(program, state, each)
    return made


_ROWS = {"entry_added": _of_added, "entry_removed": _of_removed, "entry_moved": _of_moved}
