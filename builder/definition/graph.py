"""What depends on what: the edges between a definition's named nodes, and when each can be known.

The checks find cycles and forward references with it; the engine makes its order of evaluation of the same edges, so
that what is published can always be carried out. A key is `(kind, name)`; kinds: `value` (a question's effective answer or
a calculation), `section` (its relevance), `score`.
"""

from collections.abc import Iterator

from builder.conditions import Answer, Each, Entries, Expression, Part, Previous, Score, walk
from builder.definition.nodes import Calculation, Definition, Question
from builder.definition.walk import items, questions

Key = tuple[str, str]
SCORE: Key = ("score", "")


def reads(expression: Expression | None) -> Iterator[Key]:
    """The keys an expression reads."""
    for node in walk(expression) if expression is not None else ():
        if isinstance(node, Answer | Part | Previous | Each):
            yield ("value", node.name)
        if isinstance(node, Each | Entries):
            yield ("section", node.repeat)
        if isinstance(node, Score):
            yield SCORE


def edges(definition: Definition) -> dict[Key, tuple[Key, ...]]:
    """For each key what it needs first, in writing order; names that do not exist are left out."""
    found: dict[Key, tuple[Key, ...]] = {}
    for section in definition.sections:
        outer = () if section.within is None else (("section", section.within),)
        count = section.repeat.count if section.repeat else None
        found[("section", section.name)] = (*outer, *reads(section.relevance), *reads(count))
    for section, item in items(definition):
        if isinstance(item, Question):
            own = (item.relevance, item.default, item.choice_filter)
            found[("value", item.name)] = (
                ("section", section.name),
                *(key for expression in own for key in reads(expression)),
            )
        elif isinstance(item, Calculation):
            # It is always computed, but where: in a repeat once for each entry.
            home = (
                ()
                if section.repeat is None and section.within is None
                else (("section", section.name),)
            )
            found[("value", item.name)] = (*home, *reads(item.expression))
    right = (("value", item.name) for _, item in questions(definition) if item.right is not None)
    found[SCORE] = tuple(right)
    return {
        key: tuple(dict.fromkeys(n for n in needs if n in found)) for key, needs in found.items()
    }


def order(needs: dict[Key, tuple[Key, ...]]) -> tuple[list[Key], list[Key]]:
    """The keys so that each comes after what it needs, and one ring of those that cannot be ordered (empty if none)."""
    done: list[Key] = []
    state: dict[Key, int] = {}
    ring: list[Key] = []
    for start in needs:
        if start not in state:
            found = _descend(start, needs, state, done)
            ring = ring or found
    return done, ring


def _descend(
    start: Key, needs: dict[Key, tuple[Key, ...]], state: dict[Key, int], done: list[Key]
) -> list[Key]:
    """Depth first, without recursion: a definition may be a chain of thousands."""
    path = [(start, iter(needs[start]))]
    ring: list[Key] = []
    state[start] = 1
    while path:
        key, rest = path[-1]
        following = next(rest, None)
        if following is None:
            state[key] = 2
            done.append(key)
            path.pop()
        elif following not in state:
            state[following] = 1
            path.append((following, iter(needs[following])))
        elif state[following] == 1 and not ring:  # one is enough: there may be a ring an edge
            on_path = [step for step, _ in path]
            ring = on_path[on_path.index(following) :]
    return ring


def positions(definition: Definition) -> dict[Key, int]:
    """When each key is known to somebody who answers in order: its place, for calculations that of their last input."""
    places: dict[Key, int] = {}
    at = 0
    for section in definition.sections:
        at += 1
        places[("section", section.name)] = at
        for item in section.items:
            at += 1
            if isinstance(item, Question):
                places[("value", item.name)] = at
    needs = edges(definition)
    for key in order(needs)[0]:
        if key not in places:
            places[key] = max((places.get(need, 0) for need in needs[key]), default=0)
    return places
