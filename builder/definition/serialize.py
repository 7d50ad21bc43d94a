"""Definitions from and to canonical JSON (sorted keys, no spaces, UTF-8), whose sha256 names a version's content.

`load` is the door for hostile input too: it collects problems and raises one DefinitionUnreadable. A stored definition
of an older format passes through UPGRADES first.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from builder.conditions import dump as dump_expression
from builder.definition.nodes import (
    Calculation,
    Definition,
    Effect,
    Item,
    Outcome,
    Question,
    Section,
    TextItem,
)
from builder.definition.read import FORMAT, Reader
from builder.problems import Problem, say
from builder.problems import gettext_noop as _
from builder.question_types import dump_settings
from builder.values import Hole, Localized, Piped

LARGEST: Final = 16_000_000
# One function for each step from format n to n + 1, in order: takes and gives JSON data.
UPGRADES: Final[list[Callable[[dict[str, Any]], dict[str, Any]]]] = []


class DefinitionUnreadable(Exception):
    """This is not a definition; `problems` say why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(say(problem) for problem in problems[:5]))
        self.problems = problems


def _no_number(text: str) -> None:
    raise ValueError(text)


def _parsed(text: str) -> Any:
    if len(text) > LARGEST:
        raise ValueError("too large")
    return json.loads(text, parse_constant=_no_number)


def load(source: str | bytes | Mapping[str, Any]) -> Definition:
    """The definition that canonical JSON (or its data) means; raises DefinitionUnreadable."""
    try:
        raw = source if isinstance(source, Mapping) else _parsed(_decoded(source))
    except (ValueError, RecursionError):
        problem = Problem(
            "unreadable", "", _("This is not a definition."), _("Publish the page again.")
        )
        raise DefinitionUnreadable((problem,)) from None
    reader = Reader()
    definition = reader.definition(_upgraded(raw))
    if reader.problems or definition is None:
        raise DefinitionUnreadable(tuple(reader.problems))
    return definition


def _decoded(source: str | bytes) -> str:
    return source.decode() if isinstance(source, bytes) else source


def _upgraded(raw: Any) -> Any:
    if not isinstance(raw, Mapping):
        return raw
    number = raw.get("format")
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number < FORMAT:
        return raw
    for upgrade in UPGRADES[number - 1 :]:
        raw = upgrade(dict(raw))
    return raw


def dump(definition: Definition) -> str:
    """The definition as canonical JSON."""
    return json.dumps(data(definition), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256(definition: Definition) -> str:
    """The name of the definition's content, in hexadecimal."""
    return hashlib.sha256(dump(definition).encode()).hexdigest()


def data(definition: Definition) -> dict[str, Any]:
    """The definition as JSON data."""
    return {
        "format": FORMAT,
        "kind": definition.kind,
        "name": definition.name,
        "languages": list(definition.languages),
        "title": _text(definition.title),
        "sections": [_section(section) for section in definition.sections],
        "outcomes": [_outcome(outcome) for outcome in definition.outcomes],
        "pass_percent": definition.pass_percent,
        "subject_app": definition.subject_app,
    }


def _piped(parts: Piped) -> Any:
    if all(isinstance(part, str) for part in parts):
        return "".join(str(part) for part in parts)
    return [{"answer": part.name} if isinstance(part, Hole) else part for part in parts]


def _text(text: Localized) -> dict[str, Any]:
    return {language: _piped(parts) for language, parts in text.pairs}


def _expression(node: Any) -> Any:
    return None if node is None else dump_expression(node)


def _switch(value: Any) -> Any:
    return value if isinstance(value, bool) else dump_expression(value)


def _said(**members: Any) -> dict[str, Any]:
    """Members that are left out where they say nothing, so that older definitions keep their hash."""
    return {key: value for key, value in members.items() if value}


def _section(section: Section) -> dict[str, Any]:
    repeat = section.repeat
    return {
        "id": section.id,
        "name": section.name,
        "title": _text(section.title),
        "relevance": _expression(section.relevance),
        "items": [_item(item) for item in section.items],
        "repeat": repeat
        and {
            "minimum": repeat.minimum,
            "maximum": repeat.maximum,
            "entry_label": _text(repeat.entry_label),
            "party": repeat.party,
            **_said(count=_expression(repeat.count)),
        },
        **_said(within=section.within, side=section.side),
    }


def _item(item: Item) -> dict[str, Any]:
    if isinstance(item, Question):
        return _question(item)
    if isinstance(item, Calculation):
        return {
            "kind": "calculation",
            "id": item.id,
            "name": item.name,
            "type": item.type,
            "label": _text(item.label),
            "expression": _expression(item.expression),
            "shown": item.shown,
            "relevance": None,
        }
    return _text_item(item)


def _text_item(item: TextItem) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "id": item.id,
        "text": _text(item.text),
        "relevance": _expression(item.relevance),
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "kind": "question",
        "id": question.id,
        "name": question.name,
        "type": question.type,
        "label": _text(question.label),
        "hint": _text(question.hint),
        "required": _switch(question.required),
        "relevance": _expression(question.relevance),
        "settings": dump_settings(question.settings, _text),
        "constraints": [
            {
                "test": _expression(constraint.test),
                "message": _text(constraint.message),
                **_said(warning=constraint.warning),
            }
            for constraint in question.constraints
        ],
        "clearance": question.clearance,
        "read_only": _switch(question.read_only),
        "fact": question.fact,
        "right": list(question.right) if isinstance(question.right, tuple) else question.right,
        "points": question.points,
        "explanation": _text(question.explanation),
        **_said(
            default=_expression(question.default),
            choice_filter=_expression(question.choice_filter),
            searchable=question.searchable,
        ),
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "id": outcome.id,
        "name": outcome.name,
        "label": _text(outcome.label),
        "relevance": _expression(outcome.relevance),
        "complete": outcome.complete,
        "disposition": outcome.disposition,
        "effects": [_effect(effect) for effect in outcome.effects],
    }


def _effect(effect: Effect) -> dict[str, Any]:
    """A condition and a text are written where there are some."""
    return {
        "effect": effect.effect,
        "arguments": dict(effect.arguments),
        **_said(relevance=_expression(effect.relevance)),
        **({"text": _text(effect.text)} if effect.text else {}),
    }
