"""From the demo's short hand to what an editor's page holds, and the French texts that go with it."""

import uuid
from typing import Any

from config.demo.writing import Ask, Compute, Outcome, Page, Pair, Section, Text, When

Block = dict[str, Any]
Texts = dict[str, dict[str, Any]]
NAMESPACE = uuid.UUID("6f1c5c5e-7a52-4d5e-9c0f-2f6f8d1f3a10")


def body_of(page: Page) -> list[Block]:
    """The body: names stand where the editor would pick a block; making the page turns them into ids."""
    return [_section(section) for section in page.sections]


def outcomes_of(page: Page) -> list[Block]:
    return [_outcome(outcome) for outcome in page.outcomes]


def french_of(page: Page) -> Texts:
    """The French texts by the block's name, or by its id where it has no name."""
    texts: Texts = {}
    for section in page.sections:
        texts[section.name] = {"title": section.title[1], **_french_repeat(section)}
        for number, item in enumerate(section.items):
            key = text_id(section, number) if isinstance(item, Text) else item.name
            texts[key] = _french_item(item)
    for outcome in page.outcomes:
        texts[outcome.name] = {"label": outcome.label[1]}
    return texts


def text_id(section: Section, number: int) -> str:
    """The id of a text block: it has no name, and its translation must find it; names are unique within a page."""
    return str(uuid.uuid5(NAMESPACE, f"{section.name}/{number}"))


def _section(section: Section) -> Block:
    value: Block = {
        "title": section.title[0],
        "name": section.name,
        "relevance": _condition(section.asked_when),
        "items": [_item(section, number, item) for number, item in enumerate(section.items)],
    }
    if section.repeat:
        repeat = {**section.repeat, "entry_label": section.repeat["entry_label"][0]}
        value["repeat"] = {"on": True, **repeat}
    return {"type": "section", "value": value}


def _item(section: Section, number: int, item: Text | Ask | Compute) -> Block:
    if isinstance(item, Text):
        value = {"text": item.text[0], "relevance": _condition(item.asked_when)}
        return {"type": item.kind, "id": text_id(section, number), "value": value}
    if isinstance(item, Compute):
        return {"type": "calculation", "value": _calculation(item)}
    return {"type": item.type, "value": _question(item)}


def _calculation(item: Compute) -> Block:
    return {
        "label": item.label[0],
        "name": item.name,
        "kind": item.kind,
        "question": item.question,
        "second": item.second,
        "number": item.number,
        "shown": True,
    }


def _question(item: Ask) -> Block:
    value: Block = {
        "label": item.label[0],
        "hint": item.hint[0],
        "name": item.name,
        "required": item.required,
        "relevance": _condition(item.asked_when),
        "fact": item.fact,
        "clearance": item.clearance,
        **item.settings,
    }
    if item.choices:
        value["choices"] = [{"name": name, "label": label[0]} for name, label in item.choices]
    if item.constraint:
        test, message = item.constraint
        value["constraints"] = [{"test": _condition(test, this=item.name), "message": message[0]}]
    if item.right is not None:
        value |= {"right": _written(item.right), "points": "1", "explanation": item.explanation[0]}
    return value


def _written(right: Any) -> str:
    """A right answer as a trainer writes it."""
    if isinstance(right, bool):
        return "yes" if right else "no"
    return ", ".join(right) if isinstance(right, list) else str(right)


def _condition(condition: When | None, this: str = "") -> Block | None:
    if condition is None:
        return None
    rows = [
        {
            "question": "this" if name == this else name,
            "operator": operator,
            "value": _value(value),
        }
        for name, operator, value in condition.rows
    ]
    return {"join": condition.join, "rows": rows}


def _value(value: Any) -> Any:
    return {"answer": value[1]} if isinstance(value, tuple) else value


def _outcome(outcome: Outcome) -> Block:
    return {
        "type": "outcome",
        "value": {
            "label": outcome.label[0],
            "name": outcome.name,
            "relevance": _condition(outcome.asked_when),
            "complete": outcome.complete,
            "disposition": outcome.disposition,
            "effects": [
                {"type": effect, "value": arguments} for effect, arguments in outcome.effects
            ],
        },
    }


def _french_repeat(section: Section) -> Texts:
    if not section.repeat:
        return {}
    label: Pair = section.repeat["entry_label"]
    return {"repeat": {"entry_label": label[1]}}


def _french_item(item: Text | Ask | Compute) -> dict[str, Any]:
    if isinstance(item, Text):
        return {"text": item.text[1]}
    if isinstance(item, Compute):
        return {"label": item.label[1]}
    french: dict[str, Any] = {"label": item.label[1]}
    french |= {"hint": item.hint[1]} if item.hint[1] else {}
    french |= {"explanation": item.explanation[1]} if item.explanation[1] else {}
    if item.choices:
        french["choices"] = {name: label[1] for name, label in item.choices}
    if item.constraint:
        french["constraints"] = [item.constraint[1][1]]
    return french
