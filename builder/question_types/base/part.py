"""A part of an answer, as its type declares it."""

from dataclasses import dataclass

from builder.question_types.base.settings import Choice
from builder.values import Localized


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an answer. Kinds: text, number, date, one (of `choices`), email, phone. `label` is an English text of ours, or an
    author's own."""

    name: str
    label: str | Localized
    kind: str = "text"
    choices: tuple[Choice, ...] = ()
    scale: int = 12
    minimum: str | None = None
    maximum: str | None = None

    @property
    def answer_type(self) -> str:
        """The type of the part's values."""
        return "text" if self.kind in {"email", "phone"} else self.kind
