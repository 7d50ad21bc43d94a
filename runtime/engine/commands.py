"""Commands into events: one function per command. Whatever is asked, the answer is events, never an exception.

What cannot be done changes nothing, and gives one event `refused` with a code and the place it speaks of.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol

from builder.definition import Definition, Repeat
from builder.question_types import Admitted
from builder.question_types.base import admit_text
from runtime.engine.events import Event
from runtime.engine.frames import Verdict
from runtime.engine.program import Program, program_of
from runtime.engine.reaching import Values
from runtime.engine.state import ENTRY, State, entries_of, exist, find, find_repeat, is_place
from runtime.engine.valued import QuestionCell

SOURCES: Final = ("caller", "prefilled", "calculated")
LONGEST_REASON: Final = 1000
LONGEST_UNREADABLE: Final = 2000


class Look(Protocol):
    """What a command may have to look at before it is granted."""

    path: dict[str, Any]
    root: Values  # what sections and outcomes hold, by slot

    @property
    def clear(self) -> bool:
        """Whether nothing is missing and nothing is wrong."""

    def verdict(self, place: str) -> Verdict:
        """What is said of an answer."""


Looker = Callable[[], Look]


class _Refused(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def decide(program: Program, state: State, command: Any, look: Looker) -> Event:
    """The event that a command makes of a state; `look` evaluates the state, and is called only when the command hangs on it."""
    asked = command if isinstance(command, dict) else {}
    name = asked.get("command")
    made = _COMMANDS.get(name) if isinstance(name, str) else None
    try:
        if made is None:
            raise _Refused("shape")
        if state["closed"] and name not in _WHEN_CLOSED:
            raise _Refused("closed")
        return made(program, state, asked, look)
    except _Refused as refused:
        place = asked.get("place")
        return {
            "event": "refused",
            "code": refused.code,
            "place": place if is_place(place) else None,
        }


def admit(definition: Definition, place: object, value: object) -> Admitted:
    """Whether this value may be stored as the answer at a place, and its canonical form; codes: unknown, calculated,
    read_only, type, too_long, choice. Does not look at a state: whether an entry is still there shows at the fold."""
    found = find(program_of(definition), place)
    if found is None:
        return Admitted(None, "unknown")
    cell = found.cell
    if not isinstance(cell, QuestionCell):
        return Admitted(None, "calculated")
    if cell.question.read_only is True:
        return Admitted(None, "read_only")
    return cell.type.admit(value, cell.question.settings)


def _place(
    program: Program, state: State, command: dict[str, Any], look: Looker
) -> tuple[str, QuestionCell]:
    """The question that may be answered at the command's place."""
    place, cell = _question(program, state, command)
    locked = cell.question.read_only
    if locked is True or (locked is not False and look().verdict(place).read_only):
        raise _Refused("read_only")
    return place, cell


def _question(program: Program, state: State, command: dict[str, Any]) -> tuple[str, QuestionCell]:
    found = find(program, command.get("place"))
    if found is None or not exist(state, found.entries):
        raise _Refused("unknown")
    if not isinstance(found.cell, QuestionCell):
        raise _Refused("calculated")
    return command["place"], found.cell


def _answer(program: Program, state: State, command: dict[str, Any], look: Looker) -> Event:
    place, cell = _place(program, state, command, look)
    value, unreadable = command.get("value"), command.get("unreadable") is True
    admitted = (
        admit_text(value, LONGEST_UNREADABLE)
        if unreadable
        else cell.type.admit(value, cell.question.settings)
    )
    if admitted.code is not None:
        raise _Refused(admitted.code)
    if admitted.value is None:
        return {"event": "cleared", "place": place}
    event: Event = {"event": "answered", "place": place, "value": admitted.value}
    if unreadable:
        event["unreadable"] = True
    if command.get("source") in SOURCES:
        event["source"] = command["source"]
    return event


def _clear(program: Program, state: State, command: dict[str, Any], look: Looker) -> Event:
    place, _cell = _place(program, state, command, look)
    return {"event": "cleared", "place": place}


def _override(program: Program, state: State, command: dict[str, Any], look: Looker) -> Event:
    """A warning is set aside, with the reason why, until the answer changes."""
    place, _cell = _question(program, state, command)
    reason = _reason(command)
    if not any("warning" in problem for problem in look().verdict(place).problems):
        raise _Refused("not_available")
    return {"event": "overridden", "place": place, "reason": reason}


def _reason(command: dict[str, Any]) -> Any:
    admitted = admit_text(command.get("reason"), LONGEST_REASON)
    if admitted.value is None:
        raise _Refused(admitted.code or "shape")
    return admitted.value


@dataclass(frozen=True, slots=True)
class _Entries:
    """The repeat that a command speaks of: its place, limits and entries, and the entry meant."""

    place: str
    repeat: Repeat
    entries: list[str]
    entry: str

    def event(self, name: str, **members: Any) -> Event:
        return {"event": name, "repeat": self.place, "entry": self.entry, **members}


def _entries(program: Program, state: State, command: dict[str, Any], there: bool) -> _Entries:
    entry = command.get("entry")
    if not isinstance(entry, str) or not ENTRY.match(entry):
        raise _Refused("shape")
    found = find_repeat(program, command.get("repeat"))
    if found is None or not exist(state, found[1]):
        raise _Refused("unknown")
    cell, place, repeat = found[0], command["repeat"], found[0].section.repeat
    if repeat is None or repeat.count is not None:
        raise _Refused("counted")
    entries = entries_of(state, cell, place)
    if there is not (entry in entries):
        raise _Refused("unknown" if there else "duplicate")
    return _Entries(place, repeat, entries, entry)


def _add_entry(program: Program, state: State, command: dict[str, Any], _look: Looker) -> Event:
    asked = _entries(program, state, command, there=False)
    if len(asked.entries) >= asked.repeat.maximum:
        raise _Refused("range")
    return asked.event("entry_added")


def _remove_entry(program: Program, state: State, command: dict[str, Any], _look: Looker) -> Event:
    asked = _entries(program, state, command, there=True)
    if len(asked.entries) <= asked.repeat.minimum:
        raise _Refused("range")
    return asked.event("entry_removed")


def _move_entry(program: Program, state: State, command: dict[str, Any], _look: Looker) -> Event:
    """Before another entry, or (None) to the end."""
    asked, before = _entries(program, state, command, there=True), command.get("before")
    if before is not None and (before not in asked.entries or before == asked.entry):
        raise _Refused("unknown")
    return asked.event("entry_moved", before=before)


def _open_section(program: Program, _state: State, command: dict[str, Any], look: Looker) -> Event:
    section = command.get("section")
    cell = program.sections.get(section) if isinstance(section, str) else None
    if cell is None or cell.scope:
        raise _Refused("unknown")
    if not look().root[cell.slot]:
        raise _Refused("not_available")
    return {"event": "section_opened", "section": section}


def _step(key: str) -> Callable[[Program, State, dict[str, Any], Looker], Event]:
    def step(_program: Program, _state: State, _command: dict[str, Any], look: Looker) -> Event:
        section = look().path[key]
        if section is None:
            raise _Refused("not_available")
        return {"event": "section_opened", "section": section}

    return step


def _set_language(
    program: Program, _state: State, command: dict[str, Any], _look: Looker
) -> Event:
    language = command.get("language")
    if not isinstance(language, str) or language not in program.languages:
        raise _Refused("unknown")
    return {"event": "language_set", "language": language}


def _finish(program: Program, state: State, command: dict[str, Any], look: Looker) -> Event:
    name = command.get("outcome")
    cell = next((cell for cell in program.outcomes if cell.outcome.name == name), None)
    if cell is None:
        raise _Refused("unknown")
    seen = look()
    if not seen.root[cell.slot]:
        raise _Refused("not_available")
    if cell.outcome.complete and not seen.clear:
        raise _Refused("incomplete")
    return {"event": "finished", "outcome": cell.outcome.name}


def _reopen(_program: Program, state: State, command: dict[str, Any], _look: Looker) -> Event:
    if not state["closed"]:
        raise _Refused("open")
    return {"event": "reopened", "reason": _reason(command)}


_COMMANDS: Final[dict[str, Callable[[Program, State, dict[str, Any], Looker], Event]]] = {
    "answer": _answer,
    "clear": _clear,
    "override": _override,
    "add_entry": _add_entry,
    "move_entry": _move_entry,
    "remove_entry": _remove_entry,
    "open_section": _open_section,
    "next": _step("next"),
    "back": _step("previous"),
    "set_language": _set_language,
    "finish": _finish,
    "reopen": _reopen,
}
# What may be done to a closed record: reading it, and opening it again.
_WHEN_CLOSED: Final = frozenset({"open_section", "next", "back", "set_language", "reopen"})
