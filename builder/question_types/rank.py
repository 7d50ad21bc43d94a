"""Choices put in order."""

from typing import TYPE_CHECKING, Any, Final

from builder.problems import gettext_noop as _
from builder.question_types.base import (
    Admitted,
    QuestionType,
    Setting,
    Settings,
    choice_label,
    unreadable,
)
from builder.question_types.base.choosing import CHOICES, named, no_choice, one_of, words_of
from builder.values import Missing, Value, is_value
from builder.values.schemas import Schema, names

if TYPE_CHECKING:
    from builder.problems import Problem


MOST_RANKED: Final = 20


class Rank(QuestionType):
    """The first choice first. Fewer places than asked for are an answer, but not enough where one is required."""

    name = "rank"
    label = _("Put in order")
    answer_type = "ranked"
    settings = (
        CHOICES,
        Setting("places", "whole", 0, _("Places to fill (0: all choices)")),
    )
    icon = "list-ol"
    control = "rank"
    demanding = True
    right_hint = _(
        "The names of the choices in the right order, with commas between. Left empty, the question gives no points."
    )

    def faults(self, settings: Settings) -> tuple[str, ...]:
        if len(settings.choices) <= MOST_RANKED:
            return ()
        return (_("At most 20 choices can be put in order."),)

    def places(self, settings: Settings) -> int:
        """How many choices are put in order."""
        count = len(settings.choices)
        return min(int(settings.items()["places"]) or count, count)

    def admit(self, value: object, settings: Settings) -> Admitted:
        if value is Missing or value in ([], ()):
            return Admitted(Missing)
        if not isinstance(value, list | tuple) or not is_value("ranked", value):
            return Admitted(Missing, "type")
        known = {choice.name for choice in settings.choices}
        fits = len(value) <= self.places(settings) and known.issuperset(value)
        return Admitted([*value]) if fits else Admitted(Missing, "choice")

    def satisfies(self, value: Any, settings: Settings) -> bool:
        return len(value) == self.places(settings)

    def schema(self, settings: Settings) -> Schema:
        return {**names(one_of(settings)), "maxItems": self.places(settings)}

    def read(
        self, text: str, settings: Settings, today: str, language: str
    ) -> "Value | None | Problem":
        """As typed, the first one first."""
        wanted, meant = words_of(text), named(settings, language)
        if not meant.keys() >= set(wanted):
            return no_choice(text)
        ranked = [meant[word] for word in wanted]
        if self.admit(ranked, settings).code:
            return unreadable(text, _("“%(text)s” names a choice twice, or too many of them."))
        return ranked or Missing

    def show(self, value: Any, settings: Settings, language: str) -> str:
        return ", ".join(choice_label(settings, name, language) for name in value)

    def columns(self, name: str, settings: Settings) -> tuple[str, ...]:
        return tuple(f"{name}.{choice.name}" for choice in settings.choices)

    def column_labels(self, settings: Settings, language: str, source: str) -> tuple[str, ...]:
        return tuple(choice.label.plain(language, source) for choice in settings.choices)

    def cells(self, value: Any, settings: Settings) -> tuple[str, ...]:
        """The place of each choice, from 1."""
        places = {name: str(place) for place, name in enumerate(value or (), start=1)}
        return tuple(places.get(choice.name, "") for choice in settings.choices)


RANK = Rank()
