"""What the door makes of values and of typed texts, and how it says that it can do nothing with one."""

from typing import NamedTuple

from builder.problems import Problem, quoted
from builder.question_types.base.settings import MOST_TEXT
from builder.values import Missing, Value, clean, is_blank, is_text, is_value


class Admitted(NamedTuple):
    """What the door makes of a value: its canonical form (or Missing), or the code of why it is refused."""

    value: Value | None
    code: str | None = None


def unreadable(text: str, message: str) -> Problem:
    """The problem of a text that means nothing here. `message` says what is expected."""
    return Problem("unreadable", "", message, params={"text": quoted(text)})


def admit_text(value: object, longest: int) -> Admitted:
    """The door for texts: clean and not too long; blank is Missing."""
    if not isinstance(value, str):
        return Admitted(Missing, "type")
    if len(value) > MOST_TEXT or len(clean(value)) > longest:
        return Admitted(Missing, "too_long")
    if not is_value("text", value):
        return (
            Admitted(Missing) if is_text(value) and is_blank(value) else Admitted(Missing, "type")
        )
    return Admitted(clean(value))
