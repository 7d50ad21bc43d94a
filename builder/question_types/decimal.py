"""A number with decimals."""

from typing import TYPE_CHECKING, Any

from builder.problems import Problem
from builder.problems import gettext_noop as _
from builder.question_types.base import Admitted, QuestionType, Setting, Settings, unreadable
from builder.values.reading import read_number
from builder.values.schemas import Schema, scaled
from builder.values.showing import show_number

if TYPE_CHECKING:
    from builder.values import Value


class Decimal(QuestionType):
    """How much: a number with at most `scale` decimals."""

    name = "decimal"
    label = _("Decimal number")
    answer_type = "number"
    icon = "decimal"
    keyboard = "decimal"
    settings = (
        Setting("scale", "whole", 2, _("Decimals")),
        Setting("minimum", "number", None, _("Least")),
        Setting("maximum", "number", None, _("Most")),
    )

    def admit(self, value: object, settings: Settings) -> Admitted:
        admitted = super().admit(value, settings)
        if admitted.code is None and isinstance(value, str) and _decimals(value) > settings.scale:
            return Admitted(None, "type")
        return admitted

    def schema(self, settings: Settings) -> Schema:
        return scaled(settings.scale)

    def read(
        self, text: str, settings: Settings, today: str, language: str
    ) -> "Value | None | Problem":
        number = read_number(text, language)
        if number is None:
            return None
        if not number:
            return unreadable(text, _("“%(text)s” is not a number."))
        if _decimals(number) > settings.scale:
            message = _("The number has more than %(scale)s decimals.")
            return Problem("unreadable", "", message, params={"scale": settings.scale})
        return number

    def show(self, value: Any, settings: Settings, language: str) -> str:
        return show_number(value, language)


def _decimals(number: str) -> int:
    return len(number.partition(".")[2])


DECIMAL = Decimal()
