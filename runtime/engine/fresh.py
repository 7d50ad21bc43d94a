"""A state that nobody keeps alive: evaluated anew, and only when the answer hangs on it."""

from typing import Any

from builder.definition import Definition
from runtime.engine.commands import decide
from runtime.engine.events import Event, fold
from runtime.engine.live import Live
from runtime.engine.program import program_of
from runtime.engine.state import State
from runtime.engine.view import View


def advance(
    definition: Definition, state: State, command: Any, today: str
) -> tuple[State, list[Event]]:
    """What becomes of the state when this is asked for, and the events that say so."""
    event = decide(program_of(definition), state, command, lambda: Live(definition, state, today))
    return (state if event["event"] == "refused" else fold(definition, state, event)), [event]


def view(definition: Definition, state: State, today: str) -> View:
    """What the state shows on that day, in the state's language."""
    return Live(definition, state, today).view()
