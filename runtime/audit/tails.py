"""What no checkpoint covers yet: rows of the last minute, in the tree or not. Their marks say whether the house wrote them.

A row of this last minute that was *removed* cannot be seen here: nothing outside knows of it yet.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count

from runtime.audit import keys, leaves
from runtime.audit.models import AccessLog, Seal
from runtime.audit.reports import Report
from runtime.vault.errors import KeyMissing

SOON = dt.timedelta(hours=2)  # the worker looks at everything once an hour


def look_at_tail(report: Report, covered: int, now: dt.datetime) -> None:
    """`covered`: up to this place a checkpoint vouches."""
    start = Seal.objects.filter(before=-1).values_list("highest", flat=True).first() or 0
    tail = (row[3:] for row in leaves.sealed(covered, None) if row[3] is not None)
    try:
        for row in tail:
            _look(row, start, report)
        for row in _unsealed():
            _look(row, start, report)
            _late(row, now, report)
    except KeyMissing as problem:
        report.notes.append(f"The marks of the newest rows were not looked at. {problem}")
    _twice(report)


def _unsealed() -> Iterator[tuple[Any, ...]]:
    above = 0
    while rows := leaves.unsealed(above, leaves.PAGE):
        yield from rows
        above = rows[-1][0]


def _look(row: tuple[Any, ...], start: int, report: Report) -> None:
    if not row[8]:
        if row[0] > start:
            report.fault(f"Row {row[0]} bears no mark: it was put in past this house.")
    elif not keys.marked(row[1:8], bytes.fromhex(row[8])):
        report.fault(
            f"Row {row[0]} bears a wrong mark: it was changed, or put in past this house."
        )


def _late(row: tuple[Any, ...], now: dt.datetime, report: Report) -> None:
    before = (now - SOON).astimezone(dt.UTC).strftime(leaves.MOMENT)
    if str(row[1]) < before:
        report.fault(
            f"Row {row[0]} of {row[1][:16]} has no place in the tree: does the worker run? If it does, the row was put in later."
        )


def _twice(report: Report) -> None:
    """A copy of a row has its mark; a constraint refuses it, if it was not taken away."""
    rows = AccessLog.objects.filter(mark__isnull=False).values("mark").annotate(rows=Count("pk"))
    for row in rows.filter(rows__gt=1).order_by()[:100]:
        numbers = AccessLog.objects.filter(mark=row["mark"]).values_list("pk", flat=True)
        told = ", ".join(str(number) for number in numbers.order_by("pk")[:10])
        report.fault(f"The rows {told} bear one and the same mark: all but one are copies.")
