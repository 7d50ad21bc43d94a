"""Definitions, versions and records for the tests of exports, made in one breath."""

import json
from typing import Any

from builder.definition import Definition, load

TEXT = {
    "constraints": [],
    "read_only": False,
    "required": False,
    "relevance": None,
    "right": None,
    "fact": None,
}


def question(name: str, kind: str = "text", **rest: Any) -> dict[str, Any]:
    """A question as JSON."""
    labels = rest.pop("label", {"en": name.replace("_", " ").title(), "fr": f"{name} (fr)"})
    return {
        "kind": "question",
        "id": f"q-{name}",
        "name": name,
        "type": kind,
        "label": labels,
        "hint": {},
        "settings": {},
        "clearance": "personal",
        "points": "1",
        "explanation": {},
        **TEXT,
        **rest,
    }


def choices(*names: str) -> dict[str, Any]:
    """Settings of a choice question."""
    return {
        "choices": [
            {"name": name, "label": {"en": f"the {name}", "fr": f"le {name}"}} for name in names
        ]
    }


def calculation(name: str, kind: str, expression: list[Any]) -> dict[str, Any]:
    """A calculation as JSON."""
    return {
        "kind": "calculation",
        "id": f"c-{name}",
        "name": name,
        "type": kind,
        "label": {"en": name},
        "expression": expression,
        "shown": False,
        "relevance": None,
    }


def display(text: Any, french: Any = None, kind: str = "display") -> dict[str, Any]:
    """A text as JSON; its id follows from it."""
    texts = {"en": text} if french is None else {"en": text, "fr": french}
    return {
        "kind": kind,
        "id": f"t-{abs(hash(json.dumps(texts)))}",
        "text": texts,
        "relevance": None,
    }


def section(name: str, *items: dict[str, Any], repeat: bool = False) -> dict[str, Any]:
    """A section as JSON."""
    times = {"minimum": 0, "maximum": 20, "entry_label": {}, "party": False} if repeat else None
    return {
        "id": f"s-{name}",
        "name": name,
        "title": {"en": name.title(), "fr": f"{name} (fr)"},
        "relevance": None,
        "items": list(items),
        "repeat": times,
    }


def outcome(name: str, *effects: dict[str, Any]) -> dict[str, Any]:
    """An outcome that is always available."""
    return {
        "id": f"o-{name}",
        "name": name,
        "label": {"en": name},
        "relevance": None,
        "complete": False,
        "disposition": "reached",
        "effects": list(effects),
    }


def body(
    *sections: dict[str, Any], kind: str = "script", name: str = "call", **rest: Any
) -> dict[str, Any]:
    """A definition as JSON."""
    return {
        "format": 1,
        "kind": kind,
        "name": name,
        "languages": ["en", "fr"],
        "title": {"en": name.replace("_", " ").title(), "fr": f"{name} (fr)"},
        "sections": list(sections),
        "outcomes": rest.pop("outcomes", []),
        "pass_percent": None,
        "subject_app": rest.pop("subject_app", None),
        **rest,
    }


FEVER = ["eq", ["answer", "fever"], ["value", "bool", True]]
ISSUE = {
    "effect": "issue_document",
    "arguments": {"document": "certificate", "valid_from": "onset", "valid_until": "until"},
}


def call() -> dict[str, Any]:
    """A call with everything an export has to cope with."""
    return body(
        section(
            "person",
            question("given_name", fact="given_name"),
            question("family_name", fact="family_name"),
            question(
                "national_number",
                "national_number",
                settings={"country": "BE"},
                fact="national_number",
            ),
        ),
        section(
            "health",
            question("fever", "yes_no"),
            question("onset", "date", relevance=FEVER),
            question("symptoms", "choose_several", settings=choices("cough", "ache", "loss")),
            question("severity", "choose_one", settings=choices("mild", "hard")),
            question("degrees", "decimal"),
            question("remarks"),
            calculation(
                "until", "date", ["add_days", ["answer", "onset"], ["value", "number", "10"]]
            ),
        ),
        section("contacts", question("who"), question("close", "yes_no"), repeat=True),
        outcomes=[outcome("done", ISSUE), outcome("refused")],
    )


def certificate() -> dict[str, Any]:
    """A template over `call`."""
    words = [
        {"answer": "given_name"},
        " ",
        {"answer": "family_name"},
        " stays at home until ",
        {"answer": "until"},
        ".",
    ]
    french = [
        {"answer": "given_name"},
        " ",
        {"answer": "family_name"},
        " reste chez soi jusqu\u2019au ",
        {"answer": "until"},
        ".",
    ]
    return body(
        section(
            "text",
            display(words, french),
            display("For the agent only.", kind="cue"),
            display(
                ["Number ", {"answer": "document_number"}, ", severity: ", {"answer": "severity"}]
            ),
        ),
        kind="document",
        name="certificate",
        subject_app="call",
    )


def definition() -> Definition:
    """The call, parsed."""
    return load(call())
