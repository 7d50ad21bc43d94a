"""A random definition, made one that XForms can say too: what has no words there gives way to something of the same type.

Why each thing gives way is told in docs/differences-from-odk.md.
"""

import json
from typing import Any

from builder.definition import dump, load
from tests.peers.xpath import SAYABLE
from tests.properties.arbitrary import PARTS

Data = dict[str, Any]
EXPRESSIONS = (
    "relevance", "expression", "required", "read_only", "default", "choice_filter",
)  # fmt: skip
# What stands for the rarer types, and for a part of an answer.
ANSWER_TYPES = {"time": "date", "moment": "date", "partial": "date", "ranked": "many"}
PLAINER = {
    **dict.fromkeys(("time", "date_time", "partial_date"), "date"),
    **dict.fromkeys(("long_text", "hidden", "email", "url", "barcode", "iban", *PARTS), "text"),
    "scale": "integer",
    "consent": "yes_no",
    "choose_from_list": "choose_one",
    "rank": "choose_several",
}
VALUE_OF = {
    "text": ("text", "a"),
    "number": ("number", "2"),
    "date": ("date", "2026-01-31"),
    "one": ("one", "red"),
}
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
    _plainer(full)
    full = json.loads(dump(load(full)))
    for section in full["sections"]:
        section["relevance"] = _maybe(section["relevance"])
        if section["repeat"]:
            section["repeat"].pop("count", None)
        for item in section["items"]:
            _rewrite(item)
    return full


def _plainer(full: Data) -> None:
    """The rarer question types and answer types become common ones, everywhere alike, so that what is well typed stays so."""
    items = [item for section in full["sections"] for item in section["items"]]
    parts = {item["name"]: PARTS[item["type"]] for item in items if item.get("type") in PARTS}
    for item in items:
        kind = item.get("type", "")
        item.update(
            {"type": ANSWER_TYPES.get(kind, kind)} if item["kind"] == "calculation" else {}
        )
        if item["kind"] == "question" and kind in PLAINER:
            item["type"] = PLAINER[kind]
            keeps = PLAINER[kind].startswith("choose")
            item["settings"] = {"choices": item["settings"]["choices"]} if keeps else {}
    for holder in (*full["sections"], *items, *full["outcomes"]):
        _retype(holder, parts)


def _retype(holder: Data, parts: Data) -> None:
    """All expressions of a section, an item or an outcome."""
    settings = holder.get("settings", {})
    homes = [(holder, EXPRESSIONS), (settings, ("minimum", "maximum"))]
    homes += [(row, ("test",)) for row in holder.get("constraints", ())]
    for home, members in homes:
        for member in members:
            if isinstance(home.get(member), list):
                home[member] = _retyped(home[member], parts)
    if holder.get("repeat"):
        holder["repeat"].pop("count", None)


def _retyped(node: Expression, parts: Data) -> Expression:
    """The expression over the common types; a part, which has no place of its own there, is a value of its type."""
    match node:
        case ["value", answer_type, value] if answer_type in ANSWER_TYPES:
            plainer = ANSWER_TYPES[answer_type]
            return ["value", plainer, sorted(value) if plainer == "many" else "2026-01-31"]
        case ["part", name, part]:
            return ["value", *VALUE_OF[parts[name][part][1] if part in parts[name] else "text"]]
        case [("first_day" | "last_day" | "when"), *args]:
            return _retyped(args[-1], parts)
        case ["collect", *_]:
            return ["value", "many", ["green"]]
        case ["or_else", first, second, *more] if more:
            return _retyped(["or_else", first, ["or_else", second, *more]], parts)
    operator, *args = node
    return [operator, *(_retyped(arg, parts) if isinstance(arg, list) else arg for arg in args)]


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
