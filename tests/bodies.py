"""Bodies of pages in one breath, as an editor's stream stores them; names stand for ids (see `content.actions`)."""

from typing import Any

Block = dict[str, Any]


def section(title: str, *items: Block, **value: Any) -> Block:
    return {"type": "section", "value": {"title": title, "items": list(items), **value}}


def ask(kind: str, name: str, label: str = "", **value: Any) -> Block:
    return {
        "type": kind,
        "value": {"label": label or name.replace("_", " ").capitalize(), "name": name, **value},
    }


def line(text: str, **value: Any) -> Block:
    return {"type": "line", "value": {"text": text, **value}}


def display(text: str, **value: Any) -> Block:
    return {"type": "display", "value": {"text": text, **value}}


def compute(kind: str, name: str, **value: Any) -> Block:
    return {
        "type": "calculation",
        "value": {"label": name.capitalize(), "name": name, "kind": kind, **value},
    }


def outcome(name: str, *effects: Block, **value: Any) -> Block:
    return {
        "type": "outcome",
        "value": {"label": name.capitalize(), "name": name, "effects": list(effects), **value},
    }


def effect(kind: str, **arguments: Any) -> Block:
    return {"type": kind, "value": arguments}


def when(*rows: tuple[str, str, Any], join: str = "all") -> dict[str, Any]:
    return {
        "join": join,
        "rows": [
            {"question": name, "operator": operator, "value": value}
            for name, operator, value in rows
        ],
    }


def formula(text: str) -> dict[str, Any]:
    """A condition that is written instead of picked."""
    return {"formula": text}


SMALL = [section("Start", ask("yes_no", "reached", "Reached the person", required=True))]
DONE = [outcome("done", complete=True)]
