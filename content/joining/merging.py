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
from content.joining.speaking import Speaking
from content.joining.trees import TOP, Row, Tree, Whole, is_rows, tree_of

MINE: Final = "mine"
THEIRS: Final = "theirs"


class Absent(Enum):
    """What stands where one side has nothing; None is a value of fields."""

    ABSENT = "–"


ABSENT: Final = Absent.ABSENT


@dataclass(frozen=True, slots=True)
class Conflict:
    """What both changed. `place` is the block's id ("" for the page), `way` leads to the field in it; () is the block itself,
    which one deleted and the other changed, or speaks of in `uses`, blocks that did not speak of it before."""

    place: str
    way: tuple[str, ...]
    base: Any
    theirs: Any
    mine: Any
    uses: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Names it for who settles it: what they wrote meanwhile is a new conflict."""
        theirs = [self.theirs, *(() if self.theirs is ABSENT else self.uses)]
        told = json.dumps([self.place, self.way, theirs], default=repr, sort_keys=True)
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
    speaking = Speaking(base, theirs), Speaking(base, mine)
    merging = _Merging(settled or {}, *speaking)
    values = {}
    for name in mine:
        sides = base.get(name, ABSENT), theirs.get(name, ABSENT), mine[name]
        values[name] = merging.value("", (name,), *sides)
        if not is_rows(mine[name]) and sides[1] != sides[0]:
            merging.touched.add(name)
    return Merged(values, merging.conflicts, merging.touched)


class _Merging:
    def __init__(self, settled: Mapping[str, str], theirs: Speaking, mine: Speaking) -> None:
        self.settled = settled
        self.speaking = {THEIRS: theirs, MINE: mine}
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
        sides = (base, theirs, mine)
        other = _turned(*sides)
        trees = [tree_of(side, other) for side in sides]
        return _Rows(self, (place, way) if place else None, *trees).run()


def _turned(*sides: list[Row]) -> set[str]:
    """Blocks that somebody made another kind of (a section a shared one): they are taken with all in them or not at all."""
    kinds: dict[str, set[str]] = {}
    for row in (row for side in sides for row in side):
        kinds.setdefault(str(row.get("id")), set()).add(row["type"])
    return {key for key, found in kinds.items() if len(found) > 1}


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
        if theirs is mine:
            return ABSENT
        if base not in (theirs, mine):
            return self.settle(key, base, theirs, mine)
        uses = self.uses(base, MINE if theirs is ABSENT else THEIRS)
        return self.settle(key, base, theirs, mine, uses) if uses else ABSENT

    def uses(self, row: Row, side: str) -> tuple[str, ...]:
        """One deleted it, and the other left it as it was: the blocks in which that side now speaks of it."""
        return () if self.within else self.merging.speaking[side].of(row)

    def both(self, key: str, base: Any, theirs: Any, mine: Any) -> Any:
        if theirs.get("type") != mine.get("type"):
            return self.merging.value(
                *self.place(key), Whole(base), Whole(theirs), Whole(mine)
            ).value
        before = base["value"] if base is not ABSENT else ABSENT
        value = self.merging.value(*self.place(key), before, theirs["value"], mine["value"])
        return {**mine, "value": value}

    def settle(
        self, key: str, base: Any, theirs: Any, mine: Any, uses: tuple[str, ...] = ()
    ) -> Any:
        """One deleted it, the other changed it or speaks of it: it stays until somebody says."""
        conflict = Conflict(*self.place(key), base, theirs, mine, uses)
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
        theirs, mine = (tree.rows.get(key, ABSENT) for tree in (self.theirs, self.mine))
        row = self.settle(key, self.base.rows[key], theirs, mine)
        if row is ABSENT:
            for each in inside:
                del self.kept[each], self.home[each]
            return
        self.kept[key], self.home[key] = row, self.home_of(key)
        for tree in (self.theirs, self.mine):
            self.kept_with(key, tree)

    def kept_with(self, key: str, tree: Tree) -> None:
        """What stood in a section that stays was deleted with it, and stays with it."""
        for each in tree.homes.get(key, []):
            if each not in self.kept:
                self.kept[each], self.home[each] = tree.rows[each], key

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
