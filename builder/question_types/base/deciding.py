"""What the types answered by yes or no share."""

from typing import Any

from builder.problems import Problem
from builder.problems import gettext_noop as _
from builder.question_types.base.door import unreadable
from builder.question_types.base.kind import QuestionType
from builder.question_types.base.settings import Settings
from builder.values import Missing, Value
from builder.values.reading import folded
from builder.values.showing import show_bool

_YES = frozenset(["y", "yes", "true", "1", "o", "oui", "j", "ja", "vrai"])
_NO = frozenset(["n", "no", "false", "0", "non", "nee", "nein", "faux"])


class Decision(QuestionType):
    """Yes or no; both are answers."""

    answer_type = "bool"
    control = "yes_no"
    right_hint = _("yes or no. Left empty, the question gives no points.")

    def read(
        self, text: str, settings: Settings, today: str, language: str
    ) -> "Value | None | Problem":
        word = folded(text)
        if not word:
            return Missing
        if word in _YES or word in _NO:
            return word in _YES
        return unreadable(text, _("“%(text)s” is neither yes nor no."))

    def show(self, value: Any, settings: Settings, language: str) -> str:
        return show_bool(value, language)

    def cells(self, value: Any, settings: Settings) -> tuple[str, ...]:
        return ("" if value is Missing else "true" if value else "false",)
