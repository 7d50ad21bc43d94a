"""A day of the calendar."""

from typing import TYPE_CHECKING, Any

from builder.conditions.nodes import Today
from builder.problems import Problem
from builder.problems import gettext_noop as _
from builder.question_types.base import QuestionType, Setting, Settings, unreadable
from builder.question_types.base.searching import FEWEST_DAYS, days, fewer
from builder.values.reading_dates import Lean, read_date
from builder.values.showing import show_date

if TYPE_CHECKING:
    from builder.values import Value


class Date(QuestionType):
    """When: a civil date; its bounds are expressions, so that they may speak of today."""

    name = "date"
    label = _("Date")
    answer_type = "date"
    searches = ("date",)
    icon = "date"
    reading_hint = _("“yesterday”, “3/4”, “mon” work")
    settings = (
        Setting("minimum", "condition", None, _("Earliest")),
        Setting("maximum", "condition", None, _("Latest")),
    )

    def too_few(self, settings: Settings) -> bool:
        return fewer(days(settings), FEWEST_DAYS)

    def read(
        self, text: str, settings: Settings, today: str, language: str
    ) -> "Value | None | Problem":
        return self.read_leaning(text, today, language, leaning(settings))

    def read_leaning(
        self, text: str, today: str, language: str, lean: Lean
    ) -> "Value | None | Problem":
        """The same, of a day that is known to lie back or ahead."""
        date = read_date(text, today, language, lean)
        return date if date != "" else unreadable(text, _("“%(text)s” is not a date."))

    def show(self, value: Any, settings: Settings, language: str) -> str:
        return show_date(value, language)


def leaning(settings: Settings) -> Lean:
    """Where a day lies whose bounds are today."""
    if settings.maximum == Today():
        return -1
    return 1 if settings.minimum == Today() else 0


DATE = Date()
