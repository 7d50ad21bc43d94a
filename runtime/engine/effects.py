"""Which effects of an outcome happen as a record ends, and what they say. Server only: the browser is told of neither.

Conditions and texts are read by the engine itself: in a definition that has them as texts of a last section, under a name that no author can give.
"""

from dataclasses import replace
from typing import Any
from weakref import WeakKeyDictionary

from builder.definition import Definition, Effect, Outcome, Section, TextItem
from builder.values import Hole
from builder.values.localized import NO_TEXT
from runtime.engine.fresh import view
from runtime.engine.state import State

PLACE = "EFFECTS"
_read: "WeakKeyDictionary[Definition, dict[str, Definition]]" = WeakKeyDictionary()


def effects_due(
    definition: Definition, outcome: str, state: State, today: str
) -> list[tuple[int, Effect]]:
    """The effects of an outcome whose condition holds (or that have none), with their numbers."""
    node = _outcome(definition, outcome)
    if node is None:
        return []
    seen: dict[str, bool] = {}
    if any(effect.relevance is not None for effect in node.effects):
        seen = view(_with_effects(definition, node), state, today)["items"]
    return [
        (number, effect)
        for number, effect in enumerate(node.effects)
        if effect.relevance is None or seen.get(_id(number)) is True
    ]


def effect_text(
    definition: Definition, named: tuple[str, int], state: State, today: str, language: str
) -> str:
    """What an effect (an outcome's name, its number there) says, in a language of the definition, with what was answered."""
    outcome, number = named
    node = _outcome(definition, outcome)
    if node is None or number >= len(node.effects):
        return ""
    effect = node.effects[number]
    spoken = language if language in definition.languages else definition.source
    parts = effect.text.of(spoken, definition.source)
    if not any(isinstance(part, Hole) for part in parts):
        return "".join(map(str, parts))
    asked = {**state, "language": spoken}
    texts: dict[str, Any] = view(_with_effects(definition, node), asked, today)["texts"]
    return str(texts.get(_id(number), ""))


def _outcome(definition: Definition, name: str) -> Outcome | None:
    return next((node for node in definition.outcomes if node.name == name), None)


def _id(number: int) -> str:
    return f"{PLACE}/{number}"


def _with_effects(definition: Definition, node: Outcome) -> Definition:
    """Kept for as long as the definition is: the engine compiles a definition once."""
    kept = _read.setdefault(definition, {})
    if node.name not in kept:
        items = tuple(
            TextItem("display", _id(number), effect.text, effect.relevance)
            for number, effect in enumerate(node.effects)
        )
        section = Section(PLACE, PLACE, NO_TEXT, items)
        kept[node.name] = replace(definition, sections=(*definition.sections, section))
    return kept[node.name]
