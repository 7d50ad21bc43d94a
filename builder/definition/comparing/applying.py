"""Applying changes: the other half of comparing. What comes in is what `compare` gave for this very definition."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from builder.conditions import Table, table_in
from builder.definition.comparing.change import ABSENT, Change
from builder.definition.comparing.comparison import Homes, by_key, items_in
from builder.definition.comparing.lists import keys_of, written
from builder.definition.comparing.texts import with_said, without
from builder.definition.nodes import Definition
from builder.question_types import Settings
from builder.values import Localized

Step = tuple[tuple[str, ...], Change]  # the rest of the way, and the change at its end


def apply(definition: Definition, changes: Sequence[Change]) -> Definition:
    """The definition after these changes."""
    come, gone = (
        [one for one in changes if one.of_language and one.code == code]
        for code in ("added", "removed")
    )
    made = _applied(without(definition, tuple(c.member[1] for c in gone)), changes)
    for change in come:
        made = with_said(made, change.member[1], change.after)
    languages = list(made.languages)
    for change in sorted(come, key=lambda each: each.at):
        languages.insert(change.at[1], change.member[1])
    return replace(made, languages=tuple(languages))


def _applied(definition: Definition, changes: Sequence[Change]) -> Definition:
    of: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        of[change.block].append(change)
    sections = _Blocks(by_key(definition.sections), {"": list(by_key(definition.sections))})
    homes, items = items_in(sections.nodes)
    anew = {c.before: c.place for c in of["section"] if c.code == "rewritten"}
    inner = _Blocks(items, {anew.get(home, home): keys for home, keys in homes.items()})
    ends = _Blocks(by_key(definition.outcomes), {"": list(by_key(definition.outcomes))})
    sections.run(of["section"])
    inner.run(of["item"])
    ends.run(of["outcome"])
    page = [(one.member, one) for one in of["page"] if not one.of_language]
    filled = tuple(
        replace(sections.nodes[key], items=inner.inside(key)) for key in sections.homes[""]
    )
    changed: Definition = put(definition, page)
    return replace(changed, sections=filled, outcomes=ends.inside(""))


class _Blocks:
    """One kind of blocks while changes are made to them."""

    def __init__(self, nodes: dict[str, Any], homes: Homes) -> None:
        self.nodes, self.homes = nodes, homes

    def inside(self, home: str) -> tuple[Any, ...]:
        """The blocks of one list."""
        return tuple(self.nodes[key] for key in self.homes.get(home, ()))

    def run(self, changes: Iterable[Change]) -> None:
        """Take out what goes or moves, change what stays, put in what comes or moved."""
        by_code: dict[str, list[Change]] = defaultdict(list)
        for change in changes:
            by_code[change.code if not change.member else "within"].append(change)
        self.take_out([change.place for change in by_code["removed"]])
        for change in by_code["removed"]:
            del self.nodes[change.place]
        self.within(by_code["within"])
        self.take_out([change.place for change in by_code["moved"]])
        self.nodes.update((change.place, change.after) for change in by_code["added"])
        for change in sorted(by_code["added"] + by_code["moved"], key=lambda each: each.at):
            home, at = change.at
            self.homes.setdefault(home, []).insert(at, change.place)

    def take_out(self, keys: list[str]) -> None:
        gone = set(keys)
        self.homes = {
            home: [key for key in kept if key not in gone] for home, kept in self.homes.items()
        }

    def within(self, changes: list[Change]) -> None:
        """New ids first, for all else is told of the new ones."""
        anew = {change.before: change for change in changes if change.code == "rewritten"}
        for key, change in anew.items():
            self.nodes[change.place] = replace(self.nodes.pop(key), id=change.after)
        for home, keys in self.homes.items():
            self.homes[home] = [anew[key].place if key in anew else key for key in keys]
        steps: dict[str, list[Step]] = defaultdict(list)
        for change in changes:
            if change.code != "rewritten":
                steps[change.place].append((change.member, change))
        for place, own in steps.items():
            self.nodes[place] = put(self.nodes[place], own)


def put(value: Any, steps: list[Step]) -> Any:
    """The value after the changes at the ends of these ways."""
    if not steps:
        return value
    if isinstance(value, tuple) and all(way or change.code == "moved" for way, change in steps):
        return _rows(value, steps)
    if not steps[0][0]:
        return steps[0][1].after
    if isinstance(value, Localized):
        return Localized(tuple(sorted(_named(dict(value.pairs), steps).items())))
    if isinstance(value, Settings):
        return Settings(_named(value.items(), steps))
    table = table_in(value) if steps[0][0][0] in {"rows", "otherwise"} else None
    if table is not None:
        changed: Table = replace(table, **_members(table, steps))
        return written(changed)
    return replace(value, **_members(value, steps))


def _grouped(steps: list[Step]) -> dict[str, list[Step]]:
    found: dict[str, list[Step]] = defaultdict(list)
    for way, change in steps:
        found[way[0]].append((way[1:], change))
    return found


def _members(value: Any, steps: list[Step]) -> dict[str, Any]:
    return {name: put(getattr(value, name), own) for name, own in _grouped(steps).items()}


def _named(values: dict[str, Any], steps: list[Step]) -> dict[str, Any]:
    for name, own in _grouped(steps).items():
        values[name] = put(values.get(name, ABSENT), own)
    return {name: value for name, value in values.items() if value is not ABSENT}


def _rows(rows: tuple[Any, ...], steps: list[Step]) -> tuple[Any, ...]:
    kept = dict(zip(keys_of(rows), rows, strict=True))
    for way, change in steps:
        if change.code == "removed" and len(way) == 1:
            del kept[way[0]]
    order: Sequence[str] = next((change.after for way, change in steps if not way), tuple(kept))
    inner = [
        (way, change)
        for way, change in steps
        if way and not (len(way) == 1 and change.code in {"added", "removed"})
    ]
    kept = {**kept, **{key: put(kept[key], own) for key, own in _grouped(inner).items()}}
    made = [kept[key] for key in order]
    come = [change for way, change in steps if len(way) == 1 and change.code == "added"]
    for change in sorted(come, key=lambda each: each.at):
        made.insert(change.at[1], change.after)
    return tuple(made)
