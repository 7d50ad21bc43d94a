"""A time of the day."""

from typing import TYPE_CHECKING

from builder.problems import Problem
from builder.problems import gettext_noop as _
from builder.question_types.base import QuestionType, Settings, unreadable
from builder.values.reading_times import read_time

if TYPE_CHECKING:
    from builder.values import Value


class Time(QuestionType):
    """A minute of the day, from 00:00 to 23:59."""

    name = "time"
    label = _("Time")
    answer_type = "time"
    icon = "history"
    reading_hint = _("“14h30”, “2:30 pm”, “noon” work")

    def read(
        self, text: str, settings: Settings, today: str, language: str
    ) -> "Value | None | Problem":
        time = read_time(text)
        return time if time != "" else unreadable(text, _("“%(text)s” is not a time of the day."))


TIME = Time()
