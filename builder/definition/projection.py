"""Projections: what each audience's browser may have of a definition (the same format, with less in it).

A projection in one language holds that language's texts only (the source's where a text is not translated); it still
names all languages, so that the screen can offer them.
"""

from dataclasses import dataclass, replace
from typing import Final

from builder.definition.nodes import (
    Calculation,
    Definition,
    Item,
    Outcome,
    Question,
    Section,
    TextItem,
)
from builder.question_types import Settings, with_texts
from builder.values import Localized
from builder.values.localized import NO_TEXT


@dataclass(frozen=True, slots=True)
class Audience:
    """What an audience is shown beside the questions themselves."""

    cues: bool
    right: bool
    explanation: bool
    effects: bool


AUDIENCES: Final = {
    "agent": Audience(cues=True, right=False, explanation=True, effects=True),
    "learner": Audience(cues=True, right=False, explanation=False, effects=False),
    "public": Audience(cues=False, right=False, explanation=True, effects=False),
    "practice": Audience(cues=True, right=True, explanation=True, effects=False),
}


class _Projector:
    def __init__(self, audience: Audience, language: str | None, source: str) -> None:
        self.audience = audience
        self.language = language
        self.source = source

    def text(self, text: Localized) -> Localized:
        if self.language is None:
            return text
        parts = text.of(self.language, self.source)
        # Under the language it is written in: a screen shows that it stands in for another.
        return Localized(((text.spoken(self.language, self.source), parts),)) if parts else NO_TEXT

    def section(self, section: Section) -> Section:
        repeat = section.repeat
        return replace(
            section,
            title=self.text(section.title),
            items=tuple(self.item(item) for item in section.items if self.keeps(item)),
            repeat=repeat and replace(repeat, entry_label=self.text(repeat.entry_label)),
        )

    def keeps(self, item: Item) -> bool:
        return self.audience.cues or not (isinstance(item, TextItem) and item.kind == "cue")

    def item(self, item: Item) -> Item:
        if isinstance(item, Question):
            return self.question(item)
        if isinstance(item, Calculation):
            return replace(item, label=self.text(item.label))
        return replace(item, text=self.text(item.text))

    def question(self, question: Question) -> Question:
        return replace(
            question,
            label=self.text(question.label),
            hint=self.text(question.hint),
            settings=self.settings(question.settings),
            constraints=tuple(
                replace(row, message=self.text(row.message)) for row in question.constraints
            ),
            searchable=None,
            right=question.right if self.audience.right else None,
            explanation=self.text(question.explanation) if self.audience.explanation else NO_TEXT,
        )

    def settings(self, settings: Settings) -> Settings:
        return with_texts(settings, self.text)

    def outcome(self, outcome: Outcome) -> Outcome:
        kept = outcome.effects if self.audience.effects else ()
        # When they happen, and what they say, is the server's.
        effects = tuple(replace(effect, relevance=None, text=NO_TEXT) for effect in kept)
        return replace(outcome, label=self.text(outcome.label), effects=effects)


def project(definition: Definition, audience: str, language: str | None = None) -> Definition:
    """The definition as one audience may have it, in all languages or in one."""
    projector = _Projector(AUDIENCES[audience], language, definition.source)
    return replace(
        definition,
        title=projector.text(definition.title),
        sections=tuple(projector.section(section) for section in definition.sections),
        outcomes=tuple(projector.outcome(outcome) for outcome in definition.outcomes),
    )
