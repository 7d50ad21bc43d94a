"""A test as it comes from outside: from the preview, from a form, from a file. What cannot be one is refused, whatever it holds."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from builder.values import is_value
from content.testing.expecting import PARTS, TICKED, found_in, places_of

LONGEST_NAME: Final = 200
MOST_COMMANDS: Final = 5_000
LARGEST: Final = 2_000_000  # letters
LISTS: Final = frozenset({"path", "ready", "asked", "includes"})


@dataclass(frozen=True)
class Written:
    """A test that may be kept."""

    name: str
    today: str
    language: str
    commands: list[dict[str, Any]]
    expected: dict[str, Any]
    names: dict[str, str] = field(default_factory=dict)


def parsed(text: str | bytes) -> Any:
    """JSON that a database can keep; None for anything else."""
    try:
        words = text.decode() if isinstance(text, bytes) else text
        if len(words) > LARGEST:
            return None
        data = json.loads(words, parse_constant=_refused)
        said = json.dumps(data, ensure_ascii=False)
        said.encode()
    except (ValueError, RecursionError):  # half a character cannot be encoded
        return None
    return None if "\\u0000" in said else data


def _refused(constant: str) -> None:
    raise ValueError(constant)


def from_preview(data: Any) -> Written | None:
    """What the preview sends: the run, where it has led to, and what of that is expected from now on."""
    try:
        ticked = [part for tick in data["expect"] for part in TICKED[tick]]
        state, view = data["state"], data["view"]
        wanted: dict[str, Any] = dict.fromkeys(ticked)
        values = places_of(view, data["values"])
        if values:
            wanted["values"] = values
        expected = found_in(state, view, wanted)
    except (AttributeError, KeyError, TypeError):
        return None
    return written({**data, "expected": expected})


def written(data: Any) -> Written | None:
    """What has the members of a test and their shapes."""
    if not isinstance(data, Mapping):
        return None
    name, today = data.get("name"), data.get("today")
    language, names = data.get("language", ""), data.get("names", {})
    fits = (
        isinstance(name, str)
        and 0 < len(name.strip()) <= LONGEST_NAME
        and is_value("date", today)
        and isinstance(language, str)
        and len(language) <= 40
        and _is_texts(names)
        and _are_commands(data.get("commands"))
        and _is_expected(data.get("expected"))
    )
    if not fits:
        return None
    return Written(
        str(name).strip(),
        str(today),
        language,
        list(data["commands"]),
        dict(data["expected"]),
        dict(names),
    )


def _is_texts(part: Any) -> bool:
    return isinstance(part, dict) and all(isinstance(each, str) for each in part.values())


def _are_commands(part: Any) -> bool:
    return (
        isinstance(part, list)
        and len(part) <= MOST_COMMANDS
        and all(isinstance(one, dict) and isinstance(one.get("command"), str) for one in part)
    )


def _is_expected(part: Any) -> bool:
    return (
        isinstance(part, dict)
        and bool(part)
        and set(part) <= set(PARTS)
        and all(_is_texts_list(part[key]) for key in LISTS & set(part))
        and isinstance(part.get("outcome"), str | None)
        and all(_is_texts_list(codes) for codes in _object(part, "problems").values())
        and isinstance(part.get("values", {}), dict)
    )


def _object(part: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """What cannot be an object is one that does not fit."""
    found = part.get(key, {})
    return found if isinstance(found, dict) else {"": None}


def _is_texts_list(part: Any) -> bool:
    return isinstance(part, list) and all(isinstance(each, str) for each in part)
