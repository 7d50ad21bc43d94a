"""Any number of several choices."""

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
from builder.values import Missing, Value, is_value
from builder.values.reading import folded


class ChooseSeveral(QuestionType):
    """Choices of the list; the answer is their names in the list's order. None chosen is no answer."""

    name = "choose_several"
    label = _("Choose several")
    answer_type = "many"
    icon = "tasks"
    control = "checks"
    right_hint = _(
        "The names of the right choices, with commas between. Left empty, the question gives no points."
    )
    settings = (Setting("choices", "choices", (), _("Choices")),)

    def admit(self, value: object, settings: Settings) -> Admitted:
        if value is Missing or value in ([], ()):
            return Admitted(Missing)
        if not isinstance(value, list | tuple) or not is_value("many", value):
            return Admitted(Missing, "type")
        chosen = [choice.name for choice in settings.choices if choice.name in value]
        return Admitted(chosen) if len(chosen) == len(value) else Admitted(Missing, "choice")

    def read(
        self, text: str, settings: Settings, today: str, language: str
    ) -> "Value | None | Problem":
        wanted = [word for word in map(folded, text.replace(";", ",").split(",")) if word]
        chosen, known = [], set()
        for choice in settings.choices:
            names = {folded(choice.name), folded(choice.label.plain(language))}
            if not names.isdisjoint(wanted):
                chosen.append(choice.name)
                known |= names
        if not set(wanted) <= known:
            return unreadable(text, _("“%(text)s” is not one of the choices."))
        return chosen or Missing

    def show(self, value: Any, settings: Settings, language: str) -> str:
        return ", ".join(choice_label(settings, name, language) for name in value)

    def columns(self, name: str, settings: Settings) -> tuple[str, ...]:
        return tuple(f"{name}.{choice.name}" for choice in settings.choices)

    def column_labels(self, settings: Settings, language: str, source: str) -> tuple[str, ...]:
        return tuple(choice.label.plain(language, source) for choice in settings.choices)

    def cells(self, value: Any, settings: Settings) -> tuple[str, ...]:
        if value is Missing:
            return ("",) * len(settings.choices)
        return tuple("true" if choice.name in value else "false" for choice in settings.choices)


CHOOSE_SEVERAL = ChooseSeveral()
