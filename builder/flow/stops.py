"""The stops of a script: its sections in order, those that are opened from the side, and its outcomes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from builder.conditions import Expression, names_read
from builder.definition import (
    Definition,
    Outcome,
    Question,
    Section,
    compare,
    describe,
    index,
)

Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Stop:
    """A section or an outcome. `kind`: section, repeat, side or outcome. `condition`: when it is reached, in words; empty for
    always. `asks`: how many questions. `depth`: how many sections it lies within. `deciders`: the ids of the sections whose
    answers its condition reads. `change`: added, removed or changed since the version that is live."""

    id: str
    kind: str
    title: str
    condition: str = ""
    asks: int = 0
    depth: int = 0
    deciders: tuple[str, ...] = ()
    change: str = ""


@dataclass(frozen=True, slots=True)
class Map:
    """The stops on the path in reading order, those beside it, and the ends."""

    path: tuple[Stop, ...]
    sides: tuple[Stop, ...]
    outcomes: tuple[Stop, ...]


def make(
    definition: Definition, live: Definition | None = None, language: str = "", say: Say = str
) -> Map:
    """The stops of a definition in a language (the source language if there is none), beside those of the one that is live."""
    maker = _Maker(definition, live, language or definition.source, say)
    path = [maker.section(section) for section in definition.sections]
    ends = [maker.outcome(outcome) for outcome in definition.outcomes]
    if live is not None:
        _put_back(path, [section.id for section in live.sections], maker.gone(live.sections))
        _put_back(ends, [outcome.id for outcome in live.outcomes], maker.gone(live.outcomes))
    return Map(
        path=tuple(stop for stop in path if stop.kind != "side"),
        sides=tuple(stop for stop in path if stop.kind == "side"),
        outcomes=tuple(ends),
    )


class _Maker:
    def __init__(
        self, definition: Definition, live: Definition | None, language: str, say: Say
    ) -> None:
        self.definition, self.live = definition, live
        self.language, self.say = language, say
        self.index = index(definition)
        self.changes = _changes(definition, live) if live is not None else {}

    def section(self, section: Section) -> Stop:
        around = list(self.index.around(section))[1:]
        return Stop(
            id=section.id,
            kind=_kind(section),
            title=self.title(section),
            condition=self.condition(section.relevance),
            asks=sum(isinstance(item, Question) for item in section.items),
            depth=len(around),
            deciders=self.deciders(section.relevance, section.id),
            change=self.changes.get(section.id, ""),
        )

    def outcome(self, outcome: Outcome) -> Stop:
        return Stop(
            id=outcome.id,
            kind=_kind(outcome),
            title=self.title(outcome),
            condition=self.condition(outcome.relevance),
            deciders=self.deciders(outcome.relevance, outcome.id),
            change=self.changes.get(outcome.id, ""),
        )

    def title(self, node: Section | Outcome) -> str:
        text = node.title if isinstance(node, Section) else node.label
        return text.plain(self.language, self.definition.source) or node.name

    def condition(self, relevance: Expression | None) -> str:
        if relevance is None:
            return ""
        return describe(relevance, self.definition, self.language, self.say)

    def deciders(self, relevance: Expression | None, own: str) -> tuple[str, ...]:
        names = () if relevance is None else names_read(relevance)
        found = (self.index.section_of.get(name) for name in names)
        return tuple(dict.fromkeys(one.id for one in found if one is not None and one.id != own))

    def gone(self, nodes: Iterable[Section | Outcome]) -> list[Stop]:
        """What the live version has of these, and this one no longer."""
        return [
            Stop(node.id, _kind(node), self.title(node), change="removed")
            for node in nodes
            if self.changes.get(node.id) == "removed"
        ]


def _kind(node: Section | Outcome) -> str:
    if isinstance(node, Outcome):
        return "outcome"
    return "side" if node.side else "repeat" if node.repeat else "section"


def _changes(definition: Definition, live: Definition) -> dict[str, str]:
    """What became of each section and outcome: its own change, else `changed` if anything in it did."""
    homes = {
        node.id: section.id
        for one in (live, definition)
        for section in one.sections
        for node in (section, *section.items)
    }
    found: dict[str, str] = {}
    for change in compare(live, definition):
        home = homes.get(change.place, change.place)
        whole = change.place == home and change.code in ("added", "removed")
        if whole or home not in found:
            found[home] = change.code if whole else "changed"
    return found


def _put_back(stops: list[Stop], before: list[str], gone: list[Stop]) -> None:
    """What is gone stands where it stood: after what came before it and is still there."""
    for stop in gone:
        earlier = before[: before.index(stop.id)]
        after = [at for at, one in enumerate(stops) if one.id in earlier]
        stops.insert(max(after, default=-1) + 1, stop)
