"""Texts with holes, compiled: the parts are joined with what the holes show. Missing prints nothing.

A text is split when its page is compiled, so that nothing in an answer is ever taken for a hole.
"""

from collections.abc import Callable
from typing import Any

from builder.definition import Calculation, Question
from builder.question_types import TYPES, Settings, choice_label
from builder.question_types.base import Composite
from builder.values import Hole, Localized, Piped, canonical
from builder.values.showing import SHOWN, show_number
from runtime.engine.reaching import Values

Show = Callable[[Any, str], str]
Text = Callable[[Values, Values, str], str]


def shower(cell: Question | Calculation, answer_type: str, source: str) -> Show:
    """How values of a question or calculation look in a text: `(value, language) -> text`."""
    if answer_type == "number":
        return lambda value, language: show_number(canonical(value), language)
    if answer_type == "parts" and isinstance(cell, Question):
        return _in_parts(cell, source)
    if answer_type in SHOWN:
        return SHOWN[answer_type]
    if isinstance(cell, Question) and "choices" in cell.settings.items():
        return _labels(cell.settings, source)
    return lambda value, _language: value if isinstance(value, str) else ", ".join(value)


def _in_parts(question: Question, source: str) -> Show:
    kind, settings = TYPES[question.type], question.settings
    assert isinstance(kind, Composite)  # noqa: S101 - as all are whose answers have parts
    return lambda value, language: kind.show(value, settings, language, source)


def _labels(settings: Settings, source: str) -> Show:
    def show(value: Any, language: str) -> str:
        names = (value,) if isinstance(value, str) else value
        return ", ".join(choice_label(settings, name, language, source) for name in names)

    return show


def text(
    localized: Localized,
    source: str,
    hole: Callable[[str], tuple[Callable[[Values, Values], Any], Show]],
) -> Text:
    """The text in any language, ready to be filled. `hole` finds the value and the shower of a name."""
    compiled: dict[str, list[str | tuple[Callable[[Values, Values], Any], Show]]] = {}

    def parts_in(language: str) -> list[str | tuple[Callable[[Values, Values], Any], Show]]:
        if language not in compiled:
            compiled[language] = _parts(localized.of(language, source), hole)
        return compiled[language]

    def fill(root: Values, entry: Values, language: str) -> str:
        return "".join(
            part if isinstance(part, str) else _shown(part, root, entry, language)
            for part in parts_in(language)
        )

    return fill


def _parts(piped: Piped, hole: Callable[[str], Any]) -> list[Any]:
    return [hole(part.name) if isinstance(part, Hole) else part for part in piped]


def _shown(part: Any, root: Values, entry: Values, language: str) -> str:
    value, show = part
    found = value(root, entry)
    return "" if found is None else show(found, language)
