"""The schemas of commands, events and states. A command or event of the engine that has no row here is an error."""

from typing import Any, Final

from builder.question_types.base.settings import MOST_TEXT
from builder.values import ANSWER_TYPES
from runtime.engine import LONGEST_REASON, commands, events
from tests.schemas.words import NULL, Schema, is_called, or_null, ref, used, when

# An answer as it is given: a blank text or an empty list takes one away; what a question admits hangs on its type.
GIVEN: Final[Schema] = {
    "anyOf": [
        {"type": "string", "maxLength": MOST_TEXT},
        {"type": "boolean"},
        {"type": "array", "items": ref("choice_name"), "uniqueItems": True},
        {
            "type": "object",
            "propertyNames": ref("choice_name"),
            "additionalProperties": or_null({"type": "string", "maxLength": MOST_TEXT}),
        },
        NULL,
    ]
}
REASON: Final[Schema] = {"allOf": [ref("said"), {"maxLength": LONGEST_REASON}]}
REPEAT: Final[dict[str, Schema]] = {"repeat": ref("place"), "entry": ref("entry")}
BEFORE: Final = or_null(ref("entry"))
FLAGS: Final[dict[str, Schema]] = {
    "unreadable": {"const": True, "description": "a text that nobody could read, kept as typed"},
    "source": {"enum": list(commands.SOURCES)},
}
Rows = dict[str, dict[str, Schema]]

# By command: its members, and (with `?`) those it may have.
COMMANDS: Final[Rows] = {
    "answer": {
        "place": ref("place"),
        "value?": GIVEN,
        "unreadable?": {"type": "boolean"},
        "source?": FLAGS["source"],
    },
    "clear": {"place": ref("place")},
    "override": {"place": ref("place"), "reason": REASON},
    "add_entry": REPEAT,
    "remove_entry": REPEAT,
    "move_entry": {**REPEAT, "before?": BEFORE},
    "open_section": {"section": ref("name")},
    "next": {},
    "back": {},
    "set_language": {"language": ref("language")},
    "finish": {"outcome": ref("name")},
    "reopen": {"reason": REASON},
}
EVENTS: Final[Rows] = {
    "answered": {"place": ref("place"), "value": ref("value"), **{f"{k}?": v for k, v in FLAGS.items()}},
    "cleared": {"place": ref("place")},
    "overridden": {"place": ref("place"), "reason": REASON},
    "entry_added": REPEAT,
    "entry_removed": REPEAT,
    "entry_moved": {**REPEAT, "before": BEFORE},
    "section_opened": {"section": ref("name")},
    "language_set": {"language": ref("language")},
    "finished": {"outcome": ref("name")},
    "reopened": {"reason": REASON},
}  # fmt: skip
REFUSED: Final[dict[str, Schema]] = {"code": ref("name"), "place": or_null(ref("place"))}


def command() -> Schema:
    """One command. Members that it does not know are passed over."""
    assert set(COMMANDS) == set(commands._COMMANDS), "a command without a row"
    return _one_of("A command", "command", COMMANDS, {})


def event() -> Schema:
    """One event; what was refused is told as one, and never kept."""
    assert set(EVENTS) == set(events._CHANGES), "an event without a row"
    rows = {**EVENTS, "refused": REFUSED}
    return _one_of("An event", "event", rows, {"additionalProperties": False})


def _one_of(title: str, head: str, rows: Rows, more: Schema) -> Schema:
    kinds = [when(is_called(head, name), _row(head, row, more)) for name, row in rows.items()]
    schema = {
        "type": "object",
        "properties": {head: {"enum": list(rows)}},
        "required": [head],
        "allOf": kinds,
    }
    return {"title": title, **schema, "$defs": _defs(schema)}


def _row(head: str, row: dict[str, Schema], more: Schema) -> Schema:
    return {
        "properties": {head: {}, **{name.rstrip("?"): schema for name, schema in row.items()}},
        "required": [head, *(name for name in row if not name.endswith("?"))],
        **more,
    }


def state() -> Schema:
    """A state: the fold of its events. One that was kept before something was added may lack `overridden` and `left`."""
    properties: dict[str, Any] = {
        "answers": _by_place(ref("value")),
        "unreadable": _all(ref("place")),
        "overridden": _by_place({"type": "string"}),
        "entries": _by_place(_all(ref("entry"))),
        "language": ref("language"),
        "section": or_null(ref("name")),
        "left": or_null(ref("name")),
        "visited": _all(ref("name")),
        "outcome": or_null(ref("name")),
        "closed": {"type": "boolean"},
    }
    schema = {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in {"overridden", "left"}],
        "additionalProperties": False,
    }
    return {"title": "A state", **schema, "$defs": _defs(schema)}


def _defs(schema: Schema) -> dict[str, Schema]:
    value = {"anyOf": [ref(f"{name}_value") for name in ANSWER_TYPES]}
    needed = used(schema, value)
    return {**needed, "value": value}


def _by_place(of: Schema) -> Schema:
    return {"type": "object", "propertyNames": ref("place"), "additionalProperties": of}


def _all(of: Schema) -> Schema:
    return {"type": "array", "items": of, "uniqueItems": True}
