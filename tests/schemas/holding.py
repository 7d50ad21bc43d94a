"""Asking whether something is as its schema says."""

from functools import cache
from typing import Any

import jsonschema_rs

from runtime.engine.commands import SOURCES
from tests.schemas import schemas


@cache
def validator(name: str) -> Any:
    """The compiled schema of that name."""
    return jsonschema_rs.Draft202012Validator(schemas()[name])


def fits(name: str, data: Any) -> bool:
    """Whether it is as the schema says; half a character is in no JSON text that a schema could be asked about."""
    try:
        return bool(validator(name).is_valid(data))
    except UnicodeEncodeError:
        return False


def hold(name: str, data: Any) -> None:
    """Nothing, or an AssertionError that says where it is not as the schema says."""
    if not fits(name, data):
        fault = next(validator(name).iter_errors(data))
        raise AssertionError(f"{name} at {fault.instance_path}: {fault.message[:2000]}")


def hold_step(command: Any, events: list[Any], state: Any) -> None:
    """The same for a command (None at the start) and what came of it; one that is refused may look like anything."""
    for event in events:
        hold("event", event)
    hold("state", state)
    if command is not None and events[0]["event"] != "refused":
        hold(
            "command",
            {key: value for key, value in command.items() if not _passed_over(key, value)},
        )


def _passed_over(key: str, value: Any) -> bool:
    """A mark that says something else than it can is none to the engine."""
    return (key == "unreadable" and not isinstance(value, bool)) or (
        key == "source" and value not in SOURCES
    )
