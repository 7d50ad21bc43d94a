"""Playing the same commands in both engines: equal byte for byte, or a Difference."""

import json
from typing import Any

from builder.definition import Definition, dump, load
from runtime.engine import Live, advance, canonical, start, view
from tests.node import Twin
from tests.properties.arbitrary import TODAY

PARTS = ("state", "events", "view", "patch")


class Difference(AssertionError):
    """The engines do not agree, or one does not agree with itself."""


def play_both(twin: Twin, made: dict[str, Any], commands: list[Any]) -> list[dict[str, Any]]:
    """All events of the play, which ended alike at every step."""
    definition = load(made)
    commands = json.loads(json.dumps(commands))
    try:
        theirs = twin.ask(
            "play", definition=dump(definition), language="fr", commands=commands, today=TODAY
        )
    except AssertionError as raised:
        raise Difference(str(raised)) from None
    return _compared(definition, [None, *commands], theirs)


def _compared(
    definition: Definition, commands: list[Any], theirs: list[list[str]]
) -> list[dict[str, Any]]:
    state, events, patch = start(definition, "fr"), [], {}
    live, history = Live(definition, state, TODAY), []
    for number, (command, step) in enumerate(zip(commands, theirs, strict=True)):
        if number:
            state, events = advance(definition, state, command, TODAY)
            _told, patch = live.advance(command)
            history += events
        ours = [canonical(one) for one in (state, events, view(definition, state, TODAY), patch)]
        for part, mine, other in zip(PARTS, ours, step, strict=True):
            if mine != other:
                raise Difference(f"{part} after {command}:\n{mine}\n{other}")
    return history
