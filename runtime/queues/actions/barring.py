"""A list of numbers and mail addresses that are not to be used."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from builder.problems import Problem, gettext_noop
from runtime.parties.barring import WAYS, Grounds, bar_way
from runtime.queues.lists import columns, reading
from runtime.queues.lists.cells import BadCell, way

AT_MOST = 5_000
TOLD = 1_000
MANY = gettext_noop("The file has %(rows)s lines; at most %(most)s are taken at once.")
NOTHING = gettext_noop("No column holds phone numbers or e-mail addresses.")
NOTHING_REMEDY = gettext_noop("Call the column phone, or e-mail.")


class Barred(NamedTuple):
    """How many are barred now and were not, how many were before, and the lines that could not be read: number, code, column."""

    made: int
    there: int
    bad: list[tuple[int, str, str]]


@transaction.atomic
def bar_list(*, data: bytes, grounds: Grounds) -> Barred | Problem:
    """Bars each number and mail address of a CSV; what can be read of it is taken, the rest is told by line."""
    table = reading.read(data)
    if isinstance(table, Problem):
        return table
    if len(table.rows) > AT_MOST:
        return Problem("rows", "file", MANY, params={"rows": len(table.rows), "most": AT_MOST})
    guessed = columns.guess(table.header, (), {})
    kinds = {
        number: guessed[column].removeprefix("fact:")
        for number, column in enumerate(table.header)
        if guessed.get(column, "").removeprefix("fact:") in WAYS
    }
    if not kinds:
        return Problem("columns", "file", NOTHING, remedy=NOTHING_REMEDY)
    return _bar(table, kinds, grounds)


def _bar(table: reading.Table, kinds: dict[int, str], grounds: Grounds) -> Barred:
    now = timezone.now()
    made = there = 0
    bad: list[tuple[int, str, str]] = []
    for line, cells in table.rows:
        told = [(number, cells[number]) for number in kinds if number < len(cells)]
        for number, cell in told:
            if not cell:
                continue
            try:
                new = _one(kinds[number], cell, grounds, now)
            except BadCell as wrong:
                bad.append((line, wrong.code, table.header[number]))
                continue
            made, there = made + new, there + (not new)
    return Barred(made, there, bad[:TOLD])


def _one(kind: str, cell: str, grounds: Grounds, now: datetime) -> bool:
    value = way(kind, cell, timezone.localdate(now))
    return bar_way(kind=kind, value=value, grounds=grounds, now=now)[1]
