"""The schema of definitions, made of the nodes' annotations: a member that is a condition, a text for people, a switch or a list is
seen from its type; what a plain text must look like stands in WRITTEN.
"""

from dataclasses import MISSING, Field, fields
from typing import Any, Final, get_type_hints

from builder.conditions import Expression
from builder.conditions.patterns import LONGEST as LONGEST_PATTERN
from builder.definition import nodes, read
from builder.definition.members import MOST_ENTRIES
from builder.definition.read_parts import MOST
from builder.question_types import QUESTION_TYPES, WAYS, QuestionType, Setting, Settings
from builder.question_types.base.settings import _COUNTRY, MOST_CHOICES, MOST_TEXT
from builder.values import PLAIN_TYPES, Localized
from tests.schemas.expressions import expression
from tests.schemas.words import NULL, Schema, is_called, or_null, ref, used, when, written

# How a member is written whose type is a plain text, by node and name, or by name alone.
WRITTEN: Final[dict[str, Schema]] = {
    "id": ref("id"),
    "name": ref("name"),
    "within": ref("name"),
    "disposition": ref("name"),
    "effect": ref("name"),
    "clearance": {"enum": list(nodes.CLEARANCES)},
    "fact": {"enum": list(nodes.FACTS)},
    "searchable": {"enum": list(WAYS)},
    "points": {"allOf": [ref("number"), {"pattern": "^[^-]"}]},
    "pass_percent": ref("number"),
    "subject_app": ref("code"),
    "Definition.name": ref("code"),
    "Definition.kind": {"enum": list(nodes.KINDS)},
    "TextItem.kind": {"enum": list(nodes.TEXT_KINDS)},
    "Calculation.type": {"enum": list(PLAIN_TYPES)},
    "Question.type": {"enum": [row.name for row in QUESTION_TYPES]},
}
LISTS: Final = (
    (tuple[nodes.Section, ...], "section"),
    (tuple[nodes.Item, ...], "item"),
    (tuple[nodes.Constraint, ...], "constraint"),
    (tuple[nodes.Outcome, ...], "outcome"),
    (tuple[nodes.Effect, ...], "effect"),
)
ITEMS: Final = {"question": nodes.Question, "calculation": nodes.Calculation}


def definition() -> Schema:
    """The whole."""
    defs = {
        "expression": expression(),
        "section": _node(nodes.Section),
        "repeat": _node(nodes.Repeat),
        "item": _item(),
        "text_item": _node(nodes.TextItem),
        "question": _question(),
        "calculation": _node(nodes.Calculation, kind=True, relevance=NULL),
        "constraint": _node(nodes.Constraint),
        "outcome": _node(nodes.Outcome),
        "effect": _node(nodes.Effect),
        **{f"settings_of_{row.name}": _settings(row) for row in QUESTION_TYPES},
    }
    whole = _node(nodes.Definition, format={"const": read.FORMAT})
    whole["required"] = ["format", *whole["required"]]
    return {"title": "A definition", **whole, "$defs": {**used(whole, defs), **defs}}


def _node(node: type, *, kind: bool = False, **more: Schema) -> Schema:
    hints = get_type_hints(node)
    properties = {row.name: _member(node, row, hints[row.name]) for row in fields(node)}
    required = [row.name for row in fields(node) if _is_required(row, hints[row.name])]
    if kind:
        properties, required = {"kind": {}, **properties}, ["kind", *required]
    return {
        "type": "object",
        "properties": {**properties, **more},
        "required": required,
        "additionalProperties": False,
    }


def _is_required(row: Field[Any], hint: Any) -> bool:
    """Texts for people, settings and lists of nodes may be absent: then there is none."""
    plain = hint in {str, tuple[str, ...]} or hint == Expression
    return row.default is MISSING and row.default_factory is MISSING and plain


def _member(node: type, row: Field[Any], hint: Any) -> Schema:
    for wanted, schema in _kinds(row.name):
        if hint == wanted:
            return schema
    word = WRITTEN.get(f"{node.__name__}.{row.name}") or WRITTEN.get(row.name)
    assert word is not None, f"{node.__name__}.{row.name}: a row in WRITTEN says how it is written"
    return or_null(word) if hint == str | None else word


def _kinds(name: str) -> list[tuple[Any, Schema]]:
    return [
        (Localized, ref("text")),
        (bool, {"type": "boolean"}),
        (int, {"type": "integer", "minimum": 0, "maximum": MOST_ENTRIES}),
        (Expression, ref("expression")),
        (Expression | None, or_null(ref("expression"))),
        (bool | Expression, {"anyOf": [{"type": "boolean"}, ref("expression")]}),
        (nodes.Repeat | None, or_null(ref("repeat"))),
        (Settings, {"type": "object"}),
        (str | bool | tuple[str, ...] | None, {}),  # a right answer: by the question's type
        (tuple[str, ...], {"type": "array", "items": ref("language"), "minItems": 1, "maxItems": 50, "uniqueItems": True}),
        (tuple[tuple[str, str], ...], _arguments()),
        *((rows, _list(name, of)) for rows, of in LISTS if name in MOST),
    ]  # fmt: skip


def _list(member: str, of: str) -> Schema:
    return {"type": "array", "items": ref(of), "maxItems": MOST[member]}


def _arguments() -> Schema:
    said = {"allOf": [ref("kept"), {"maxLength": 200}]}
    return {"type": "object", "propertyNames": ref("name"), "additionalProperties": said}


def _item() -> Schema:
    kinds = [when(is_called("kind", kind), ref(kind)) for kind in ITEMS]
    texts = when(is_called("kind", *nodes.TEXT_KINDS), ref("text_item"))
    return {
        "type": "object",
        "properties": {"kind": {"enum": [*ITEMS, *nodes.TEXT_KINDS]}},
        "required": ["kind"],
        "allOf": [*kinds, texts],
    }


def _question() -> Schema:
    typed = [when(is_called("type", row.name), _typed(row)) for row in QUESTION_TYPES]
    return {**_node(nodes.Question, kind=True), "allOf": typed}


def _typed(row: QuestionType) -> Schema:
    """What hangs on a question's type: its settings and its right answer."""
    right = or_null(ref(f"{row.answer_type}_value"))
    return {"properties": {"settings": ref(f"settings_of_{row.name}"), "right": right}}


def _settings(row: QuestionType) -> Schema:
    return {
        "title": row.label,
        "type": "object",
        "properties": {setting.name: _setting(setting) for setting in row.settings},
        "additionalProperties": False,
    }


def _setting(setting: Setting) -> Schema:
    if setting.kind == "option":
        return {"enum": [word for word, _label in setting.options]}
    return {
        "figure": or_null(ref("number")),
        "number": {"anyOf": [ref("number"), NULL, ref("expression")]},
        "whole": {"type": "integer", "minimum": 0, "maximum": MOST_TEXT},
        "switch": {"type": "boolean"},
        "text": {"type": "string", "maxLength": MOST_TEXT},
        "pattern": {"allOf": [ref("kept"), {"maxLength": LONGEST_PATTERN}]},
        "country": written(_COUNTRY),
        "condition": or_null(ref("expression")),
        "label": ref("text"),
        "choices": {"type": "array", "items": ref("choice"), "maxItems": MOST_CHOICES},
    }[setting.kind]
