"""A date that may lack its day or month."""

from typing import TYPE_CHECKING, Any

from builder.problems import Problem
from builder.problems import gettext_noop as _
from builder.question_types.base import QuestionType, Settings, unreadable
from builder.values.reading_times import read_partial
from builder.values.showing import show_partial

if TYPE_CHECKING:
    from builder.values import Value


class PartialDate(QuestionType):
    """A year, a month of a year, or a day: people remember “the spring of 2019”. Conditions ask for its first or last day."""

    name = "partial_date"
    label = _("Date, as far as it is known")
    answer_type = "partial"
    icon = "calendar-check"
    reading_hint = _("“2019”, “march 2019”, “3/4/2019” work")

    def read(
        self, text: str, settings: Settings, today: str, language: str
    ) -> "Value | None | Problem":
        partial = read_partial(text, today, language)
        return (
            partial
            if partial != ""
            else unreadable(text, _("“%(text)s” is not a year, a month or a date."))
        )

    def show(self, value: Any, settings: Settings, language: str) -> str:
        return show_partial(value, language)


PARTIAL_DATE = PartialDate()
