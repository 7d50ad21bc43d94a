"""The desk that the parts of the compiler work at."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from builder.compile.index import Thing
from builder.compile.texts import Texts
from builder.conditions import Names
from builder.problems import Problem


@dataclass(frozen=True)
class Desk:
    """What the parts of the compiler share: the page's things, texts and names, and the list of problems they add to."""

    things: Mapping[str, Thing]
    texts: Texts
    names: Names
    problems: list[Problem] = field(default_factory=list)

    def problem(
        self, code: str, place: str, message: str, remedy: str = "", **params: object
    ) -> None:
        self.problems.append(Problem(code, place, message, remedy, params))
