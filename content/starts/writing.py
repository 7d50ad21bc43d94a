"""A short hand for bodies: one function a block, names where the editor would pick a block (`builder.compile.with_ids`)."""

from dataclasses import dataclass, field
from typing import Any

Block = dict[str, Any]


@dataclass(frozen=True)
class Draft:
    """One page to make: its kind, title, body and outcomes as plain data, the settings of its kind. By `name` (`@name`) the outcomes
    and settings of the drafts beside it speak of it."""

    kind: str
    name: str
    title: str
    body: list[Block]
    outcomes: list[Block] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)


def when(*rows: tuple[str, str, Any], join: str = "all") -> Block:
    """A condition: (name, operator, value) a row."""
    asked = [{"question": name, "operator": how, "value": value} for name, how, value in rows]
    return {"join": join, "rows": asked}


def section(name: str, title: str, *items: Block, **value: Any) -> Block:
    return {
        "type": "section",
        "value": {"name": name, "title": title, "items": list(items), **value},
    }


def repeated(name: str, title: str, entry_label: str, *items: Block, **repeat: Any) -> Block:
    """A section with entries."""
    limits = {"on": True, "minimum": 0, "maximum": 20, "entry_label": entry_label, **repeat}
    return section(name, title, *items, repeat=limits)


def ask(kind: str, name: str, label: str, **value: Any) -> Block:
    """A question; `choices` are pairs (name, label)."""
    if "choices" in value:
        value["choices"] = _choices(value["choices"])
    if "rows" in value:
        value["rows"] = _choices(value["rows"])
    return {"type": kind, "value": {"name": name, "label": label, **value}}


def say(text: str, relevance: Block | None = None) -> Block:
    """A line: said aloud."""
    return {"type": "line", "value": {"text": text, "relevance": relevance}}


def note(text: str, relevance: Block | None = None) -> Block:
    """A cue: for the agent alone."""
    return {"type": "cue", "value": {"text": text, "relevance": relevance}}


def show(text: str, relevance: Block | None = None) -> Block:
    """A text that whoever fills the form reads."""
    return {"type": "display", "value": {"text": text, "relevance": relevance}}


def compute(name: str, label: str, kind: str, question: str, **value: Any) -> Block:
    return {
        "type": "calculation",
        "value": {
            "name": name,
            "label": label,
            "kind": kind,
            "question": question,
            "shown": True,
            **value,
        },
    }


def outcome(name: str, label: str, disposition: str = "reached", **value: Any) -> Block:
    return {
        "type": "outcome",
        "value": {"name": name, "label": label, "disposition": disposition, **value},
    }


def _choices(pairs: Any) -> list[Block]:
    return [{"name": name, "label": label} for name, label in pairs]
