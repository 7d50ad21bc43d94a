"""What tests reach: questions, conditions both ways, outcomes, rows of tables; and what none of them reaches.

A condition counts as it is where a run ends, and only where its section is on the way: what nobody got to was not tried.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from builder.conditions import Expression
from builder.conditions.tables import table_in
from builder.definition import Calculation, Definition, Outcome, Question, Section
from builder.definition.walk import index, items
from builder.playing import Seen, Watched
from builder.problems import gettext_noop

RELEVANCE: Final = gettext_noop("asked when")
REQUIRED: Final = gettext_noop("required when")
READ_ONLY: Final = gettext_noop("read only when")
CONSTRAINT: Final = gettext_noop("an answer fits when")
ROW: Final = gettext_noop("row of the table")
AVAILABLE: Final = gettext_noop("offered when")


@dataclass(frozen=True)
class Branch:
    """A condition that may hold or not; of a row only that it holds counts."""

    id: str
    kind: str
    expression: Expression
    repeat: str = ""
    section: str = ""

    @property
    def watched(self) -> Watched:
        return Watched(self.expression, self.repeat)


@dataclass
class Covered:
    """What runs have reached so far: names of questions, sections and outcomes, and truths by the number of a branch."""

    questions: set[str] = field(default_factory=set)
    sections: set[str] = field(default_factory=set)
    outcomes: set[str] = field(default_factory=set)
    truths: set[tuple[int, bool]] = field(default_factory=set)

    def take(self, branches: tuple[Branch, ...], seen: Seen) -> None:
        """One more run."""
        self.questions |= asked_in(seen.played.view)
        self.sections |= sections_in(seen.played.view)
        self.outcomes |= ends_in(seen.played.state, seen.played.view)
        for number, (branch, values) in enumerate(zip(branches, seen.values, strict=True)):
            if not branch.section or branch.section in sections_in(seen.played.view):
                self.truths |= {(number, value) for value in values if value is not None}


def asked_in(view: Mapping[str, Any]) -> set[str]:
    """The questions that are asked."""
    return {
        place.rpartition("/")[2] for place, seen in view["questions"].items() if seen["relevant"]
    }


def sections_in(view: Mapping[str, Any]) -> set[str]:
    """The sections that are relevant, somewhere."""
    return {
        place.rpartition("/")[2] for place, seen in view["sections"].items() if _relevant(seen)
    }


def _relevant(seen: Any) -> bool:
    return bool(seen["relevant"] if isinstance(seen, Mapping) else seen)


def ends_in(state: Mapping[str, Any], view: Mapping[str, Any]) -> set[str]:
    """The outcome that was chosen, and those that could have been."""
    ready = {name for name, seen in view["outcomes"].items() if seen["relevant"] and seen["ready"]}
    return ready | ({state["outcome"]} if state["outcome"] else set())


def branches_of(definition: Definition) -> tuple[Branch, ...]:
    """All conditions, in reading order."""
    known = index(definition)
    found: list[Branch] = []
    for section in definition.sections:
        repeats = [one.name for one in known.repeats(section)]
        outside = repeats[1:] if section.repeat else repeats
        if section.relevance is not None:
            found.append(Branch(section.id, RELEVANCE, section.relevance, next(iter(outside), "")))
        for item in section.items:
            found += _of_item(item, next(iter(repeats), ""), section.name)
    for outcome in definition.outcomes:
        if outcome.relevance is not None:
            found.append(Branch(outcome.id, AVAILABLE, outcome.relevance))
    return tuple(found)


def _of_item(item: Any, repeat: str, section: str) -> Iterator[Branch]:
    relevance = getattr(item, "relevance", None)
    if relevance is not None:
        yield Branch(item.id, RELEVANCE, relevance, repeat, section)
    if isinstance(item, Question):
        for kind, condition in ((REQUIRED, item.required), (READ_ONLY, item.read_only)):
            if not isinstance(condition, bool):
                yield Branch(item.id, kind, condition, repeat, section)
        for constraint in item.constraints:
            yield Branch(item.id, CONSTRAINT, constraint.test, repeat, section)
    table = table_in(item.expression) if isinstance(item, Calculation) else None
    for condition, _result in table.rows if table else ():
        yield Branch(item.id, ROW, condition, repeat, section)


@dataclass(frozen=True)
class Gap:
    """Something that no test reaches: the block, what of it, and the way that is missing (None: there is no other)."""

    node: Section | Question | Calculation | Outcome | Any
    kind: str = ""
    expression: Expression | None = None
    way: bool | None = None


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    covered: int
    total: int

    @property
    def percent(self) -> int:
        return 100 * self.covered // self.total if self.total else 100


@dataclass(frozen=True)
class Coverage:
    """What tests reach of a definition."""

    questions: Share
    conditions: Share
    outcomes: Share
    rows: Share
    gaps: tuple[Gap, ...]


def coverage(
    definition: Definition, branches: tuple[Branch, ...], runs: Iterable[Seen]
) -> Coverage:
    """What these runs reach."""
    covered = Covered()
    for seen in runs:
        covered.take(branches, seen)
    by_id = index(definition).by_id
    asked = [item for _section, item in items(definition) if isinstance(item, Question)]
    questions = [Gap(item) for item in asked if item.name not in covered.questions]
    ends = [Gap(each) for each in definition.outcomes if each.name not in covered.outcomes]
    ways = [
        (branch, way, (number, way) in covered.truths)
        for number, branch in enumerate(branches)
        for way in ((True,) if branch.kind == ROW else (True, False))
    ]
    gaps = [
        Gap(by_id[branch.id], branch.kind, branch.expression, way)
        for branch, way, reached in ways
        if not reached
    ]
    rows = [reached for branch, _way, reached in ways if branch.kind == ROW]
    others = [reached for branch, _way, reached in ways if branch.kind != ROW]
    return Coverage(
        Share(len(asked) - len(questions), len(asked)),
        Share(sum(others), len(others)),
        Share(len(definition.outcomes) - len(ends), len(definition.outcomes)),
        Share(sum(rows), len(rows)),
        (*questions, *ends, *gaps),
    )
