"""Sections and their items, as the definition holds them."""

from collections.abc import Callable, Mapping
from typing import Any

from builder.compile.calculations import calculation
from builder.compile.conditions import READERS, condition, limit, number
from builder.compile.desk import Desk
from builder.compile.index import CALCULATED, TEXTS, is_repeat, items_of, value_of
from builder.compile.source import Block
from builder.problems import gettext_noop
from builder.question_types import TYPES
from builder.values import LISTS

Values = Mapping[str, Any]
MOST_ENTRIES = 20


def section(desk: Desk, block: Block) -> dict[str, Any]:
    value, place = value_of(block), block["id"]
    return {
        "id": place,
        "name": desk.things[place].name,
        "title": desk.texts.field(place, "title"),
        "relevance": condition(desk, value.get("relevance"), place),
        "items": [item(desk, each) for each in items_of(block)],
        "repeat": _repeat(desk, block) if is_repeat(block) else None,
    }


def item(desk: Desk, block: Block) -> dict[str, Any]:
    if block["type"] in TEXTS:
        return _text(desk, block)
    if block["type"] in CALCULATED:
        return calculation(desk, block)
    return _question(desk, block)


def _repeat(desk: Desk, block: Block) -> dict[str, Any]:
    repeat = value_of(block)["repeat"]
    return {
        "minimum": _whole(_or(repeat.get("minimum"), 0)),
        "maximum": _whole(_or(repeat.get("maximum"), MOST_ENTRIES)),
        "entry_label": desk.texts.of(
            block["id"], lambda value: (value.get("repeat") or {}).get("entry_label")
        ),
        "party": bool(repeat.get("party")),
    }


def _text(desk: Desk, block: Block) -> dict[str, Any]:
    place = block["id"]
    return {
        "kind": block["type"],
        "id": place,
        "text": desk.texts.field(place, "text"),
        "relevance": condition(desk, value_of(block).get("relevance"), place),
    }


def _question(desk: Desk, block: Block) -> dict[str, Any]:
    value, place = value_of(block), block["id"]
    return {
        "kind": "question",
        "id": place,
        "name": desk.things[place].name,
        "type": block["type"],
        "label": desk.texts.field(place, "label"),
        "hint": desk.texts.field(place, "hint"),
        "required": bool(value.get("required")),
        "relevance": condition(desk, value.get("relevance"), place),
        "settings": _settings(desk, block),
        "constraints": _constraints(desk, block),
        "clearance": value.get("clearance") or "personal",
        "read_only": bool(value.get("read_only")),
        "fact": value.get("fact") or None,
        "right": _right(desk, block),
        "points": number(value.get("points", "")) or "1",
        "explanation": desk.texts.field(place, "explanation"),
    }


def _constraints(desk: Desk, block: Block) -> list[dict[str, Any]]:
    found = []
    for entry in value_of(block).get("constraints") or []:
        test = condition(desk, entry["value"].get("test"), block["id"])
        if test is not None:
            message = desk.texts.of(block["id"], _message_of(entry["id"]))
            found.append({"test": test, "message": message})
    return found


def _message_of(entry_id: str) -> Callable[[Values], Any]:
    def read(value: Values) -> Any:
        entries = value.get("constraints") or []
        return next(
            (entry["value"].get("message") for entry in entries if entry.get("id") == entry_id),
            None,
        )

    return read


# ---- settings, one row a kind of setting that question types declare


def _settings(desk: Desk, block: Block) -> dict[str, Any]:
    value = value_of(block)
    settings: dict[str, Any] = {}
    for setting in TYPES[block["type"]].settings:
        written = value.get(setting.name)
        if setting.kind == "choices":
            settings[setting.name] = _choices(desk, block, setting.name)
        elif setting.kind == "label":
            settings[setting.name] = desk.texts.field(block["id"], setting.name)
        else:
            settings[setting.name] = (
                setting.default if written in (None, "") else SETTINGS[setting.kind](written)
            )
    return settings


def _choices(desk: Desk, block: Block, setting: str) -> list[dict[str, Any]]:
    choices = value_of(block).get(setting) or []
    return [
        {
            "name": choice["name"],
            "label": desk.texts.of(block["id"], _label_of(setting, choice["name"])),
        }
        for choice in choices
    ]


def _label_of(setting: str, name: str) -> Callable[[Values], Any]:
    def read(value: Values) -> Any:
        choices = value.get(setting) or []
        return next(
            (choice.get("label") for choice in choices if choice.get("name") == name), None
        )

    return read


def _or(value: Any, default: Any) -> Any:
    return default if value in (None, "") else value


def _whole(value: Any) -> Any:
    """A whole number; what is none stays what it is, and the definition's reader says so at this block."""
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return value


SETTINGS: dict[str, Callable[[Any], Any]] = {
    "figure": number,
    "number": number,
    "whole": _whole,
    "switch": bool,
    "text": str,
    "pattern": str,
    "option": str,
    "country": lambda written: str(written).upper(),
    "condition": limit,
}


# ---- right answers of lessons


def _right(desk: Desk, block: Block) -> Any:
    """The right answer as a value: choices by name or by label, several with commas between."""
    written, thing = value_of(block).get("right"), desk.things[block["id"]]
    if written in (None, "", []):
        return None
    several = thing.type in LISTS
    words = [_choice(block, word) for word in _split(written, several=several)]
    read = [READERS[thing.type](word) for word in words]
    if None in read:
        desk.problem(
            "right_answer",
            block["id"],
            gettext_noop("The right answer does not fit the question: %(answer)s."),
            gettext_noop(
                "Write yes or no, a number, a date as 2026-12-31, or the names of the choices."
            ),
            answer=str(written),
        )
        return None
    if not several:
        return read[0]
    return _in_order(block, read) if thing.type == "many" else read


def _split(written: Any, *, several: bool) -> list[Any]:
    if isinstance(written, list):
        return written
    if several and isinstance(written, str):
        return [word.strip() for word in written.split(",") if word.strip()]
    return [written]


def _choice(block: Block, word: Any) -> Any:
    choices = value_of(block).get("choices") or []
    return next((choice["name"] for choice in choices if word == choice["label"]), word)


def _in_order(block: Block, names: list[str]) -> list[str]:
    order = [choice["name"] for choice in value_of(block).get("choices") or []]
    return sorted(set(names), key=lambda name: order.index(name) if name in order else len(order))
