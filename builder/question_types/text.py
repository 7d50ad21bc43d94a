"""A text, on one line or several."""

from typing import TYPE_CHECKING

from builder.problems import Problem
from builder.problems import gettext_noop as _
from builder.question_types.base import Admitted, QuestionType, Setting, Settings, admit_text
from builder.values.texts import BLANKS

if TYPE_CHECKING:
    from builder.values import Value


class Text(QuestionType):
    """Free text, optionally with a pattern that the whole of it must match."""

    name = "text"
    label = _("Text")
    answer_type = "text"
    icon = "pilcrow"
    free = True
    settings = (
        Setting("maximum_length", "whole", 2000, _("Longest text, in characters")),
        Setting("long", "switch", False, _("Several lines")),
        Setting("pattern", "pattern", "", _("Pattern the text must match")),
    )

    def admit(self, value: object, settings: Settings) -> Admitted:
        return Admitted(None) if value is None else admit_text(value, settings.maximum_length)

    def read(
        self, text: str, settings: Settings, today: str, language: str
    ) -> "Value | None | Problem":
        # Browsers post line ends as two characters, and count them as one.
        admitted = self.admit(text.replace("\r\n", "\n").strip(BLANKS), settings)
        if admitted.code == "too_long":
            message = _("The text is longer than %(longest)s characters.")
            return Problem("too_long", "", message, params={"longest": settings.maximum_length})
        if admitted.code:
            return Problem("unreadable", "", _("The text holds characters that cannot be kept."))
        return admitted.value


TEXT = Text()
