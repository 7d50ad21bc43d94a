"""Tests that are missing: of each block that no test reaches, the proof knows answers that lead there. As few runs as reach them all."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from builder.definition import Definition, Outcome, Question, Section
from builder.definition.walk import items
from builder.playing import Seen, Watch, replay
from builder.proof import Budget, Report, prove
from content.testing.covering import Covered, asked_in, ends_in, sections_in

MOST: Final = 12


@dataclass(frozen=True)
class Suggestion:
    """A run that reaches a block which no test reaches."""

    node: Section | Question | Outcome
    commands: tuple[dict[str, Any], ...]
    language: str
    state: Mapping[str, Any]
    view: Mapping[str, Any]


def proved(
    definition: Definition, today: str, *, seconds: float, clock: Callable[[], float]
) -> Report:
    """What the proof says in so much time."""
    budget = Budget(seconds=seconds)
    return prove(definition, today, budget=budget, clock=clock, replay=replay(definition, today))


def suggestions(
    definition: Definition, report: Report, covered: Covered, *, today: str, watch: Watch
) -> Iterator[Suggestion]:
    """What is missing, the last block first: who gets there has passed many others."""
    missing = {node.id: node for node in reversed(list(_missing(definition, covered)))}
    given = 0
    while missing and given < MOST:
        identity, node = next(iter(missing.items()))
        del missing[identity]
        block = report.blocks.get(identity)
        witness = None if block is None else block.witness
        if witness is None:
            continue
        commands = tuple(dict(command) for command in witness.commands)
        seen = watch(commands, today, witness.language)
        if not _reaches(node, seen):
            continue
        given += 1
        for other in [other for other in missing.values() if _reaches(other, seen)]:
            del missing[other.id]
        yield Suggestion(node, commands, witness.language, seen.played.state, seen.played.view)


def _missing(definition: Definition, covered: Covered) -> Iterator[Section | Question | Outcome]:
    for section in definition.sections:
        if section.name not in covered.sections:
            yield section
    for _section, item in items(definition):
        if isinstance(item, Question) and item.name not in covered.questions:
            yield item
    for outcome in definition.outcomes:
        if outcome.name not in covered.outcomes:
            yield outcome


def _reaches(node: Section | Question | Outcome, seen: Seen) -> bool:
    played = seen.played
    if isinstance(node, Question):
        return node.name in asked_in(played.view)
    if isinstance(node, Section):
        return node.name in sections_in(played.view)
    return node.name in ends_in(played.state, played.view)
