"""What the blocks of one side speak of, and did not speak of before: who deletes such a block takes it from them. Pure."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from builder.compile import mentioned
from content.joining.trees import Row, is_rows, stored, tree_of


class Speaking:
    """One side compared with the base. Nothing is read before something was deleted."""

    def __init__(self, base: Mapping[str, Any], side: Mapping[str, Any]) -> None:
        self._base, self._side = base, side

    def of(self, row: Row) -> tuple[str, ...]:
        """The blocks that newly speak of this one, by its id or its name."""
        value = row["value"] if isinstance(row["value"], dict) else {}
        called = {row.get("id"), value.get("name")} - {None, ""}
        return tuple(
            key for key, words in self._new.items() if called & words and key != row["id"]
        )

    @cached_property
    def _new(self) -> dict[str, set[str]]:
        before = dict(_rows(self._base))
        return {
            key: mentioned(stored(row))
            - (mentioned(stored(before[key])) if key in before else set())
            for key, row in _rows(self._side)
            if row != before.get(key)
        }


def _rows(page: Mapping[str, Any]) -> Iterator[tuple[str, Row]]:
    for stream in page.values():
        if is_rows(stream):
            yield from tree_of(stream).rows.items()
