"""What is expected of a run, and what differs from it. Plain JSON in, values out; nothing here plays or reads anything.

An expectation has some of these parts: `path` (sections), `outcome` (the one chosen, or null), `ready` (the outcomes that are offered),
`asked` (places), `includes` (questions that must be among those), `problems` (codes by place) and `values` (by place, null for none).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

PARTS: Final = ("path", "outcome", "ready", "asked", "includes", "problems", "values")
TICKED: Final[Mapping[str, tuple[str, ...]]] = {
    "path": ("path",),
    "outcome": ("outcome", "ready"),
    "asked": ("asked",),
    "problems": ("problems",),
}


@dataclass(frozen=True)
class Difference:
    """One thing that is not as expected: the part, the name or place it is about, and both sides of it."""

    part: str
    place: str
    expected: Any
    found: Any


def found_in(
    state: Mapping[str, Any], view: Mapping[str, Any], wanted: Mapping[str, Any]
) -> dict[str, Any]:
    """What a run leads to, in the parts of an expectation: of `values` the places count, of `includes` the names."""
    found = {part: _FOUND[part](state, view) for part in wanted if part in _FOUND}
    if "values" in wanted:
        found["values"] = {place: _value(view, place) for place in wanted["values"]}
    if "includes" in wanted:
        there = _names_asked(view)
        found["includes"] = [name for name in wanted["includes"] if name in there]
    return found


def places_of(view: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    """Where the questions of these names are answered: in a repeat, in several places."""
    wanted = set(names)
    return [
        place
        for place, seen in view["questions"].items()
        if place.rpartition("/")[2] in wanted and seen["value"] is not None
    ]


def differences(
    expected: Mapping[str, Any], state: Mapping[str, Any], view: Mapping[str, Any]
) -> Iterator[Difference]:
    """What is not as expected, the outcome first."""
    found = found_in(state, view, expected)
    for part in ("outcome", "ready", "path"):
        if part in expected and expected[part] != found[part]:
            yield Difference(part, "", expected[part], found[part])
    if "asked" in expected:
        yield from _asked(expected["asked"], found["asked"])
    for name in expected.get("includes", ()):
        if name not in found["includes"]:
            yield Difference("asked", name, True, False)
    for part in ("problems", "values"):
        if part in expected:
            yield from _by_place(part, expected[part], found.get(part, {}))


def _asked(expected: list[str], found: list[str]) -> Iterator[Difference]:
    """Which questions are asked, whatever their order."""
    for place in expected:
        if place not in found:
            yield Difference("asked", place, True, False)
    for place in found:
        if place not in expected:
            yield Difference("asked", place, False, True)


def _by_place(
    part: str, expected: Mapping[str, Any], found: Mapping[str, Any]
) -> Iterator[Difference]:
    for place in dict.fromkeys((*expected, *found)):
        if expected.get(place) != found.get(place):
            yield Difference(part, place, expected.get(place), found.get(place))


def _ready(_state: Mapping[str, Any], view: Mapping[str, Any]) -> list[str]:
    return [name for name, seen in view["outcomes"].items() if seen["relevant"] and seen["ready"]]


def _problems(_state: Mapping[str, Any], view: Mapping[str, Any]) -> dict[str, list[str]]:
    told = {
        place: [problem["code"] for problem in seen["problems"] if "overridden" not in problem]
        for place, seen in view["questions"].items()
        if seen["relevant"]
    }
    return {place: codes for place, codes in told.items() if codes}


def _names_asked(view: Mapping[str, Any]) -> set[str]:
    return {
        place.rpartition("/")[2] for place, seen in view["questions"].items() if seen["relevant"]
    }


def _value(view: Mapping[str, Any], place: str) -> Any:
    seen = view["questions"].get(place)
    return seen["value"] if seen is not None and seen["relevant"] else None


_FOUND: Final = {
    "path": lambda _state, view: list(view["path"]),
    "outcome": lambda state, _view: state["outcome"],
    "ready": _ready,
    "asked": lambda _state, view: [
        place for place, seen in view["questions"].items() if seen["relevant"]
    ],
    "problems": _problems,
}
