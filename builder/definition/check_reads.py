"""Checks of how much an answer sets going: what hangs on it is computed in each entry in which it is read."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import prod
from typing import Final

from builder.conditions import Answer, Each, Entries, Expression, Part, Previous, Score, walk
from builder.definition.graph import SCORE, Key
from builder.definition.members import MOST_ENTRIES
from builder.definition.nodes import Question, Section, TextItem
from builder.definition.subject import Subject, Use
from builder.problems import Problem
from builder.problems import gettext_noop as _

# The unit is the reading of one value, about 0.08 microseconds of the slower engine; one step of an expression takes as long.
# Computing anything in one entry, and telling what became of it, takes as long as STEPS of them; MOST together about 50 ms.
STEPS: Final = 25
MOST: Final = 500_000
OFFERING: Final = 6  # one more choice that a filter lets through or not
LOOKED_AT: Final = 300_000  # so many steps from reader to reader; who needs more of them has too much of everything


@dataclass(slots=True)
class _Node:
    """What is computed together: where (the repeats around it, the outermost first), at which cost, and who reads it: with the
    number of repeats around the frame in which both meet."""

    chain: tuple[Section, ...]
    cost: int = STEPS
    once: int = 0
    readers: list[tuple[Key, int]] = field(default_factory=list)

    def runs(self, shared: int) -> int:
        """In how many entries at most, when it is computed in all that lie in one entry of so many repeats."""
        most = prod(one.repeat.maximum for one in self.chain[shared:] if one.repeat)
        return min(most, MOST_ENTRIES) * self.cost + self.once


def reads(subject: Subject) -> Iterator[Problem]:
    """However many entries there are, an answer is taken in soon."""
    nodes = _nodes(subject)
    if sum(node.runs(0) for node in nodes.values()) <= MOST:
        return
    budget = LOOKED_AT
    for key, asked in _sources(subject):
        spent, looked = _set_going(nodes, key, budget)
        budget -= looked
        if spent > MOST or budget <= 0:
            message = _("When “%(label)s” changes, too much in too many entries changes with it.")
            remedy = _("Allow fewer entries, or let less in each of them depend on it.")
            yield Problem(
                "too_many_read", asked.id, message, remedy, {"label": subject.label(asked)}
            )
            return


def _sources(subject: Subject) -> Iterator[tuple[Key, Question | Section]]:
    """What an answer or a new entry changes."""
    for name, question in subject.index.questions.items():
        yield ("value", name), question
    for name, section in subject.index.sections.items():
        if section.repeat is not None:
            yield ("entries", name), section


def _set_going(nodes: dict[Key, _Node], start: Key, budget: int) -> tuple[int, int]:
    """What it costs that this changes in one entry, and how many readers were looked at to know."""
    shared = {start: len(nodes[start].chain)}
    waiting, looked = deque([start]), 0
    while waiting and looked < budget:
        key = waiting.popleft()
        for reader, meeting in nodes[key].readers:
            looked += 1
            around = min(shared[key], meeting)
            if around < shared.get(reader, len(nodes[reader].chain) + 1):
                shared[reader] = around
                waiting.append(reader)
    return sum(nodes[key].runs(around) for key, around in shared.items()), looked


def _nodes(subject: Subject) -> dict[Key, _Node]:
    """All that is computed, by key; what nobody can read has one of its own."""
    index, nodes = subject.index, _sections(subject)
    for name, section in index.section_of.items():
        nodes["value", name] = _Node(_around(subject, section))
        _link(nodes, ("section", section.name), ("value", name))
        if section.repeat is not None and section.repeat.count is not None:
            _link(nodes, ("entries", section.name), ("value", name))  # entries come and go
    for name, question in index.questions.items():
        if question.right is not None:
            _link(nodes, ("value", name), SCORE)
    for at, use in enumerate(subject.uses):
        _add_use(subject, nodes, use, at)
    return nodes


def _sections(subject: Subject) -> dict[Key, _Node]:
    """The sections, and the entries of those that have some."""
    nodes: dict[Key, _Node] = {SCORE: _Node(())}
    for section in subject.index.sections.values():
        around = _around(subject, section, inside=False)
        nodes["section", section.name] = _Node(around)
        if section.repeat is not None:
            nodes["entries", section.name] = _Node(around)
            _link(nodes, ("section", section.name), ("entries", section.name))
    for section in subject.index.sections.values():
        if section.within in subject.index.sections:
            _link(nodes, ("section", section.within or ""), ("section", section.name))
    return nodes


def _add_use(subject: Subject, nodes: dict[Key, _Node], use: Use, at: int) -> None:
    """An expression or a text: its cost, and what it reads."""
    inside = not isinstance(use.node, Section) or use.role == "text"
    key = _key(use, at)
    node = nodes.setdefault(key, _Node(_around(subject, use.section, inside=inside)))
    if isinstance(use.node, Question) and use.role in {
        "constraint",
        "required",
        "read_only",
        "setting",
    }:
        _link(nodes, ("value", use.node.name), key)
    elif isinstance(use.node, TextItem) and use.section is not None:
        _link(nodes, ("section", use.section.name), key)
    steps = 0
    for read in walk(use.expression) if use.expression else ():
        steps += 1
        _read(subject, nodes, key, read)
    for name in use.text.holes() if use.text else ():
        steps += 1
        _link(nodes, ("value", name), key)
    if use.role == "choice_filter" and isinstance(use.node, Question):
        steps = (steps + OFFERING) * len(use.node.settings.names)
    node.cost += steps


def _key(use: Use, at: int) -> Key:
    """What is computed with others: a question's own value with its condition, and all that is said against an answer."""
    name = getattr(use.node, "name", "")
    match use.role, use.node:
        case ("relevance" | "default" | "choice_filter", Question()) | ("value", _):
            return ("value", name)
        case ("relevance", Section()):
            return ("section", name)
        case ("count", _):
            return ("entries", name)
        case ("constraint" | "required" | "read_only" | "setting", _):
            return ("verdict", name)
    return ("use", str(at))


def _read(subject: Subject, nodes: dict[Key, _Node], key: Key, read: Expression) -> None:
    """Note whom an expression reads."""
    chain = nodes[key].chain
    match read:
        case Answer(name) | Part(name):
            _link(nodes, ("value", name), key)
        case Score():
            _link(nodes, SCORE, key)
        case Previous(name):
            _link(nodes, ("value", name), key, others=True)
            for own in chain[-1:]:
                _link(nodes, ("entries", own.name), key)
        case Each(repeat=repeat) | Entries(repeat=repeat):
            section = subject.index.sections.get(repeat)
            through = _around(subject, section)
            outside = _around(subject, section, inside=False)
            for one in through[len(_common(outside, chain)) :]:
                _link(nodes, ("entries", one.name), key)
            if isinstance(read, Each):
                _link(nodes, ("value", read.name), key, others=True)
            # All who see the same entries read them once.
            nodes[key].once += _Node(through, 1).runs(0)


def _link(nodes: dict[Key, _Node], read: Key, reader: Key, *, others: bool = False) -> None:
    """One reads the other; `others`: in other entries than its own."""
    if read in nodes and reader in nodes:
        chain = nodes[read].chain
        meeting = len(_common(chain, nodes[reader].chain))
        if others and meeting == len(chain):
            meeting = max(meeting - 1, 0)
        nodes[read].readers.append((reader, meeting))


def _around(
    subject: Subject, section: Section | None, *, inside: bool = True
) -> tuple[Section, ...]:
    """The repeats around what stands in a section, the outermost first; around the section itself if not `inside`."""
    found = subject.index.repeats(section)
    return tuple(one for one in reversed(found) if inside or one is not section)


def _common(one: tuple[Section, ...], other: tuple[Section, ...]) -> tuple[Section, ...]:
    """The repeats that are around both."""
    return tuple(mine for mine, its in zip(one, other, strict=False) if mine is its)
