"""Renamed blocks: what a test calls by an old name is called by the new one. In a place, names and entries take turns."""

from collections.abc import Callable, Mapping
from typing import Any

from builder.definition import Definition
from builder.definition.walk import named

Name = Callable[[str], str]


def names_of(definition: Definition) -> dict[str, str]:
    """The id of each block that has a name."""
    found: dict[str, str] = {}
    for node in named(definition):
        found.setdefault(node.name, node.id)
    return found


def follower(names: Mapping[str, str], definition: Definition) -> Name:
    """From the name that a block had to the one it has; what is gone keeps its name."""
    now = {id_: name for name, id_ in names_of(definition).items()}
    return lambda name: now.get(names.get(name, ""), name)


def command_now(command: Mapping[str, Any], name: Name) -> dict[str, Any]:
    """A command in the names of now."""
    made = dict(command)
    for key in ("place", "repeat"):
        if isinstance(made.get(key), str):
            made[key] = place_now(made[key], name)
    for key in ("section", "outcome"):
        if isinstance(made.get(key), str):
            made[key] = name(made[key])
    return made


def expected_now(expected: Mapping[str, Any], name: Name) -> dict[str, Any]:
    """An expectation in the names of now."""
    made = dict(expected)
    for part in ("path", "ready", "includes"):
        if part in made:
            made[part] = [name(each) for each in made[part]]
    if made.get("outcome"):
        made["outcome"] = name(made["outcome"])
    if "asked" in made:
        made["asked"] = [place_now(place, name) for place in made["asked"]]
    for part in ("problems", "values"):
        if part in made:
            made[part] = {place_now(place, name): value for place, value in made[part].items()}
    return made


def place_now(place: str, name: Name) -> str:
    """A place in the names of now."""
    return "/".join(part if at % 2 else name(part) for at, part in enumerate(place.split("/")))
