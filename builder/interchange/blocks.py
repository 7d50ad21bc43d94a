"""A body as the data of Wagtail's blocks: what a page's `body` and `outcomes` hold."""

from typing import Any

from builder.interchange.base import Ask, Body, Condition, Display, Outcome, Section

Data = dict[str, Any]


def body_data(body: Body) -> list[Data]:
    """The stream of sections."""
    return [_block("section", section.id, _section(section)) for section in body.sections]


def outcomes_data(body: Body) -> list[Data]:
    """The stream of outcomes."""
    return [_block("outcome", outcome.id, _outcome(outcome)) for outcome in body.outcomes]


def _block(kind: str, block_id: str, value: Data) -> Data:
    return {"type": kind, "id": block_id, "value": value}


def plain(text: str) -> str:
    """A text in which braces are braces: nothing of a file is ever read as a placeholder."""
    return text.replace("{", "{{").replace("}", "}}")


def _section(section: Section) -> Data:
    repeat = section.repeat
    return {
        "title": plain(section.title),
        "items": [_item(item) for item in section.items],
        "relevance": _condition(section.relevance),
        "repeat": {
            "on": repeat is not None,
            "minimum": repeat.minimum if repeat else 0,
            "maximum": repeat.maximum if repeat else 20,
            "entry_label": plain(repeat.entry_label) if repeat else "",
            "party": False,
        },
        "name": section.name,
    }


def _item(item: Display | Ask) -> Data:
    if isinstance(item, Display):
        return _block(
            "display", item.id, {"text": plain(item.text), "relevance": _condition(item.relevance)}
        )
    value = {
        "label": plain(item.label),
        "hint": plain(item.hint),
        **_settings(item),
        "required": item.required,
        "relevance": _condition(item.relevance),
        "name": item.name,
        "constraints": [],
        "fact": "",
        "clearance": "personal",
        "read_only": item.read_only,
    }
    return _block(item.type, item.id, value)


def _settings(item: Ask) -> Data:
    if "choices" not in item.settings:
        return dict(item.settings)
    return {
        "choices": [
            {"name": row["name"], "label": plain(row["label"])} for row in item.settings["choices"]
        ]
    }


def _condition(condition: Condition | None) -> Data | None:
    if condition is None:
        return None
    rows = [
        {"question": row.question, "operator": row.operator, "value": row.value}
        for row in condition.rows
    ]
    return {"join": condition.join, "rows": rows}


def _outcome(outcome: Outcome) -> Data:
    return {
        "label": plain(outcome.label),
        "relevance": None,
        "complete": outcome.complete,
        "disposition": "reached",
        "effects": [],
        "name": outcome.name,
    }
