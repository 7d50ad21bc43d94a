"""A whole number."""

from typing import TYPE_CHECKING, Any

from builder.problems import Problem
from builder.problems import gettext_noop as _
from builder.question_types.base import Admitted, QuestionType, Setting, Settings, unreadable
from builder.question_types.base.searching import FEWEST_ANSWERS, fewer, figures
from builder.values.reading import read_number
from builder.values.schemas import WHOLE, Schema
from builder.values.showing import show_number

if TYPE_CHECKING:
    from builder.values import Value


class Integer(QuestionType):
    """How many: a number without a fraction."""

    name = "integer"
    label = _("Whole number")
    answer_type = "number"
    searches = ("number",)
    icon = "order"
    keyboard = "numeric"
    settings = (
        Setting("minimum", "number", None, _("Least")),
        Setting("maximum", "number", None, _("Most")),
    )

    def admit(self, value: object, settings: Settings) -> Admitted:
        admitted = super().admit(value, settings)
        return Admitted(None, "type") if isinstance(value, str) and "." in value else admitted

    def too_few(self, settings: Settings) -> bool:
        return fewer(figures(settings), FEWEST_ANSWERS)

    def schema(self, settings: Settings) -> Schema:
        return WHOLE

    def read(
        self, text: str, settings: Settings, today: str, language: str
    ) -> "Value | None | Problem":
        number = read_number(text, language)
        if number is None or (number and "." not in number):
            return number
        return unreadable(text, _("“%(text)s” is not a whole number."))

    def show(self, value: Any, settings: Settings, language: str) -> str:
        return show_number(value, language)


INTEGER = Integer()
