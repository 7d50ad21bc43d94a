"""What changed in a decision table, row by row: a guideline's editor thinks in rows, not in one long expression."""

from collections.abc import Callable, Iterator
from difflib import SequenceMatcher

from builder.conditions import Call, Constant, Expression, Table, table_in

Say = Callable[[Expression], str]
Row = tuple[
    str, str, str
]  # what happened to it (added, removed, changed, moved), as it was, as it is


def tables_in(old: Expression, new: Expression) -> tuple[Table, Table] | None:
    """The two tables, if both are tables that give their results in the same way."""
    before, after = table_in(old), table_in(new)
    return (before, after) if before and after and before.first == after.first else None


def row_changes(old: Table, new: Table, say_old: Say, say_new: Say) -> Iterator[Row]:
    """Which rows were added, removed or changed; rows that only changed places are told once."""
    before, after = _said(old, say_old), _said(new, say_new)
    if before != after and sorted(before) == sorted(after):
        yield "moved", "", ""
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, from_new, to_new in matcher.get_opcodes():
        if kind == "equal":
            continue
        gone, come = before[start:end], after[from_new:to_new]
        for was, now in zip(gone, come, strict=False):
            yield "changed", was, now
        yield from (("removed", was, "") for was in gone[len(come) :])
        yield from (("added", "", now) for now in come[len(gone) :])


def otherwise(table: Table, say: Say) -> str:
    """What is given where no row holds; an empty text for nothing."""
    last = table.otherwise
    if isinstance(last, Constant) and last.type == "text":
        return str(last.value)
    return say(last) if last is not None else ""


def _said(table: Table, say: Say) -> list[str]:
    return [say(Call("when", row)) for row in table.rows]
