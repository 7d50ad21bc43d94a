"""What changed within one block: member by member, text by text, row by row."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final

from builder.conditions import Table
from builder.definition.comparing.change import ABSENT, Change, order_of
from builder.definition.comparing.lists import are_rows, keys_of, paired, tables_in
from builder.definition.nodes import Constraint, Repeat
from builder.question_types import Choice, Settings
from builder.values import Localized

Way = tuple[str, ...]
# What is compared as a list of blocks, or is what the block is known by.
_ELSEWHERE: Final = {"id", "items", "sections", "outcomes"}
_IN_PARTS: Final = (Choice, Constraint, Repeat)


@dataclass(frozen=True, slots=True)
class Within:
    """Compares the members of one block."""

    block: str
    place: str

    def fields(self, old: Any, new: Any, way: Way = ()) -> Iterator[Change]:
        """What changed in each member of a node."""
        for name in (row.name for row in fields(new)):
            if way or name not in _ELSEWHERE:
                yield from self.value((*way, name), getattr(old, name), getattr(new, name))

    def value(self, way: Way, old: Any, new: Any) -> Iterator[Change]:
        """What changed at the end of this way."""
        if old == new:
            return
        tables = tables_in(old, new) if way == ("expression",) else None
        if tables:
            yield from self.table(way, *tables)
        elif isinstance(old, Localized) and isinstance(new, Localized):
            yield from self.named(way, dict(old.pairs), dict(new.pairs))
        elif isinstance(old, Settings) and isinstance(new, Settings):
            yield from self.named(way, old.items(), new.items())
        elif are_rows(old, new):
            yield from self.rows(way, old, new)
        elif type(old) is type(new) and isinstance(old, _IN_PARTS) and is_dataclass(old):
            yield from self.fields(old, new, way)
        else:
            yield self.change("renamed" if way == ("name",) else "changed", way, old, new)

    def named(self, way: Way, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
        """What has names: the texts of the languages, settings."""
        for name in [*old, *(name for name in new if name not in old)]:
            yield from self.value((*way, name), old.get(name, ABSENT), new.get(name, ABSENT))

    def table(self, way: Way, old: Table, new: Table) -> Iterator[Change]:
        """Row by row: a guideline's editor thinks in rows, not in one long expression."""
        yield from self.rows((*way, "rows"), old.rows, new.rows)
        yield from self.value((*way, "otherwise"), old.otherwise, new.otherwise)

    def rows(self, way: Way, old: tuple[Any, ...], new: tuple[Any, ...]) -> Iterator[Change]:
        """Rows that were removed, changed, added; and whether those that stayed stand in another order."""
        pairs, was, now = paired(old, new), keys_of(old), keys_of(new)
        for before, after in pairs:
            if after is None and before is not None:
                yield self.change("removed", (*way, was[before]), old[before], at=before)
        for before, after in pairs:
            if before is not None and after is not None:
                yield from self.value((*way, was[before]), old[before], new[after])
            elif after is not None:
                yield self.change("added", (*way, now[after]), after=new[after], at=after)
        stayed = tuple(was[one] for one, two in pairs if one is not None and two is not None)
        ordered = order_of(was, stayed)
        if stayed != ordered:
            yield self.change("moved", way, ordered, stayed)

    def change(
        self, code: str, way: Way, before: Any = ABSENT, after: Any = ABSENT, at: int = 0
    ) -> Change:
        """One change of this block."""
        return Change(code, self.block, self.place, way, before, after, ("", at))
