"""A definition as json-logic rules: conditions, constraints and calculations, in the order in which they can be known.

A rule that is a calculation has a name: its result is what others read. A repeat's rules are written out for each entry.
"""

from collections.abc import Callable
from typing import Any

Data = dict[str, Any]
Expression = list[Any]
SIGNS = {
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
    "eq": "==",
    "add": "+",
    "sub": "-",
    "mul": "*",
}
Path = Callable[[str], str]


def rule(node: Expression, path: Path) -> Any:
    """One expression."""
    match node:
        case ["value", answer_type, value]:
            return float(value) if answer_type == "number" else value
        case ["answer", name]:
            return {"var": path(name)}
        case ["sum", ["each", repeat, name]]:
            total = {"+": [{"var": "current"}, {"var": "accumulator"}]}
            return {"reduce": [{"map": [{"var": repeat}, {"var": name}]}, total, 0]}
    operator, *nodes = node
    args = [rule(each, path) for each in nodes]
    special = SPECIAL.get(operator)
    return special(*args) if special else {SIGNS.get(operator, operator): args}


SPECIAL: dict[str, Callable[..., Any]] = {
    "answered": lambda arg: {"!=": [arg, None]},
    "not": lambda arg: {"!": [arg]},
    "contains": lambda many, one: {"in": [one, many]},
    "one_of": lambda arg, *among: {"in": [arg, list(among)]},
    "or_else": lambda arg, other: {"if": [{"==": [arg, None]}, other, arg]},
}


def plain(name: str) -> str:
    return name


def of_item(item: Data, path: Path) -> list[Data]:
    """The rules of one question or calculation."""
    if item["kind"] == "calculation":
        return [{"name": item["name"], "rule": rule(item["expression"], path)}]
    found = [item["relevance"]] if item["relevance"] is not None else []
    found += [row["test"] for row in item["constraints"]]
    own = ["answer", item["name"]]
    for setting, operator in (("minimum", "ge"), ("maximum", "le")):
        bound = item["settings"].get(setting)
        if isinstance(bound, str):
            found.append([operator, own, ["value", "number", bound]])
    return [{"rule": rule(each, path)} for each in found]


def rules_of(data: Data) -> Data:
    """The rules of a definition, and the data they read at first."""
    rules: list[Data] = []
    read: Data = {}
    for section in data["sections"]:
        if section["relevance"] is not None:
            rules.append({"rule": rule(section["relevance"], plain)})
        if not section["repeat"]:
            rules += [made for item in section["items"] for made in of_item(item, plain)]
            continue
        inside = {item["name"] for item in section["items"]}
        read[section["name"]] = [{} for _ in range(section["repeat"]["minimum"])]
        for entry in range(section["repeat"]["minimum"]):
            prefix = f"{section['name']}.{entry}."
            path = _entry_path(inside, prefix)
            rules += [made for item in section["items"] for made in of_item(item, path)]
    return {"rules": rules, "data": read}


def _entry_path(inside: set[str], prefix: str) -> Path:
    return lambda name: prefix + name if name in inside else name
