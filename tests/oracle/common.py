"""A random definition, made one that XForms can say too: what has no words there gives way to something of the same type.

Why each thing gives way is told in docs/differences-from-odk.md.
"""

import json
from typing import Any

from builder.definition import dump, load
from tests.peers.xpath import SAYABLE

Data = dict[str, Any]
Expression = list[Any]
# Numbers that a float holds exactly, and so do their sums and products.
NUMBERS = {
    "-0.000000000001": "-0.5",
    "999999999999999": "7",
    "999999999999999.999999999999": "-2.5",
    "3.141592653589": "2.25",
}
# A line separator is a character like others to our patterns, and an end of the line to theirs.
TEXTS = {"a\u2028b": "a-b"}
# What the two kinds of regular expressions read alike.
PATTERNS = {"\\S{1,3}": "[a-z0-9]{1,3}", "(?:a|é)?": "(?:a|b)?", ".": "[A-Za-z]"}


def common(data: Data) -> Data:
    """A definition as it is stored, in words that both have."""
    full: Data = json.loads(dump(load(data)))
    for section in full["sections"]:
        section["relevance"] = _maybe(section["relevance"])
        if section["repeat"]:
            section["repeat"].pop("count", None)
        for item in section["items"]:
            _rewrite(item)
    return full


def answered(command: Any) -> Any:
    """A command whose value both can hold."""
    value = command.get("value") if isinstance(command, dict) else None
    return {**command, "value": _plain(value)} if isinstance(value, str) else command


def _rewrite(item: Data) -> None:
    if item["kind"] == "calculation":
        item["expression"] = _said(item["expression"])
        return
    item.pop("default", None)
    for member in ("relevance", "required", "read_only", "choice_filter"):
        if isinstance(item.get(member), list):
            item[member] = _said(item[member])
    for row in item.get("constraints", ()):
        row["test"] = _said(row["test"])
    settings = item.get("settings", {})
    for bound in ("minimum", "maximum"):
        if isinstance(settings.get(bound), list):
            settings[bound] = _said(settings[bound])


def _maybe(node: Expression | None) -> Expression | None:
    return None if node is None else _said(node)


def _said(node: Expression) -> Expression:
    """The expression, or one of its type that can be said."""
    match node:
        case ["value", "number" | "text" as answer_type, value]:
            return ["value", answer_type, _plain(value)]
        case ["value" | "answer" | "today" | "each" | "entries" | "offered", *_]:
            return node
        case ["previous", name]:
            return ["answer", name]
        case ["matches", text, ["value", _, pattern]]:
            return ["matches", _said(text), ["value", "text", PATTERNS.get(pattern, pattern)]]
        case ["div", left, right]:
            return ["div", _said(left), _halving(_said(right))]
        case ["add_months", start, _]:
            return _said(start)
    operator, *args = node
    if operator not in SAYABLE:
        raise AssertionError(f"{operator}: say it in XPath, or what stands for it in the oracle")
    return [operator, *map(_said, args)]


def _plain(value: str) -> str:
    return NUMBERS.get(value) or TEXTS.get(value) or value


def _halving(by: Expression) -> Expression:
    """A division by zero stays one, every other becomes one by two: a float rounds other quotients."""
    zero = ["value", "number", "0"]
    return ["if", ["eq", by, zero], zero, ["value", "number", "2"]]
