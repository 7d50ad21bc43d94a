"""What a proof says: findings, and of each block whether anybody can reach it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from builder.conditions import Expression
from builder.problems import Problem, gettext_noop
from builder.proof.witness import Witness

_NOTHING: Mapping[str, object] = MappingProxyType({})


class Severity(StrEnum):
    """How bad it is: an error cannot be meant, a warning rarely is, a hint may be."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Standing(StrEnum):
    """Whether a block can be reached."""

    REACHED = "reached"
    UNREACHABLE = "unreachable"
    UNDECIDED = "undecided"


SEVERITY_WORDS: Mapping[Severity, str] = MappingProxyType(
    {
        Severity.ERROR: gettext_noop("Error"),
        Severity.WARNING: gettext_noop("Warning"),
        Severity.HINT: gettext_noop("Suggestion"),
    }
)


@dataclass(frozen=True, slots=True)
class Never:
    """What is proved: an expression never gives these values where it stands (in the entries of a repeat, or at the root). With
    `valid` only while nothing is wrong with any answer."""

    expression: Expression
    repeat: str
    values: tuple[bool | None, ...]
    valid: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a script that its author should see. Said like a problem; `witness` shows it, `proof` is what was proved."""

    code: str
    severity: Severity
    place: str
    message: str
    remedy: str = ""
    params: Mapping[str, object] = field(default_factory=dict, hash=False)
    witness: Witness | None = None
    proof: Never | None = None

    @property
    def problem(self) -> Problem:
        """The same as a problem, to be said as one."""
        return Problem(
            self.code, self.place, self.message, self.remedy, self.params,
            warning=self.severity is not Severity.ERROR,
        )  # fmt: skip


@dataclass(frozen=True)
class Block:
    """A section, a question, a text or an outcome, by its id. `way` makes the witness, which is only wanted of few."""

    id: str
    standing: Standing
    way: Callable[[], Witness] | None = field(default=None, compare=False)

    @cached_property
    def witness(self) -> Witness | None:
        """How one gets there."""
        return None if self.way is None else self.way()


@dataclass(frozen=True, slots=True)
class Report:
    """All of it. `whole`: nothing was left out for want of time."""

    findings: tuple[Finding, ...]
    blocks: Mapping[str, Block]
    whole: bool = True
    undecided: int = 0

    def of(self, place: str) -> tuple[Finding, ...]:
        """What is said of one block."""
        return tuple(finding for finding in self.findings if finding.place == place)
