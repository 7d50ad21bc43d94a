"""What the types with a list of choices share: a choice is meant by its name or by its label."""

from typing import Any

from builder.problems import Problem
from builder.problems import gettext_noop as _
from builder.question_types.base.door import Admitted, unreadable
from builder.question_types.base.kind import QuestionType
from builder.question_types.base.settings import Setting, Settings, choice_label
from builder.values import Missing, Value
from builder.values.reading import folded
from builder.values.schemas import Schema

CHOICES = Setting("choices", "choices", (), _("Choices"))


def named(settings: Settings, language: str) -> dict[str, str]:
    """The choice that each folded word means; the first of two wins."""
    found: dict[str, str] = {}
    for choice in settings.choices:
        found.setdefault(folded(choice.name), choice.name)
        found.setdefault(folded(choice.label.plain(language)), choice.name)
    return found


def one_of(settings: Settings) -> Schema:
    """The names of the choices, as a schema."""
    return {"type": "string", "enum": [choice.name for choice in settings.choices]}


def words_of(text: str) -> list[str]:
    """The folded words between commas and semicolons."""
    return [word for word in map(folded, text.replace(";", ",").split(",")) if word]


def no_choice(text: str) -> Problem:
    """Somebody typed what is on no list."""
    return unreadable(text, _("“%(text)s” is not one of the choices."))


class OneChoice(QuestionType):
    """Exactly one choice of the list; the answer is its name."""

    answer_type = "one"
    settings = (CHOICES,)
    right_hint = _("The name of the right choice. Left empty, the question gives no points.")

    def admit(self, value: object, settings: Settings) -> Admitted:
        admitted = super().admit(value, settings)
        if admitted.value is None or value in settings.names:
            return admitted
        return Admitted(Missing, "choice")

    def schema(self, settings: Settings) -> Schema:
        return one_of(settings)

    def read(
        self, text: str, settings: Settings, today: str, language: str
    ) -> "Value | None | Problem":
        wanted = folded(text)
        if not wanted:
            return Missing
        return named(settings, language).get(wanted) or no_choice(text)

    def show(self, value: Any, settings: Settings, language: str) -> str:
        return choice_label(settings, value, language)
