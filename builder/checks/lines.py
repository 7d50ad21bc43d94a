"""What the check says, line by line, and how lines of different sources are put together."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from builder.definition import Definition
from builder.problems import Problem, say
from builder.proof import SEVERITY_WORDS, Severity

ORDER: Final = tuple(SEVERITY_WORDS)


@dataclass(frozen=True)
class Line:
    """One thing to see to. `place` is a block's id; `shown` is its witness: the answers, what is seen then, and the commands."""

    code: str
    severity: str
    place: str
    words: str
    remedy: str = ""
    shown: Mapping[str, Any] | None = None
    proved: bool = False

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it; `Line(**plain)` is the line again."""
        return asdict(self)


def line_of(problem: Problem, gettext: Callable[[str], str], severity: str = "") -> Line:
    """A problem as a line; a warning where it does not veto."""
    own = Severity.WARNING if problem.warning else Severity.ERROR
    return Line(
        problem.code,
        severity or own.value,
        problem.place,
        say(replace(problem, remedy=""), gettext),
        say(replace(problem, message=""), gettext),
    )


def together(*sources: Iterable[Line]) -> list[Line]:
    """The lines of all sources, each once, the worst first; within a severity as they come."""
    found: dict[tuple[str, str, str], Line] = {}
    for source in sources:
        for line in source:
            key = (line.code, line.place, line.words)
            if key not in found or found[key].shown is None:
                found[key] = line
    ranks = {severity.value: rank for rank, severity in enumerate(ORDER)}
    return sorted(found.values(), key=lambda line: ranks[line.severity])


def counts(lines: Iterable[Line]) -> dict[str, int]:
    """How many lines of each severity."""
    severities = [line.severity for line in lines]
    return {severity.value: severities.count(severity.value) for severity in ORDER}


def meant_elsewhere(definition: Definition | None) -> frozenset[str]:
    """Codes of static problems that are none here: a document's texts name the answers of another app."""
    is_document = definition is not None and definition.kind == "document"
    return frozenset({"unknown_reference", "unread"}) if is_document else frozenset()
