"""A long list of choices on the screen: none of them stands in the page, only the one that is chosen.

The browser fetches the list by its hash and finds a choice as one types (`screen/long.mjs`). Without JavaScript the field is
a text that is read here: a choice's code, or its label in full in any language. What else fits is told, never picked.
"""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.translation import gettext

from builder.definition import is_long
from builder.definition.nodes import Question
from builder.problems import Problem, gettext_noop
from builder.question_types import Settings
from builder.values.reading import folded
from runtime.workspace.screen_marks import Asked

__all__ = ["draw_long", "is_long", "read_long", "why_not"]

TOLD_AT_MOST = 8
KEPT_AT_MOST = 16
UNKNOWN = gettext_noop(
    "“%(text)s” is not on the list. Write the code or the label of a choice, or the beginnings of its words to be told what fits."
)
NEAR = gettext_noop(
    "“%(text)s” is not on the list. These fit: %(choices)s. Write one of them in full, or its code."
)
SEVERAL = gettext_noop(
    "“%(text)s” is what several choices are called: %(choices)s. Write the code of the one that is meant."
)


@dataclass(frozen=True)
class Meant:
    """What may be written for the choices of a list: the names that each folded code or label stands for."""

    settings: Settings  # held, so that no other can take its place
    names: dict[str, list[str]]


# Made once for each list; by identity, as definitions are kept (`builder.models.load`).
_kept: OrderedDict[int, Meant] = OrderedDict()


def _meant(settings: Settings) -> Meant:
    found = _kept.get(id(settings))
    if found is None or found.settings is not settings:
        found = _kept[id(settings)] = Meant(settings, _names(settings))
        while len(_kept) > KEPT_AT_MOST:
            _kept.popitem(last=False)
    return found


def _names(settings: Settings) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for choice in settings.choices:
        label = choice.label
        for word in {
            folded(choice.name),
            *(folded(label.plain(code)) for code in label.languages),
        }:
            found.setdefault(word, []).append(choice.name)
    return found


def read_long(question: Question, text: str) -> str | Problem | None:
    """The name of the choice that a text means, None for blank, or that it means none or several."""
    if not text:
        return None
    if text in question.settings.names:
        return text
    names = _meant(question.settings).names.get(folded(text), [])
    return names[0] if len(names) == 1 else Problem("unreadable", "", UNKNOWN, "", {"text": text})


def why_not(question: Question, text: str, language: str) -> str:
    """Why a text stands for no choice, with those that it may have meant."""
    wanted = folded(text)
    names = _meant(question.settings).names.get(wanted, [])
    if len(names) > 1:
        return gettext(SEVERAL) % {"text": text, "choices": ", ".join(names[:TOLD_AT_MOST])}
    near = list(dict.fromkeys(_near(question.settings, wanted.split())))
    if not near:
        return gettext(UNKNOWN) % {"text": text}
    labels = {c.name: c.label.plain(language) or c.name for c in question.settings.choices}
    told = ", ".join(f"{labels[name]} ({name})" for name in near[:TOLD_AT_MOST])
    return gettext(NEAR) % {"text": text, "choices": told + (", …" if near[TOLD_AT_MOST:] else "")}


def _near(settings: Settings, wanted: list[str]) -> Iterator[str]:
    """Every word that was written begins a word of the label, as where one finds by typing."""
    for words, names in _meant(settings).names.items():
        if wanted and all(f" {word}" in f" {words}" for word in wanted):
            yield from names


def draw_long(asked: Asked, flags: str) -> str:
    """A field for the code or label; the name of the choice stands beside it for the browser."""
    raw: Any = asked.raw
    chosen = raw if isinstance(raw, str) and raw in asked.question.settings.names else ""
    shown = _label(asked, chosen) if chosen else "" if raw is None else str(raw)
    return (
        f'<input type="text" autocomplete="off" spellcheck="false" value="{escape(shown)}" '
        f'data-long="{escape(chosen)}" {flags}>'
    )


def _label(asked: Asked, name: str) -> str:
    """The label of a choice; its code where another has the same label, or it has none."""
    choice = next(each for each in asked.question.settings.choices if each.name == name)
    label = asked.sheet.plain(choice.label)
    alone = _meant(asked.question.settings).names.get(folded(label)) == [name]
    return label if alone else name
