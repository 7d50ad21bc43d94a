"""CSV as RFC 4180 has it, with a byte-order mark for spreadsheets, and no cell that a spreadsheet would run.

A cell that would begin a formula is given an apostrophe in front, as OWASP advises; a plain number is left alone,
so that `-0.5` stays a number. Missing is an empty cell.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from exports.formats.base import Cell, Format, Row

# Signs that begin a formula, their full-width twins, and blanks that some spreadsheets skip before looking.
FORMULA = re.compile(r"[\s\x00-\x1f\ufeff\u200b\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
BYTE_ORDER_MARK = "\ufeff"


class Table(Protocol):
    """What `write` takes: names of columns, and rows as long as they."""

    @property
    def names(self) -> Sequence[str]: ...

    @property
    def rows(self) -> Iterable[Row]: ...


class Stream(Protocol):
    """Where text is written to."""

    def write(self, text: str, /) -> object: ...


def neutral(cell: Cell) -> str:
    """The cell as text that no spreadsheet runs.

    >>> neutral("=1+1")
    "'=1+1"
    >>> neutral("-0.5")
    '-0.5'
    """
    if cell is None:
        return ""
    if FORMULA.match(cell) and not NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def line(row: Row) -> str:
    """One row, neutral and quoted where needed, with its CR LF."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow([neutral(cell) for cell in row])
    return buffer.getvalue()


def plain_pieces(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Head and rows without the byte-order mark, for programs that read it."""
    yield line(columns)
    for row in rows:
        yield line(row)


def pieces(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """The file, piece by piece."""
    yield BYTE_ORDER_MARK
    yield from plain_pieces(columns, rows)


def write(table: Table, stream: Stream) -> None:
    """Writes the whole table to a text stream (opened with `newline=""`)."""
    for piece in pieces(table.names, table.rows):
        stream.write(piece)


FORMAT = Format("CSV", "csv", "text/csv", pieces)
