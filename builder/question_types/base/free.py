"""What the types of free text share: any text is an answer, up to its length."""

from typing import Final

from builder.problems import Problem
from builder.problems import gettext_noop as _
from builder.question_types.base.door import Admitted, admit_text, unreadable
from builder.question_types.base.kind import QuestionType
from builder.question_types.base.searching import FEWEST_LETTERS, fewer
from builder.question_types.base.settings import Setting, Settings
from builder.values import Missing, Value, is_blank
from builder.values.schemas import Schema
from builder.values.texts import BLANKS

LONGEST_CODE: Final = 2000
LONGEST_AT_THE_DOOR: Final = 50


def longest(characters: int) -> Setting:
    """The setting that limits a text."""
    return Setting("maximum_length", "whole", characters, _("Longest text, in characters"))


class FreeText(QuestionType):
    """A text as it is typed."""

    answer_type = "text"
    free = True

    def too_few(self, settings: Settings) -> bool:
        return fewer(settings.maximum_length or None, FEWEST_LETTERS)

    def admit(self, value: object, settings: Settings) -> Admitted:
        return Admitted(Missing) if value is None else admit_text(value, settings.maximum_length)

    def schema(self, settings: Settings) -> Schema:
        return {**super().schema(settings), "maxLength": settings.maximum_length}

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


class CodeText(QuestionType):
    """A text with one canonical spelling, which both engines know. `spelt` gives it, or an empty text for none."""

    answer_type = "text"

    def spelt(self, text: str, settings: Settings) -> str:
        """The canonical spelling."""
        raise NotImplementedError

    def expected(self) -> str:
        """What to say when there is none, with the text as %(text)s."""
        raise NotImplementedError

    def admit(self, value: object, settings: Settings) -> Admitted:
        admitted = Admitted(Missing) if value is None else admit_text(value, LONGEST_CODE)
        if not isinstance(admitted.value, str):
            return admitted
        spelt = self.spelt(admitted.value, settings)
        return Admitted(spelt) if spelt else Admitted(Missing, "type")

    def read(
        self, text: str, settings: Settings, today: str, language: str
    ) -> "Value | None | Problem":
        if is_blank(text):
            return Missing
        admitted = self.admit(text, settings)
        return unreadable(text, self.expected()) if admitted.code else admitted.value


class ReadAtTheDoor(QuestionType):
    """A text that a library reads, which the browser has no twin of: it comes as it was typed."""

    answer_type = "text"
    door = True

    def admit(self, value: object, settings: Settings) -> Admitted:
        return Admitted(Missing) if value is None else admit_text(value, LONGEST_AT_THE_DOOR)
