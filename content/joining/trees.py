"""A stream as merging reads it: its blocks by id without what stands in them, and where each stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]  # {"id", "type", "value"}
TOP = ""
INSIDE = "items"
NAMED = "named"


@dataclass(frozen=True, slots=True)
class Whole:
    """A value of a field that is taken or left as a whole, such as a condition."""

    value: Any


def stored(value: Any) -> Any:
    """What merging reads or gave, as it is stored."""
    if isinstance(value, Whole):
        return value.value
    if isinstance(value, dict) and value.get("type") == NAMED and "id" in value:
        return stored(value["value"])
    if isinstance(value, dict):
        return {name: stored(each) for name, each in value.items()}
    return [stored(each) for each in value] if isinstance(value, list) else value


@dataclass
class Tree:
    """One side's blocks. A section's items are blocks of their own, so that one that moved to another section is still the same."""

    rows: dict[str, Row] = field(default_factory=dict)
    homes: dict[str, list[str]] = field(default_factory=lambda: {TOP: []})
    closed: frozenset[str] = frozenset()  # sections whose items are no blocks of their own here

    @property
    def home_of(self) -> dict[str, str]:
        return {key: home for home, keys in self.homes.items() for key in keys}

    def add(self, row: Row, home: str) -> None:
        """Of two with one id (a draft may have such) the second is called `id~2`."""
        key = own = str(row.get("id") or f"?{len(self.rows)}")
        number = 2
        while key in self.rows:
            key, number = f"{own}~{number}", number + 1
        self.homes[home].append(key)
        self.rows[key] = row
        inside = row["value"].get(INSIDE) if isinstance(row.get("value"), dict) else None
        if isinstance(inside, list) and is_rows(inside) and own not in self.closed:
            self.rows[key] = {**row, "value": {**row["value"], INSIDE: []}}
            self.homes[key] = []
            for each in inside:
                self.add(each, key)

    def written(self, home: str = TOP) -> list[Row]:
        """The stream again."""
        return [self._whole(key) for key in self.homes.get(home, [])]

    def _whole(self, key: str) -> Row:
        row = self.rows[key]
        if key not in self.homes or not isinstance(row["value"], dict):
            return row
        return {**row, "value": {**row["value"], INSIDE: self.written(key)}}


def is_rows(value: Any) -> bool:
    """Whether it is a list of blocks or rows, each with an id and a value."""
    return isinstance(value, list) and all(
        isinstance(row, Mapping) and "value" in row for row in value
    )


def tree_of(rows: Iterable[Row], closed: Iterable[str] = ()) -> Tree:
    tree = Tree(closed=frozenset(closed))
    for row in rows:
        tree.add(row, TOP)
    return tree
