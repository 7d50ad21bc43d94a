"""The types of calculations that give what their parts give: a formula's, or that of the question it is like."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from builder.compile.formulas import known
from builder.compile.index import LIKE_ITS_QUESTION, Thing
from builder.conditions import Faults, Names, names_in, parse_formula, typecheck
from builder.definition.graph import Key, order


def typed(things: Mapping[str, Thing]) -> dict[str, Thing]:
    """The things with every type that can be told; what hangs on itself keeps none, and is told as a ring later."""
    found = dict(things)
    names = known(found.values())
    waiting = {key: thing for key, thing in found.items() if _parts(thing)}
    by_name = {thing.name: key for key, thing in waiting.items()}
    needs: dict[Key, tuple[Key, ...]] = {
        ("value", key): tuple(("value", each) for each in _needs(thing, by_name, waiting))
        for key, thing in waiting.items()
    }
    for _kind, key in order(needs)[0]:
        thing = found[key] = replace(found[key], type=_type(found[key], found, names))
        names[thing.name] = replace(names[thing.name], type=thing.type)
    return found


def _parts(thing: Thing) -> bool:
    kind = thing.value.get("kind") if thing.kind == "calculation" else None
    return kind == "formula" or kind in LIKE_ITS_QUESTION


def _needs(thing: Thing, by_name: Mapping[str, str], waiting: Mapping[str, Any]) -> list[str]:
    if thing.value.get("kind") == "formula":
        words = names_in(_text(thing))
        return [by_name[word] for word in sorted(words) if word in by_name]
    question = str(thing.value.get("question") or "")
    return [question] if question in waiting else []


def _type(thing: Thing, things: Mapping[str, Thing], names: Names) -> str:
    if thing.value.get("kind") != "formula":
        like = things.get(thing.value.get("question") or "")
        return like.type if like is not None and like.type else "number"
    read = parse_formula(_text(thing), names)
    if isinstance(read, tuple):
        return ""
    return typecheck(read, lambda name: names[name].type or None, Faults()) or ""


def _text(thing: Thing) -> str:
    return str(thing.value.get("formula") or "")
