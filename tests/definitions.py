"""Definitions made in one breath, for everybody's tests.

    definition(section("opening", question("age", "integer", required=True)), outcomes=[outcome("done")])

Ids are made of names; texts are English unless given by language. Conditions are JSON expressions.
`Scenario(definition).answer("age", "17").next()` plays one.
"""

from typing import Any

from builder.definition import Definition, load
from builder.values import piped
from runtime.engine import advance, start, view

TODAY = "2026-03-16"
PLAIN_SETTINGS = [
    "minimum",
    "maximum",
    "scale",
    "maximum_length",
    "pattern",
    "country",
    "places",
    "checksum",
    "decimals",
    "least",
    "most",
]


def text(words: Any) -> dict[str, Any]:
    """A TEXT of a string (`{name}` makes a hole) or of a dictionary by language."""
    by_language = words if isinstance(words, dict) else {"en": words} if words else {}
    return {language: _piped(said) for language, said in by_language.items()}


def _piped(said: Any) -> Any:
    if not isinstance(said, str):
        return said
    parts = [part if isinstance(part, str) else {"answer": part.name} for part in piped(said)]
    return parts if any(isinstance(part, dict) for part in parts) else "".join(parts)


def section(
    name: str,
    *items: dict[str, Any],
    title: Any = None,
    relevance: Any = None,
    repeat: Any = None,
    **members: Any,
) -> dict[str, Any]:
    """A SECTION; `repeat` is True, or a dictionary of the repeat's members; `within="contacts"` and `side=True` may be given."""
    limits = None
    if repeat:
        limits = {"minimum": 0, "maximum": 20, "entry_label": {}, "party": False}
        limits |= repeat if isinstance(repeat, dict) else {}
        limits["entry_label"] = text(limits["entry_label"])
    return {
        "id": f"section-{name}",
        "name": name,
        "title": text(title or name.replace("_", " ").capitalize()),
        "relevance": relevance,
        "items": list(items),
        "repeat": limits,
        **members,
    }


def question(
    name: str, type: str = "text", *, label: Any = None, constraints: Any = (), **members: Any
) -> dict[str, Any]:
    """A question. `choices=["red", ..]` or `minimum="0"` and other settings may be given plainly."""
    settings = members.pop("settings", {})
    for key in PLAIN_SETTINGS:
        if key in members:
            settings[key] = members.pop(key)
    for key in ("choices", "rows", "units"):
        if key in members:
            settings[key] = [_choice(row) for row in members.pop(key)]
    for key in ("hint", "explanation"):
        members[key] = text(members.get(key))
    return {
        "kind": "question",
        "id": f"question-{name}",
        "name": name,
        "type": type,
        "label": text(label or name.replace("_", " ").capitalize()),
        "settings": settings,
        "constraints": [_constraint(*row) for row in constraints],
        **members,
    }


def _constraint(test: Any, message: Any, warning: bool = False) -> dict[str, Any]:
    return {"test": test, "message": text(message), "warning": warning}


def _choice(row: Any) -> dict[str, Any]:
    if isinstance(row, dict):
        return row
    name, label = row if isinstance(row, tuple) else (row, row.replace("_", " ").capitalize())
    return {"name": name, "label": text(label)}


def calculation(
    name: str, type: str, expression: Any, *, label: Any = None, shown: bool = False
) -> dict[str, Any]:
    """A calculation."""
    return {
        "kind": "calculation",
        "id": f"calculation-{name}",
        "name": name,
        "type": type,
        "label": text(label or name),
        "expression": expression,
        "shown": shown,
    }


def line(identity: str, words: Any, relevance: Any = None, kind: str = "line") -> dict[str, Any]:
    """A line; `kind` may be cue or display."""
    return {"kind": kind, "id": identity, "text": text(words), "relevance": relevance}


def outcome(name: str, *, label: Any = None, effects: Any = (), **members: Any) -> dict[str, Any]:
    """An OUTCOME; effects are pairs of a name and its arguments."""
    return {
        "id": f"outcome-{name}",
        "name": name,
        "label": text(label or name.replace("_", " ").capitalize()),
        "effects": [{"effect": effect, "arguments": arguments} for effect, arguments in effects],
        **members,
    }


def data(
    *sections: dict[str, Any],
    kind: str = "script",
    name: str = "app",
    languages: Any = ("en",),
    **members: Any,
) -> dict[str, Any]:
    """A definition as JSON data."""
    return {
        "format": 1,
        "kind": kind,
        "name": name,
        "languages": list(languages),
        "title": text(members.pop("title", name.capitalize())),
        "sections": list(sections),
        "outcomes": list(members.pop("outcomes", ())),
        **members,
    }


def definition(*sections: dict[str, Any], **members: Any) -> Definition:
    """A definition as nodes."""
    return load(data(*sections, **members))


class Scenario:
    """Plays a definition: commands one after the other, then one looks at `view`, `state`, `events`, `refused`."""

    def __init__(
        self, definition: Definition, *, language: str = "en", today: str = TODAY
    ) -> None:
        self.definition = definition
        self.today = today
        self.state = start(definition, language)
        self.events: list[dict[str, Any]] = []

    def command(self, command: str, **members: Any) -> "Scenario":
        """Any command."""
        self.state, events = advance(
            self.definition, self.state, {"command": command, **members}, self.today
        )
        self.events.extend(events)
        return self

    def answer(self, place: str, value: Any, **members: Any) -> "Scenario":
        """Answer one place."""
        return self.command("answer", place=place, value=value, **members)

    def answers(self, **values: Any) -> "Scenario":
        """Answer several questions outside repeats."""
        for place, value in values.items():
            self.answer(place, value)
        return self

    def clear(self, place: str) -> "Scenario":
        """Take an answer back."""
        return self.command("clear", place=place)

    def add(self, repeat: str, entry: str, **values: Any) -> "Scenario":
        """Add an entry and answer in it."""
        self.command("add_entry", repeat=repeat, entry=entry)
        for name, value in values.items():
            self.answer(f"{repeat}/{entry}/{name}", value)
        return self

    def next(self) -> "Scenario":
        """To the next section."""
        return self.command("next")

    def back(self) -> "Scenario":
        """To the section before."""
        return self.command("back")

    def finish(self, outcome: str) -> "Scenario":
        """End with an outcome."""
        return self.command("finish", outcome=outcome)

    @property
    def refused(self) -> str | None:
        """The code of the last event, if it was refused."""
        last = self.events[-1] if self.events else {}
        return last.get("code") if last.get("event") == "refused" else None

    @property
    def view(self) -> dict[str, Any]:
        """What the screen shows."""
        return view(self.definition, self.state, self.today)

    def value(self, place: str) -> Any:
        """The effective value at a place."""
        return self.view["questions"][place]["value"]
