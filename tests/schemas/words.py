"""The small words of the schemas: how names, texts and values are written, taken from the patterns that the code reads by."""

from typing import Any, Final

from builder.definition import members, read_parts
from builder.question_types.base import settings
from builder.values import ANSWER_TYPES, CHOICE_NAME, NAME, schemas
from builder.values.schemas import written
from runtime.engine import state

Schema = dict[str, Any]

NULL: Final[Schema] = {"type": "null"}


def ref(name: str) -> Schema:
    """What `$defs` calls so."""
    return {"$ref": f"#/$defs/{name}"}


def or_null(schema: Schema) -> Schema:
    """That, or nothing."""
    return {"anyOf": [schema, NULL]}


def when(test: Schema, then: Schema) -> Schema:
    """A schema that holds where another does."""
    return {"if": test, "then": then}


def is_called(member: str, *names: str) -> Schema:
    """Whether a member is one of these words."""
    wanted = {"const": names[0]} if len(names) == 1 else {"enum": list(names)}
    return {"properties": {member: wanted}, "required": [member]}


# As they are said where values are, but of words that other schemas speak of too.
_NAMES: Final[Schema] = schemas.names(ref("choice_name"))
VALUES: Final[dict[str, Schema]] = {
    **schemas.VALUE_SCHEMAS,
    "text": ref("said"),
    "number": ref("number"),
    "one": ref("choice_name"),
    "many": _NAMES,
    "ranked": _NAMES,
    "parts": schemas.parts(ref("choice_name"), ref("said")),
}
assert set(VALUES) == set(ANSWER_TYPES)

DEFS: Final[dict[str, Schema]] = {
    "name": written(NAME),
    "choice_name": written(CHOICE_NAME),
    "id": written(members._ID),
    "code": written(members._CODE),
    "language": written(members.LANGUAGE),
    "entry": written(state.ENTRY),
    "place": written(state._PLACE),
    "number": schemas.NUMBER,
    "kept": {"type": "string", "pattern": schemas.KEPT},
    "said": schemas.SAID,
    "piece": {"type": "string", "pattern": schemas.KEPT, "maxLength": read_parts.LONGEST_TEXT},
    "hole": {
        "type": "object",
        "properties": {"answer": ref("name")},
        "required": ["answer"],
        "additionalProperties": False,
    },
    "piped": {
        "anyOf": [
            ref("piece"),
            {
                "type": "array",
                "items": {"anyOf": [ref("piece"), ref("hole")]},
                "maxItems": read_parts.MOST_PIECES,
            },
        ]
    },
    "text": or_null(
        {
            "type": "object",
            "propertyNames": ref("language"),
            "additionalProperties": ref("piped"),
        }
    ),
    "choice": {
        "type": "object",
        "properties": {
            "name": ref("choice_name"),
            "label": ref("text"),
            "attributes": {
                "type": "object",
                "propertyNames": {"allOf": [ref("name"), {"not": {"const": "name"}}]},
                "additionalProperties": ref("choice_name"),
                "maxProperties": settings.MOST_ATTRIBUTES,
            },
        },
        "required": ["name"],
        "additionalProperties": False,
    },
    **{f"{name}_value": schema for name, schema in VALUES.items()},
}


def used(*roots: Any) -> dict[str, Schema]:
    """The words that schemas speak of, and those that these speak of."""
    found: dict[str, Schema] = {}
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            name = str(node.get("$ref", "")).rpartition("/")[2]
            if name in DEFS and name not in found:
                found[name] = DEFS[name]
                waiting.append(DEFS[name])
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
    return dict(sorted(found.items()))
