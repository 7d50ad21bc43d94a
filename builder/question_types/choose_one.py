"""One of several choices."""

from typing import Any

from builder.problems import Problem
from builder.problems import gettext_noop as _
from builder.question_types.base import (
    Admitted,
    QuestionType,
    Setting,
    Settings,
    choice_label,
    unreadable,
)
from builder.values import Missing, Value
from builder.values.reading import folded


class ChooseOne(QuestionType):
    """Exactly one choice of the list; the answer is its name."""

    name = "choose_one"
    label = _("Choose one")
    answer_type = "one"
    icon = "radio-full"
    control = "radios"
    right_hint = _("The name of the right choice. Left empty, the question gives no points.")
    settings = (Setting("choices", "choices", (), _("Choices")),)

    def admit(self, value: object, settings: Settings) -> Admitted:
        admitted = super().admit(value, settings)
        if admitted.value is None or any(choice.name == value for choice in settings.choices):
            return admitted
        return Admitted(Missing, "choice")

    def read(
        self, text: str, settings: Settings, today: str, language: str
    ) -> "Value | None | Problem":
        wanted = folded(text)
        if not wanted:
            return Missing
        for choice in settings.choices:
            if wanted in {folded(choice.name), folded(choice.label.plain(language))}:
                return str(choice.name)
        return unreadable(text, _("“%(text)s” is not one of the choices."))

    def show(self, value: Any, settings: Settings, language: str) -> str:
        return choice_label(settings, value, language)


CHOOSE_ONE = ChooseOne()
