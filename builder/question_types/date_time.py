"""A day with a time."""

from typing import TYPE_CHECKING, Any

from builder.problems import Problem
from builder.problems import gettext_noop as _
from builder.question_types.base import QuestionType, Settings, unreadable
from builder.values.reading_times import read_moment
from builder.values.showing import show_moment

if TYPE_CHECKING:
    from builder.values import Value


class DateTime(QuestionType):
    """A minute of a day, as clocks show it where it happened: no time zone."""

    name = "date_time"
    label = _("Date and time")
    answer_type = "moment"
    icon = "calendar"
    reading_hint = _("“yesterday 14:30”, “3/4 9h” work")

    def read(
        self, text: str, settings: Settings, today: str, language: str
    ) -> "Value | None | Problem":
        moment = read_moment(text, today, language)
        return (
            moment
            if moment != ""
            else unreadable(text, _("“%(text)s” is not a date with a time."))
        )

    def show(self, value: Any, settings: Settings, language: str) -> str:
        return show_moment(value, language)


DATE_TIME = DateTime()
