"""Long lists of choices lie apart: a browser fetches each by the hash of its content, once for all scripts that have it.

In the JSON of a projection in one language a long list becomes `{"apart": sha256}` of its canonical JSON. The browser puts
the list back before its engine reads the definition: the engines know no other than the whole.
"""

import hashlib
import json
from typing import Any, Final

from builder.definition.nodes import Definition, Question
from builder.definition.projection import project
from builder.definition.serialize import data
from builder.definition.walk import questions
from builder.question_types import choice_lists

LONG: Final = 100  # a list of more choices than this lies apart


def is_long(question: Question) -> bool:
    """Whether the choices of a question lie apart."""
    return len(choice_lists(question.settings).get("choices", ())) > LONG


def taken_apart(projected: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The JSON data of a projection without its long lists, and their canonical JSON by its sha256."""
    lists: dict[str, str] = {}
    sections = [
        {**section, "items": [_item(item, lists) for item in section["items"]]}
        for section in projected["sections"]
    ]
    return {**projected, "sections": sections}, lists


def long_lists(definition: Definition) -> dict[str, str]:
    """All long lists of a definition, in each of its languages: canonical JSON by its sha256."""
    found: dict[str, str] = {}
    if any(_has_long(question) for _section, question in questions(definition)):
        for language in definition.languages:
            found |= taken_apart(data(project(definition, "agent", language)))[1]
    return found


def _has_long(question: Question) -> bool:
    return any(len(rows) > LONG for rows in choice_lists(question.settings).values())


def _item(item: dict[str, Any], lists: dict[str, str]) -> dict[str, Any]:
    if "settings" not in item:
        return item
    settings = {name: _setting(value, lists) for name, value in item["settings"].items()}
    return {**item, "settings": settings}


def _setting(value: Any, lists: dict[str, str]) -> Any:
    if not isinstance(value, list) or len(value) <= LONG or not isinstance(value[0], dict):
        return value
    text = canonical(value)
    name = hashlib.sha256(text.encode()).hexdigest()
    lists[name] = text
    return {"apart": name}


def canonical(part: Any) -> str:
    """JSON data as its one text."""
    return json.dumps(part, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
