"""A point on a scale."""

from typing import TYPE_CHECKING, Any

from builder.problems import Problem
from builder.problems import gettext_noop as _
from builder.question_types.base import (
    Admitted,
    QuestionType,
    Setting,
    Settings,
    points,
    unreadable,
)
from builder.values import Missing, decimal
from builder.values.reading import read_number
from builder.values.schemas import WHOLE, Schema
from builder.values.showing import show_number

if TYPE_CHECKING:
    from builder.values import Value


class Scale(QuestionType):
    """A whole number from the one end to the other; the ends have a label."""

    name = "scale"
    label = _("Scale")
    answer_type = "number"
    settings = (
        Setting("minimum", "figure", "0", _("Least")),
        Setting("maximum", "figure", "10", _("Most")),
        Setting("minimum_label", "label", None, _("What the least means")),
        Setting("maximum_label", "label", None, _("What the most means")),
    )
    icon = "sliders"
    control = "scale"

    def faults(self, settings: Settings) -> tuple[str, ...]:
        if points(settings):
            return ()
        return (_("A scale goes from one whole number to a greater one, in at most 20 steps."),)

    def admit(self, value: object, settings: Settings) -> Admitted:
        admitted = super().admit(value, settings)
        if not isinstance(value, str) or admitted.code:
            return admitted
        if "." in value:
            return Admitted(Missing, "type")
        low, high, number = settings.minimum, settings.maximum, decimal(value)
        fits = not (
            (isinstance(low, str) and number < decimal(low))
            or (isinstance(high, str) and number > decimal(high))
        )
        return admitted if fits else Admitted(Missing, "range")

    def schema(self, settings: Settings) -> Schema:
        return WHOLE

    def read(
        self, text: str, settings: Settings, today: str, language: str
    ) -> "Value | None | Problem":
        number = read_number(text, language)
        if number is None or not self.admit(number, settings).code:
            return number
        return unreadable(text, _("“%(text)s” is not on the scale."))

    def show(self, value: Any, settings: Settings, language: str) -> str:
        return show_number(value, language)


SCALE = Scale()
