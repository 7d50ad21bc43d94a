"""Outcomes and effects; a lesson without outcomes of its own gets passed and failed."""

from typing import Any

from django.utils.translation import gettext, gettext_noop, override

from builder.compile.conditions import condition
from builder.compile.desk import Desk
from builder.compile.index import value_of
from builder.compile.source import Block, Source

DEFAULT_PERCENT = "80"
BESIDE = frozenset({"relevance", "text"})


def outcome(desk: Desk, block: Block) -> dict[str, Any]:
    value, place = value_of(block), block["id"]
    effects = [_effect(desk, each, place) for each in value.get("effects") or []]
    return {
        "id": place,
        "name": desk.things[place].name,
        "label": desk.texts.field(place, "label"),
        "relevance": condition(desk, value.get("relevance"), place),
        "complete": bool(value.get("complete")),
        "disposition": value.get("disposition") or "reached",
        "effects": effects,
    }


def _effect(desk: Desk, block: Block, place: str) -> dict[str, Any]:
    """Codes stay; a picked block becomes its name; all arguments are strings, those left out are not there. A condition and a text
    are beside them."""
    arguments, told = {}, value_of(block)
    only = condition(desk, told.get("relevance"), place)
    text = desk.texts.field(block.get("id", ""), "text") if told.get("text") else {}
    for key, value in told.items():
        if key in BESIDE:
            continue
        thing = desk.things.get(value) if isinstance(value, str) else None
        if thing is not None:
            arguments[key] = thing.name
        elif value not in (None, ""):
            arguments[key] = str(value)
    more = {**({"relevance": only} if only else {}), **({"text": text} if text else {})}
    return {"effect": block["type"], "arguments": arguments, **more}


def lesson_outcomes(source: Source) -> list[dict[str, Any]]:
    """Passed (with the skill, where the page names one) from the percent on, failed below."""
    percent = str(source.settings.get("pass_percent") or DEFAULT_PERCENT)
    skill = source.settings.get("skill")
    arguments = {"skill": str(skill), "days": str(source.settings.get("days") or 365)}
    effects = [{"effect": "grant_skill", "arguments": arguments}] if skill else []
    passed = _ending(source, "passed", gettext_noop("Passed"))
    failed = _ending(source, "failed", gettext_noop("Not passed"))
    limit = ["value", "number", percent]
    return [
        {**passed, "relevance": ["ge", ["score"], limit], "effects": effects},
        {**failed, "relevance": ["lt", ["score"], limit]},
    ]


def _ending(source: Source, name: str, label: str) -> dict[str, Any]:
    texts = {}
    for language in source.languages:
        with override(language):
            texts[language] = gettext(label)
    return {
        "id": name,
        "name": name,
        "label": texts,
        "complete": True,
        "disposition": "reached",
        "effects": [],
    }
