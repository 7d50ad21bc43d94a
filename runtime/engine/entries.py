"""The entries that count: those that are there, of repeats that are relevant, at any depth."""

from collections.abc import Mapping
from typing import Any

from builder.definition import Definition


def entries_that_count(definition: Definition, view: Mapping[str, Any]) -> dict[str, list[str]]:
    """The entries by the place of their repeat, in order, as a view shows them. Those of a hidden repeat are read by nobody, and
    are not among them; nor are entries in which nothing is asked or calculated."""
    ids = {section.name: section.id for section in definition.sections}
    found: dict[str, dict[str, None]] = {}
    hidden: set[str] = set()
    for place in view["questions"]:
        *way, _name = place.split("/")
        keys = ""
        for at in range(0, len(way), 2):
            repeat = "/".join(way[: at + 1])
            if repeat not in found and repeat not in hidden:
                if _relevant(view, way[at], keys + ids[way[at]], inner=at > 0):
                    found[repeat] = {}
                else:
                    hidden.add(repeat)
            if repeat in hidden:
                break
            found[repeat][way[at + 1]] = None
            keys += f"{way[at + 1]}/"
    return {repeat: list(entries) for repeat, entries in found.items()}


def _relevant(view: Mapping[str, Any], name: str, key: str, *, inner: bool) -> bool:
    return bool(view["items"][key] if inner else view["sections"][name]["relevant"])
