"""What is typed at a question, read with what the question itself says of its answers."""

from typing import TYPE_CHECKING

from builder.definition.nodes import Question
from builder.question_types import TYPES
from builder.question_types.date import DATE

if TYPE_CHECKING:
    from builder.problems import Problem
    from builder.values import Value


def read_typed(
    question: Question, text: str, today: str, language: str
) -> "Value | None | Problem":
    """A canonical value, Missing, or the Problem of a text that means nothing. A date of birth lies back, whatever its bounds."""
    if question.type == DATE.name and question.fact == "birth_date":
        return DATE.read_leaning(text, today, language, -1)
    return TYPES[question.type].read(text, question.settings, today, language)
