"""A state and its view without what may not be seen: before anything is drawn of them, so that it is in no page.

Veiled are the answers of a clearance that is shown on demand only, and what is told of them elsewhere: what is calculated or filled
in of them, the texts that hold them, the problems and reasons that speak of them. That a question is asked at all may follow from a
veiled answer; it stands, as it does where a record is read.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builder.definition import Calculation, Definition, Question
from builder.definition.graph import reads
from builder.values import Hole, Localized
from runtime.people.clearance import LEVELS

DOTS = "••••"
_NAME = re.compile(r"[^a-z0-9_]")  # a hole may name a part of an answer


@dataclass(frozen=True)
class Veiled:
    """What may be drawn. `places`: where something stands that is not shown."""

    state: dict[str, Any]
    view: dict[str, Any]
    places: frozenset[str]
    levels: Mapping[str, str]  # the clearance of each name, of what it tells about others too


def veil(
    definition: Definition,
    state: Mapping[str, Any],
    view: Mapping[str, Any],
    hidden_levels: Collection[str],
) -> Veiled:
    """The state and the view without what is of these clearances."""
    levels = levels_of(definition)
    names = frozenset(name for name, level in levels.items() if level in hidden_levels)

    def hidden(place: str) -> bool:
        return place.rpartition("/")[2] in names

    questions = {
        place: _blank(seen) if hidden(place) else _without_words(definition, names, place, seen)
        for place, seen in view["questions"].items()
    }
    shown = {
        **state,
        "answers": {place: v for place, v in state["answers"].items() if not hidden(place)},
        "overridden": {p: reason for p, reason in state["overridden"].items() if not hidden(p)},
        "unreadable": [place for place in state["unreadable"] if not hidden(place)],
    }
    texts = _texts(definition, names, view["texts"], state["language"])
    places = {place for place in state["answers"] if hidden(place)} | {
        place
        for place, seen in view["questions"].items()
        if hidden(place) and seen["value"] is not None
    }
    told = {**view, "questions": questions, "texts": texts}
    return Veiled(shown, told, frozenset(places), levels)


def levels_of(definition: Definition) -> dict[str, str]:
    """The clearance of each question and calculation: its own, or of what its value follows from, whichever is higher."""
    levels: dict[str, str] = {}
    for above in range(len(LEVELS) - 1, 0, -1):
        for name in _following(definition, frozenset(LEVELS[above:])):
            levels.setdefault(name, LEVELS[above])
    for section in definition.sections:
        for item in section.items:
            if isinstance(item, Question | Calculation):
                levels.setdefault(item.name, LEVELS[0])
    return levels


def _following(definition: Definition, hidden: Collection[str]) -> frozenset[str]:
    """The questions of these clearances, and all whose values follow from them."""
    found: set[str] = set()
    nodes = [
        item
        for section in definition.sections
        for item in section.items
        if isinstance(item, Question | Calculation)
    ]
    while True:
        more = {
            node.name for node in nodes if node.name not in found and _follows(node, found, hidden)
        }
        if not more:
            return frozenset(found)
        found |= more


def _follows(node: Question | Calculation, names: set[str], hidden: Collection[str]) -> bool:
    if isinstance(node, Calculation):
        return any(key[1] in names for key in reads(node.expression))
    if node.clearance in hidden:
        return True
    own = (node.default, node.choice_filter)
    return any(key[1] in names for expression in own for key in reads(expression))


def _blank(seen: Mapping[str, Any]) -> dict[str, Any]:
    """A question that is asked; nothing of its answer."""
    kept = {key: seen[key] for key in ("relevant", "required", "read_only") if key in seen}
    return {**kept, "value": None, "missing": False, "problems": []}


def _without_words(
    definition: Definition, names: frozenset[str], place: str, seen: Mapping[str, Any]
) -> Mapping[str, Any]:
    """What is wrong with an answer may be said by what is veiled."""
    if not seen["problems"]:
        return seen
    question = _question(definition, place)
    constraints = question.constraints if isinstance(question, Question) else ()
    tells = any(
        _holds(row.message, names) or any(key[1] in names for key in reads(row.test))
        for row in constraints
    )
    return {**seen, "problems": []} if tells else seen


def _question(definition: Definition, place: str) -> Question | Calculation | None:
    name = place.rpartition("/")[2]
    found = (
        item
        for section in definition.sections
        for item in section.items
        if isinstance(item, Question | Calculation) and item.name == name
    )
    return next(found, None)


def _texts(
    definition: Definition, names: frozenset[str], texts: Mapping[str, str], language: str
) -> dict[str, str]:
    """Piped texts; one that holds something veiled has dots in the places of all answers."""
    dotted = {
        key: "".join(
            part if isinstance(part, str) else DOTS
            for part in words.of(language, definition.source)
        )
        for key, words in _worded(definition)
        if _holds(words, names)
    }
    return {key: dotted.get(key.rpartition("/")[2], text) for key, text in texts.items()}


def _worded(definition: Definition) -> Iterator[tuple[str, Localized]]:
    """Each text of a definition by the name that a view has for it."""
    for section in definition.sections:
        yield section.id, section.title
        if section.repeat:
            yield section.id, section.repeat.entry_label
        for item in section.items:
            for part in ("text", "label"):
                if isinstance(getattr(item, part, None), Localized):
                    yield item.id, getattr(item, part)
            if isinstance(getattr(item, "hint", None), Localized):
                yield f"{item.id}.hint", item.hint  # type: ignore[union-attr]
    for outcome in definition.outcomes:
        yield outcome.id, outcome.label


def _holds(words: Localized, names: frozenset[str]) -> bool:
    return any(
        isinstance(part, Hole) and _NAME.split(part.name)[0] in names
        for language in words.languages
        for part in words.of(language, language)
    )
