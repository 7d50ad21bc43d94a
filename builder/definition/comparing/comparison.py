"""Comparing two definitions: languages, the page, then sections, items and outcomes, each list with what moved in it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from builder.definition.comparing.change import Change, keyed
from builder.definition.comparing.members import Within
from builder.definition.comparing.texts import alone, said_in, without
from builder.definition.matching import longest_rise, match
from builder.definition.nodes import Definition, Section

Homes = dict[
    str, list[str]
]  # the keys of the blocks in each section, in order; lists of their own are at ""
Pairs = list[tuple[str | None, str | None]]


def compare(old: Definition, new: Definition) -> tuple[Change, ...]:
    """What became of the old definition, in the new one's order; what was removed comes where its kind is told."""
    added, removed = alone(new, old), alone(old, new)
    languages = (
        *(_language("added", new, one) for one in added),
        *(_language("removed", old, one) for one in removed),
    )
    return (*languages, *_blocks(without(old, removed), without(new, added)))


def _language(code: str, definition: Definition, language: str) -> Change:
    said = said_in(definition, language)
    told = {"after": said} if code == "added" else {"before": said}
    at = ("", definition.languages.index(language))
    return Change(code, "page", "", ("languages", language), at=at, **told)


def _blocks(old: Definition, new: Definition) -> Iterator[Change]:
    yield from Within("page", "").fields(old, new)
    old_sections, new_sections = by_key(old.sections), by_key(new.sections)
    sections = match(old_sections, new_sections)
    now = {before: after for before, after in sections if before and after}
    yield from _List("section", old_sections, new_sections, sections).run(
        {"": list(old_sections)}, {"": list(new_sections)}
    )
    old_homes, old_items = items_in(old_sections)
    new_homes, new_items = items_in(new_sections)
    moved_with = {now.get(home, home): keys for home, keys in old_homes.items()}
    items = match(old_items, new_items)
    yield from _List("item", old_items, new_items, items).run(moved_with, new_homes)
    old_ends, new_ends = by_key(old.outcomes), by_key(new.outcomes)
    yield from _List("outcome", old_ends, new_ends, match(old_ends, new_ends)).run(
        {"": list(old_ends)}, {"": list(new_ends)}
    )


def by_key(nodes: tuple[Any, ...]) -> dict[str, Any]:
    """The blocks by their ids."""
    return keyed(nodes, [node.id for node in nodes])


def items_in(sections: Mapping[str, Section]) -> tuple[Homes, dict[str, Any]]:
    """The keys of the items of each section, and all of the items by their keys."""
    every = by_key(tuple(item for section in sections.values() for item in section.items))
    keys = iter(every)
    return {key: [next(keys) for _ in section.items] for key, section in sections.items()}, every


class _List:
    """One kind of blocks, in one list or in several."""

    def __init__(self, block: str, old: dict[str, Any], new: dict[str, Any], pairs: Pairs) -> None:
        self.block, self.old, self.new, self.pairs = block, old, new, pairs

    def run(self, old_homes: Homes, new_homes: Homes) -> Iterator[Change]:
        """What was removed, added and changed; then what left its place."""
        was, now = _places(old_homes), _places(new_homes)
        for before, after in self.pairs:
            if after is None and before is not None:
                yield Change(
                    "removed", self.block, before, (), _bare(self.old[before]), at=was[before]
                )
            elif before is None and after is not None:
                yield Change(
                    "added", self.block, after, (), after=_bare(self.new[after]), at=now[after]
                )
            elif before is not None and after is not None:
                yield from self.within(before, after)
        yield from self.moves(was, now, new_homes)

    def within(self, before: str, after: str) -> Iterator[Change]:
        """What changed in a block that stayed."""
        old, new = self.old[before], self.new[after]
        if before != after:
            yield Change("rewritten", self.block, after, ("id",), before, new.id)
        yield from Within(self.block, after).fields(old, new)

    def moves(
        self, was: dict[str, tuple[str, int]], now: dict[str, tuple[str, int]], homes: Homes
    ) -> Iterator[Change]:
        """The fewest moves there are: in each section the longest run that kept its order stays."""
        before_of = {after: before for before, after in self.pairs if before and after}
        for home, keys in homes.items():
            here = [key for key in keys if key in before_of and was[before_of[key]][0] == home]
            kept = longest_rise([was[before_of[key]][1] for key in here])
            stay = {key for key in here if was[before_of[key]][1] in kept}
            for key in keys:
                if key in before_of and key not in stay:
                    places = was[before_of[key]], now[key]
                    yield Change("moved", self.block, key, (), *places, at=now[key])


def _places(homes: Homes) -> dict[str, tuple[str, int]]:
    return {key: (home, at) for home, keys in homes.items() for at, key in enumerate(keys)}


def _bare(node: Any) -> Any:
    """A section without its items: they are blocks of their own."""
    return replace(node, items=()) if isinstance(node, Section) else node
