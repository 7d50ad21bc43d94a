"""A day of the calendar."""

from typing import TYPE_CHECKING, Any

from builder.problems import Problem
from builder.problems import gettext_noop as _
from builder.question_types.base import QuestionType, Setting, Settings, unreadable
from builder.values.reading_dates import read_date
from builder.values.showing import show_date

if TYPE_CHECKING:
    from builder.values import Value


class Date(QuestionType):
    """When: a civil date; its bounds are expressions, so that they may speak of today."""

    name = "date"
    label = _("Date")
    answer_type = "date"
    icon = "date"
    reading_hint = _("“yesterday”, “3/4”, “mon” work")
    settings = (
        Setting("minimum", "condition", None, _("Earliest")),
        Setting("maximum", "condition", None, _("Latest")),
    )

    def read(
        self, text: str, settings: Settings, today: str, language: str
    ) -> "Value | None | Problem":
        date = read_date(text, today, language)
        return date if date != "" else unreadable(text, _("“%(text)s” is not a date."))

    def show(self, value: Any, settings: Settings, language: str) -> str:
        return show_date(value, language)


DATE = Date()
