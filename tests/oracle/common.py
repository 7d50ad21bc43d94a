"""A random definition, made one that XForms can say too: what has no words there is left out, or gives way to something of its
type.

Why each thing gives way is told in docs/differences-from-odk.md.
"""

import json
from typing import Any

from builder.definition import dump, load
from builder.question_types import TYPES
from tests.peers.xpath import SAYABLE

Data = dict[str, Any]
Expression = list[Any]
# Types that differ from others at our door only, or in what satisfies `required`.
PLAINER = {
    **dict.fromkeys(("long_text", "hidden", "phone", "email", "url", "barcode", "iban"), "text"),
    "national_number": "text",
    "scale": "integer",
    "consent": "yes_no",
    "choose_from_list": "choose_one",
}
ASKED = {"text", "integer", "decimal", "date", "yes_no", "choose_one", "choose_several"}
# Each type of value that both have, with one that stands for what cannot be said.
STAND_INS: Data = {
    "text": "a",
    "number": "1",
    "date": "2026-03-16",
    "bool": True,
    "one": "red",
    "many": ["red"],
}
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
    full: Data = _without_holes(json.loads(dump(load(data))))
    return json.loads(dump(load(_Common(full).rewritten())))


def answered(command: Any) -> Any:
    """A command whose value both can hold."""
    value = command.get("value") if isinstance(command, dict) else None
    return {**command, "value": _plain(value)} if isinstance(value, str) else command


class _Unsayable(Exception):
    """An expression touches what XForms has no words for."""


class _Common:
    def __init__(self, data: Data) -> None:
        self.data = data
        for section in data["sections"]:
            section["items"] = [item for item in section["items"] if self.kept(item)]
        self.types = {
            item["name"]: _type_of(item)
            for section in data["sections"]
            for item in section["items"]
            if "name" in item
        }

    def kept(self, item: Data) -> bool:
        """Whether both have it; what differs at the door only is made plainer."""
        if item["kind"] == "calculation":
            return item["type"] in STAND_INS
        if item["kind"] == "question" and item["type"] in PLAINER:
            item["type"] = PLAINER[item["type"]]
            choices = item["settings"].get("choices")
            item["settings"] = {"choices": choices} if choices else {}
        return item["kind"] != "question" or item["type"] in ASKED

    def rewritten(self) -> Data:
        for section in self.data["sections"]:
            section["relevance"] = self.maybe(section["relevance"], "bool")
            if section["repeat"]:
                section["repeat"].pop("count", None)
            for item in section["items"]:
                self.rewrite(item)
        for outcome in self.data["outcomes"]:
            outcome["relevance"] = None
        return self.data

    def rewrite(self, item: Data) -> None:
        if item["kind"] == "calculation":
            item["expression"] = self.maybe(item["expression"], item["type"])
            return
        for member in ("relevance", "required", "read_only", "choice_filter"):
            if member in item:
                item[member] = self.maybe(item[member], "bool")
        if item["kind"] == "question":
            item.pop("default", None)
            for row in item["constraints"]:
                row["test"] = self.maybe(row["test"], "bool")
            for bound in ("minimum", "maximum"):
                if bound in item["settings"]:
                    given = item["settings"][bound]
                    item["settings"][bound] = self.maybe(given, _type_of(item))

    def maybe(self, node: Any, answer_type: str) -> Any:
        """The expression in common words, or a value of its type; what is no expression stays."""
        if not isinstance(node, list):
            return node
        try:
            return self.said(node)
        except _Unsayable:
            return ["value", answer_type, STAND_INS[answer_type]]

    def said(self, node: Expression) -> Expression:
        match node:
            case ["value", answer_type, value] if answer_type in STAND_INS:
                return ["value", answer_type, _plain(value)]
            case ["answer" | "previous", name] if name in self.types:
                return ["answer", name]
            case ["each", _, name] if name in self.types:
                return node
            case ["today"] | ["entries" | "offered", _]:
                return node
            case ["matches", text, ["value", _, pattern]]:
                kept = ["value", "text", PATTERNS.get(pattern, pattern)]
                return ["matches", self.said(text), kept]
            case ["add_months", start, _]:
                return self.said(start)
        if node[0] not in SAYABLE:
            raise _Unsayable
        return _shaped(node[0], *map(self.said, node[1:]))


def _shaped(operator: str, *args: Expression) -> Expression:
    """Two at a time where XPath has a function of two; and divided by two, for a float rounds other quotients."""
    if operator == "or_else" and len(args) > 2:
        return ["or_else", args[0], _shaped(operator, *args[1:])]
    if operator == "div":
        zero = ["value", "number", "0"]
        return ["div", args[0], ["if", ["eq", args[1], zero], zero, ["value", "number", "2"]]]
    return [operator, *args]


def _type_of(item: Data) -> str:
    return str(item["type"] if item["kind"] == "calculation" else TYPES[item["type"]].answer_type)


def _plain(value: Any) -> Any:
    return (NUMBERS.get(value) or TEXTS.get(value) or value) if isinstance(value, str) else value


def _without_holes(node: Any) -> Any:
    """What texts say is not compared, and they may speak of what is left out."""
    if isinstance(node, dict):
        return {key: _without_holes(each) for key, each in node.items()}
    if isinstance(node, list):
        holes = any(isinstance(each, dict) and set(each) == {"answer"} for each in node)
        return "So." if holes else [_without_holes(each) for each in node]
    return node
