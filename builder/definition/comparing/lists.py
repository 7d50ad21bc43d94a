"""Lists of rows within a block: choices by their names, constraints, effects and the rows of a table by what they say."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from builder.conditions import Call, Expression, Table, table_in
from builder.definition.comparing.change import keyed
from builder.definition.nodes import Constraint, Effect
from builder.question_types import Choice

Pairs = list[tuple[int | None, int | None]]
ROWS = (Choice, Constraint, Effect)


def are_rows(old: Any, new: Any) -> bool:
    """Whether both are lists of rows that can be told apart."""
    both = isinstance(old, tuple) and isinstance(new, tuple)
    return both and all(isinstance(row, ROWS) for row in (*old, *new))


def keys_of(rows: Sequence[Any]) -> list[str]:
    """What each row of an old list is called in a change."""
    if all(isinstance(row, Choice) for row in rows):
        return list(keyed(rows, [row.name for row in rows]))
    return [str(number) for number in range(len(rows))]


def paired(old: Sequence[Any], new: Sequence[Any]) -> Pairs:
    """Which old row is which new one, by number: in the new order, what was removed last."""
    rows = (*old, *new)
    if all(isinstance(row, Choice) for row in rows):
        at = {key: number for number, key in enumerate(keys_of(old))}
        found = {number: at.get(key) for number, key in enumerate(keys_of(new))}
    else:
        found = _alike(old, new)
    pairs: Pairs = [(found.get(number), number) for number in range(len(new))]
    used = {before for before, _after in pairs}
    return pairs + [(number, None) for number in range(len(old)) if number not in used]


def _alike(old: Sequence[Any], new: Sequence[Any]) -> dict[int, int | None]:
    """Rows that say the same, wherever they stand; then, between these, rows that took another's place."""
    found: dict[int, int | None] = {}
    left = set(range(len(old)))
    for number, row in enumerate(new):
        before = next((each for each in sorted(left) if old[each] == row), None)
        if before is not None:
            found[number] = before
            left.discard(before)
    come = [number for number in range(len(new)) if number not in found]
    found.update(_in_place([old[at] if at in left else None for at in range(len(old))], new, come))
    return found


def _in_place(old: Sequence[Any], new: Sequence[Any], come: list[int]) -> dict[int, int | None]:
    """Of what is left on both sides: what stands between the same neighbours."""
    left = [at for at, row in enumerate(old) if row is not None]
    neighbours = SequenceMatcher(
        None,
        [at in left for at in range(len(old))],
        [at in come for at in range(len(new))],
        autojunk=False,
    )
    pairs: dict[int, int | None] = {}
    for block in neighbours.get_matching_blocks():
        for step in range(block.size):
            if block.a + step in left and block.b + step in come:
                pairs[block.b + step] = block.a + step
    return pairs


def tables_in(old: Any, new: Any) -> tuple[Table, Table] | None:
    """The two tables, if both are tables that give their results in the same way."""
    before, after = _table(old), _table(new)
    return (before, after) if before and after and before.first == after.first else None


def _table(expression: Any) -> Table | None:
    table = table_in(expression)
    return table if table is not None and written(table) == expression else None


def written(table: Table) -> Expression:
    """The expression that a table is."""
    rows = tuple(Call("when", row) for row in table.rows)
    last = () if table.otherwise is None else (table.otherwise,)
    if table.first:
        return Call("or_else", (*rows, *last))
    inner = Call("collect", rows)
    return Call("or_else", (inner, *last)) if last else inner
