"""Commands into events: one function per command. Whatever is asked, the answer is events, never an exception.

What cannot be done changes nothing, and gives one event `refused` with a code and the place it speaks of.
"""

from collections.abc import Callable
from typing import Any, Final, Protocol

from builder.definition import Definition
from builder.question_types import Admitted
from builder.question_types.base import admit_text
from runtime.engine.cells import OutcomeCell, QuestionCell, SectionCell
from runtime.engine.events import Event
from runtime.engine.program import Program, program_of
from runtime.engine.state import ENTRY, State, exists, find, is_place

SOURCES: Final = ("caller", "prefilled", "calculated")
LONGEST_REASON: Final = 1000
LONGEST_UNREADABLE: Final = 2000


class Look(Protocol):
    """What a command may have to look at before it is granted."""

    path: dict[str, Any]

    @property
    def clear(self) -> bool:
        """Whether nothing is missing and nothing is wrong."""

    def relevant(self, section: str) -> bool:
        """Whether a section is on the path."""

    def fits(self, outcome: OutcomeCell) -> bool:
        """Whether an outcome's condition holds."""


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
    cell = found[0]
    if not isinstance(cell, QuestionCell):
        return Admitted(None, "calculated")
    if cell.question.read_only:
        return Admitted(None, "read_only")
    return cell.type.admit(value, cell.question.settings)


def _place(program: Program, state: State, command: dict[str, Any]) -> tuple[str, QuestionCell]:
    """The question that may be answered at the command's place."""
    found = find(program, command.get("place"))
    if found is None or not exists(state, found[1], found[2]):
        raise _Refused("unknown")
    cell = found[0]
    if not isinstance(cell, QuestionCell):
        raise _Refused("calculated")
    if cell.question.read_only:
        raise _Refused("read_only")
    return command["place"], cell


def _answer(program: Program, state: State, command: dict[str, Any], _look: Looker) -> Event:
    place, cell = _place(program, state, command)
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


def _clear(program: Program, state: State, command: dict[str, Any], _look: Looker) -> Event:
    place, _cell = _place(program, state, command)
    return {"event": "cleared", "place": place}


def _repeat(program: Program, command: dict[str, Any]) -> tuple[SectionCell, str, str]:
    repeat, entry = command.get("repeat"), command.get("entry")
    if not isinstance(entry, str) or not ENTRY.match(entry):
        raise _Refused("shape")
    cell = program.sections.get(repeat) if isinstance(repeat, str) else None
    if cell is None or cell.section.repeat is None:
        raise _Refused("unknown")
    return cell, cell.section.name, entry


def _add_entry(program: Program, state: State, command: dict[str, Any], _look: Looker) -> Event:
    cell, repeat, entry = _repeat(program, command)
    entries, limits = state["entries"].get(repeat, ()), cell.section.repeat
    if entry in entries:
        raise _Refused("duplicate")
    if limits is None or len(entries) >= limits.maximum:
        raise _Refused("range")
    return {"event": "entry_added", "repeat": repeat, "entry": entry}


def _remove_entry(program: Program, state: State, command: dict[str, Any], _look: Looker) -> Event:
    cell, repeat, entry = _repeat(program, command)
    entries, limits = state["entries"].get(repeat, ()), cell.section.repeat
    if entry not in entries:
        raise _Refused("unknown")
    if limits is None or len(entries) <= limits.minimum:
        raise _Refused("range")
    return {"event": "entry_removed", "repeat": repeat, "entry": entry}


def _open_section(program: Program, state: State, command: dict[str, Any], look: Looker) -> Event:
    section = command.get("section")
    if not isinstance(section, str) or section not in program.sections:
        raise _Refused("unknown")
    if not look().relevant(section):
        raise _Refused("not_available")
    return {"event": "section_opened", "section": section}


def _step(key: str) -> Callable[[Program, State, dict[str, Any], Looker], Event]:
    def step(program: Program, state: State, _command: dict[str, Any], look: Looker) -> Event:
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
    if not seen.fits(cell):
        raise _Refused("not_available")
    if cell.outcome.complete and not seen.clear:
        raise _Refused("incomplete")
    return {"event": "finished", "outcome": cell.outcome.name}


def _reopen(_program: Program, state: State, command: dict[str, Any], _look: Looker) -> Event:
    if not state["closed"]:
        raise _Refused("open")
    admitted = admit_text(command.get("reason"), LONGEST_REASON)
    if admitted.value is None:
        raise _Refused(admitted.code or "shape")
    return {"event": "reopened", "reason": admitted.value}


_COMMANDS: Final[dict[str, Callable[[Program, State, dict[str, Any], Looker], Event]]] = {
    "answer": _answer,
    "clear": _clear,
    "add_entry": _add_entry,
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
