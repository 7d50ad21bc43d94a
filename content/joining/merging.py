"""Joining what two people made of one page: a three-way merge, by block and within a block by field. Pure.

`base` is what this browser held before, `theirs` the newest draft, `mine` what is saved now. What only one side changed is
taken from that side. What both changed to different ends is a conflict: `mine` stands in the result until somebody settled it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256
from typing import Any, Final

from content.joining.order import joined
from content.joining.trees import TOP, Row, Tree, is_rows, tree_of

MINE: Final = "mine"
THEIRS: Final = "theirs"


class Absent(Enum):
    """What stands where one side has nothing; None is a value of fields."""

    ABSENT = "–"


ABSENT: Final = Absent.ABSENT


@dataclass(frozen=True, slots=True)
class Whole:
    """A value of a field that is taken or left as a whole, such as a condition."""

    value: Any


@dataclass(frozen=True, slots=True)
class Conflict:
    """What both changed. `place` is the block's id ("" for the page), `way` leads to the field in it; () is the block itself,
    which one deleted and the other changed."""

    place: str
    way: tuple[str, ...]
    base: Any
    theirs: Any
    mine: Any

    @property
    def key(self) -> str:
        """Names it for who settles it: what they wrote meanwhile is a new conflict."""
        told = json.dumps([self.place, self.way, self.theirs], default=repr, sort_keys=True)
        return sha256(told.encode()).hexdigest()[:16]


@dataclass(slots=True)
class Merged:
    """The joined fields of a page, what both changed, and the blocks (or fields of the page) that they changed."""

    values: dict[str, Any]
    conflicts: list[Conflict] = field(default_factory=list)
    theirs: set[str] = field(default_factory=set)


def merge(
    base: Mapping[str, Any],
    theirs: Mapping[str, Any],
    mine: Mapping[str, Any],
    settled: Mapping[str, str] | None = None,
) -> Merged:
    """Join the fields of a page. `settled` says `mine` or `theirs` for the keys of conflicts."""
    merging = _Merging(settled or {})
    values = {}
    for name in mine:
        sides = base.get(name, ABSENT), theirs.get(name, ABSENT), mine[name]
        values[name] = merging.value("", (name,), *sides)
        if not is_rows(mine[name]) and sides[1] != sides[0]:
            merging.touched.add(name)
    return Merged(values, merging.conflicts, merging.touched)


class _Merging:
    def __init__(self, settled: Mapping[str, str]) -> None:
        self.settled = settled
        self.conflicts: list[Conflict] = []
        self.touched: set[str] = set()

    def value(self, place: str, way: tuple[str, ...], base: Any, theirs: Any, mine: Any) -> Any:
        if theirs in (base, mine):
            return mine
        if isinstance(theirs, dict) and isinstance(mine, dict):
            return self.fields(place, way, base if isinstance(base, dict) else {}, theirs, mine)
        if is_rows(theirs) and is_rows(mine):
            return self.rows(place, way, base if is_rows(base) else [], theirs, mine)
        return theirs if mine == base else self.settle(place, way, base, theirs, mine)

    def settle(self, place: str, way: tuple[str, ...], base: Any, theirs: Any, mine: Any) -> Any:
        conflict = Conflict(place, way, base, theirs, mine)
        said = self.settled.get(conflict.key)
        if said not in {MINE, THEIRS}:
            self.conflicts.append(conflict)
        return theirs if said == THEIRS else mine

    def fields(self, place: str, way: tuple[str, ...], base: Any, theirs: Any, mine: Any) -> Any:
        found = {}
        for name in dict.fromkeys((*mine, *theirs)):
            sides = (side.get(name, ABSENT) for side in (base, theirs, mine))
            found[name] = self.value(place, (*way, name), *sides)
        return {name: value for name, value in found.items() if value is not ABSENT}

    def rows(self, place: str, way: tuple[str, ...], base: Any, theirs: Any, mine: Any) -> Any:
        """A stream of the page, or the rows of a list in a block."""
        trees = [tree_of(side) for side in (base, theirs, mine)]
        return _Rows(self, (place, way) if place else None, *trees).run()


class _Rows:
    """One list in three states. Rows of a list in a block are told as parts of it: `place` and the way to them."""

    def __init__(
        self, merging: _Merging, within: tuple[str, tuple[str, ...]] | None, *trees: Tree
    ) -> None:
        self.merging, self.within = merging, within
        self.base, self.theirs, self.mine = trees
        self.homes = [tree.home_of for tree in trees]
        self.kept: dict[str, Row] = {}
        self.home: dict[str, str] = {}

    def run(self) -> list[Row]:
        for key in dict.fromkeys((*self.mine.rows, *self.theirs.rows, *self.base.rows)):
            row = self.row(key)
            if row is not ABSENT:
                self.kept[key], self.home[key] = row, self.home_of(key)
        for key in [key for key in self.base.homes if key not in {TOP, *self.kept}]:
            self.section(key)
        return self.written()

    def row(self, key: str) -> Any:
        base, theirs, mine = (
            tree.rows.get(key, ABSENT) for tree in (self.base, self.theirs, self.mine)
        )
        if not self.within and theirs != base:
            self.merging.touched.add(key)
        if ABSENT not in (theirs, mine):
            return self.both(key, base, theirs, mine)
        if base is ABSENT:
            return theirs if mine is ABSENT else mine
        if base in (theirs, mine) or theirs is mine:
            return ABSENT  # one deleted it, and the other left it as it was
        return self.settle(key, base, theirs, mine)

    def both(self, key: str, base: Any, theirs: Any, mine: Any) -> Any:
        if theirs.get("type") != mine.get("type"):
            return self.merging.value(
                *self.place(key), Whole(base), Whole(theirs), Whole(mine)
            ).value
        before = base["value"] if base is not ABSENT else ABSENT
        value = self.merging.value(*self.place(key), before, theirs["value"], mine["value"])
        return {**mine, "value": value}

    def settle(self, key: str, base: Any, theirs: Any, mine: Any) -> Any:
        """One deleted it, the other changed it: it stays until somebody says."""
        conflict = Conflict(*self.place(key), base, theirs, mine)
        said = self.merging.settled.get(conflict.key)
        if said in {MINE, THEIRS}:
            return theirs if said == THEIRS else mine
        self.merging.conflicts.append(conflict)
        return theirs if mine is ABSENT else mine

    def place(self, key: str) -> tuple[str, tuple[str, ...]]:
        return (self.within[0], (*self.within[1], key)) if self.within else (key, ())

    def home_of(self, key: str) -> str:
        """Where it stands: with who moved it. Moved by both, it stands in one of the two places."""
        base, *sides = (homes.get(key) for homes in self.homes)
        moved = {home for home in sides if home not in {None, base}}
        return min(moved) if moved else base or TOP

    def section(self, key: str) -> None:
        """A section that one deleted, while the other put something into it or changed what stands there: it stays as well."""
        inside = [each for each, home in self.home.items() if home == key]
        if not inside:
            return
        sides = (
            self.base.rows[key],
            *(tree.rows.get(key, ABSENT) for tree in (self.theirs, self.mine)),
        )
        row = self.settle(key, *sides)
        if row is ABSENT:
            for each in inside:
                del self.kept[each], self.home[each]
        else:
            self.kept[key], self.home[key] = row, self.home_of(key)

    def written(self) -> list[Row]:
        tree = Tree(self.kept, {})
        for home in (TOP, *(key for key in self.kept if self.is_section(key))):
            members = {key for key, at in self.home.items() if at == home}
            base, one, other = (
                side.homes.get(home, []) for side in (self.base, self.theirs, self.mine)
            )
            tree.homes[home] = joined(base, one, other, members)
        return tree.written()

    def is_section(self, key: str) -> bool:
        return key in self.theirs.homes or key in self.mine.homes
