"""A spreadsheet's file (XLSX) read as a table: what people see in its cells, and nothing that runs.

A formula is not worked out: what its program had worked out when it kept the file is taken. A sheet that is hidden is not taken. Dates
are written with their whole year, and a number whose format fills it up with zeros has them; zeros that a spreadsheet has dropped from a
telephone number are told by the line's reader (`cells`).
"""

import io
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.read_only import EMPTY_CELL

from builder.problems import Problem, gettext_noop
from runtime.queues.lists import zipped
from runtime.queues.lists.reading import CELL, CELL_REMEDY, Table, checked, problem
from runtime.queues.lists.reading import COLUMNS_AT_MOST as COLUMNS
from runtime.queues.lists.reading import ROWS_AT_MOST as ROWS

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCODING = "xlsx"
LAST_ROW = 1_048_576  # of any spreadsheet: one that names later rows is no spreadsheet
CELLS_AT_MOST = 600_000
LONGEST_CELL = 32_767
SHEETS_NAMED = 10
ZEROS = re.compile(r'(?:0|\\.|"[^"]*"|[ \-./()])+')
LITERAL = re.compile(r'\\.|"[^"]*"')
Rows = list[tuple[int, list[str]]]


def is_workbook(data: bytes) -> bool:
    """Whether to read it here: an XLSX, or its forerunner, which is refused with words of its own."""
    return data.startswith((ZIP, OLE))


def read(data: bytes, sheet: str = "") -> Table | Problem:
    """The table on a sheet (blank: the first that is not hidden), or the one problem that makes it unreadable."""
    if data.startswith(OLE):
        return problem("xls", XLS, XLS_REMEDY)
    hindrance = zipped.hindrance(data)
    if hindrance == "bomb":
        return problem("bomb", BOMB, BOMB_REMEDY, megabytes=zipped.UNPACKED_AT_MOST // 1024**2)
    rows = problem("xlsx", DAMAGED, DAMAGED_REMEDY) if hindrance else _opened(data, sheet)
    return rows if isinstance(rows, Problem) else checked(rows, ENCODING, ";")


def _opened(data: bytes, sheet: str) -> Rows | Problem:
    """Whatever the reader stumbles over is the file's fault, and nothing of it is told."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(
                io.BytesIO(data), read_only=True, data_only=True, keep_links=False
            )
            return _rows(book, sheet.strip())
    except Exception:
        return problem("xlsx", DAMAGED, DAMAGED_REMEDY)


def _rows(book: Any, sheet: str) -> Rows | Problem:
    shown = [one for one in book.worksheets if one.sheet_state == "visible"]
    named = [one for one in shown if not sheet or one.title.strip() == sheet]
    if not named:
        names = ", ".join(one.title for one in shown[:SHEETS_NAMED])
        return problem("sheet", SHEET, SHEET_REMEDY, sheet=sheet, names=names)
    rows: Rows = []
    cells = 0
    for line, read in _lines(named[0]):
        cells += len(read)
        if cells > CELLS_AT_MOST or len(rows) > ROWS + 1:
            return problem("cells", MANY, MANY_REMEDY, most=CELLS_AT_MOST)
        if any(len(cell) > LONGEST_CELL for cell in read):
            return problem("cell", CELL, CELL_REMEDY, most=LONGEST_CELL)
        rows.append((line, read))
    return _aligned(rows)


def _lines(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something, each to its last cell that does."""
    found = sheet.iter_rows(min_row=1, max_row=LAST_ROW, min_col=1, max_col=COLUMNS + 1)
    nothing = None  # a million rows that are not there are the same one
    for line, row in enumerate(found, 1):
        if row is nothing:
            continue
        cells = [_text(one) for one in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield line, cells
        else:
            nothing = row


def _text(cell: Any) -> str:
    if cell is EMPTY_CELL or cell.value is None:
        return ""
    return " ".join(seen(cell).split())


def _aligned(rows: Rows) -> Rows:
    """Empty cells at the end of a row are there; one beyond the header is one too many."""
    width = len(rows[0][1]) if rows else 0
    return [(line, [*cells, *[""] * (width - len(cells))]) for line, cells in rows]


def seen(cell: Any) -> str:
    """A cell as people see it, as far as it can be read again.

    A truth value is written as a question of yes and no reads it."""
    value = cell.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date | time):
        return value.isoformat() if isinstance(value, date) else value.isoformat("minutes")
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format))
    return str(value)


def _moment(value: datetime) -> str:
    return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")


def _number(value: float, form: str) -> str:
    """
    >>> _number(470123456.0, "0000000000")
    '0470123456'
    >>> _number(80022912322, r"00\\.00\\.00\\-000\\.00"), _number(7.25, "General"), _number(5.0, "0.00")
    ('80022912322', '7.25', '5')
    """
    if not isinstance(value, int) and not value.is_integer():
        return f"{Decimal(repr(value)):f}"
    digits = str(int(value))
    mask = form.split(";")[0]
    if value >= 0 and "." not in LITERAL.sub("", mask) and ZEROS.fullmatch(mask):
        return digits.zfill(LITERAL.sub("", mask).count("0"))
    return digits


XLS = gettext_noop("This is a spreadsheet in an old format, or one with a password.")
XLS_REMEDY = gettext_noop(
    "Save it as XLSX without a password, or as CSV UTF-8, and load it again."
)
BOMB = gettext_noop("Unpacked, the file is larger than %(megabytes)s MB, or holds far too much.")
BOMB_REMEDY = gettext_noop("Save only the sheet with the people, or save it as CSV UTF-8.")
DAMAGED = gettext_noop("The file looks like a spreadsheet, but it cannot be read.")
DAMAGED_REMEDY = gettext_noop(
    "Open it in the spreadsheet program, save it anew as XLSX or as CSV UTF-8 and load it again."
)
SHEET = gettext_noop("The file has no visible sheet “%(sheet)s”.")
SHEET_REMEDY = gettext_noop("Its sheets: %(names)s. Choose one; hidden sheets are not read.")
MANY = gettext_noop("The sheet has more than %(most)s cells.")
MANY_REMEDY = gettext_noop(
    "Leave out the columns that are not needed, split it, or save it as CSV UTF-8."
)
