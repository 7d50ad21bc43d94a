"""Any number of several choices."""

from typing import TYPE_CHECKING, Any

from builder.problems import gettext_noop as _
from builder.question_types.base import Admitted, QuestionType, Settings, choice_label
from builder.question_types.base.choosing import CHOICES, named, no_choice, one_of, words_of
from builder.values import Missing, Value, is_value
from builder.values.schemas import Schema, names

if TYPE_CHECKING:
    from builder.problems import Problem


class ChooseSeveral(QuestionType):
    """Choices of the list; the answer is their names in the list's order. None chosen is no answer."""

    name = "choose_several"
    label = _("Choose several")
    answer_type = "many"
    settings = (CHOICES,)
    icon = "tasks"
    control = "checks"
    right_hint = _(
        "The names of the right choices, with commas between. Left empty, the question gives no points."
    )

    def admit(self, value: object, settings: Settings) -> Admitted:
        if value is Missing or value in ([], ()):
            return Admitted(Missing)
        if not isinstance(value, list | tuple) or not is_value("many", value):
            return Admitted(Missing, "type")
        chosen = _in_order(settings, set(value))
        return Admitted(chosen) if len(chosen) == len(value) else Admitted(Missing, "choice")

    def schema(self, settings: Settings) -> Schema:
        return names(one_of(settings))

    def read(
        self, text: str, settings: Settings, today: str, language: str
    ) -> "Value | None | Problem":
        wanted, meant = words_of(text), named(settings, language)
        if not meant.keys() >= set(wanted):
            return no_choice(text)
        return _in_order(settings, {meant[word] for word in wanted}) or Missing

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


def _in_order(settings: Settings, names: set[str]) -> list[str]:
    return [choice.name for choice in settings.choices if choice.name in names]


CHOOSE_SEVERAL = ChooseSeveral()
