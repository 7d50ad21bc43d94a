"""The unknowns of one answer, and what a definition writes out that may be tried as one."""

from dataclasses import dataclass, field
from typing import Final

from builder.definition import Question
from builder.proof.rows import FALSE, Term

MOST_MEMBERS: Final = 300


@dataclass
class Raw:
    """The unknowns of one answer: whether it is given, whether what was typed means nothing, its code, its choices, its parts."""

    place: str
    question: Question | None
    type: str
    given: Term
    garbled: Term = FALSE
    value: Term = FALSE
    scale: int = 0
    tried: tuple[int, ...] = ()
    members: dict[int, Term] = field(default_factory=dict)
    others: tuple[Term, tuple[int, ...]] = (FALSE, ())  # a choice of those nobody speaks of
    most: int = MOST_MEMBERS  # how many may be chosen
    parts: "dict[str, Raw]" = field(default_factory=dict)
    # Sets of parts: those of one of them are given, all of them, or none.
    wholes: tuple[tuple[str, ...], ...] = ()
    listed: list[Term] = field(default_factory=list)

    def unknowns(self) -> list[Term]:
        """All of them. Asked for when the answer is made up."""
        if not self.listed:
            self.listed = self._unknowns()
        return self.listed

    def _unknowns(self) -> list[Term]:
        own = [t for t in (self.given, self.garbled, self.value, self.others[0]) if t > FALSE]
        inner = [t for part in self.parts.values() for t in part.unknowns()]
        return [*own, *self.members.values(), *inner]


@dataclass(frozen=True)
class Spoken:
    """What a definition's expressions write out: values by type, values beside names, choices, patterns."""

    values: dict[str, tuple[str, ...]]
    beside: dict[str, tuple[str, ...]]
    patterns: tuple[str, ...]
