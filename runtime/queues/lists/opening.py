"""A list in whatever shape it comes: a spreadsheet's own file, or CSV."""

from builder.problems import Problem
from runtime.queues.lists import reading, workbook
from runtime.queues.lists.reading import BYTES_AT_MOST, Table


def read(data: bytes, sheet: str = "") -> Table | Problem:
    """The table in `data`, or what is wrong with it. `sheet`: which one of a spreadsheet; blank is the first."""
    if len(data) <= BYTES_AT_MOST and workbook.is_workbook(data):
        return workbook.read(data, sheet)
    return reading.read(data)
