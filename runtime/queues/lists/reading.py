"""A file somebody uploaded, read as a table: bytes in, header and rows out, or what is wrong with it.

Spreadsheets write many kinds of CSV; all of these are read: UTF-8 with or without mark, UTF-16,
Windows' Latin letters; semicolon, comma, tab or bar. What cannot be a list is refused as a whole,
before anything is kept.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.problems import Problem, gettext_noop

BYTES_AT_MOST = 10 * 1024 * 1024
COLUMNS_AT_MOST = 200
ROWS_AT_MOST = 100_000
CELL_AT_MOST = 131_072  # csv's own limit: such a cell is an unclosed quotation mark
DELIMITERS = ";,\t|"
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
LOOKS_LIKE_DATA = re.compile(r"@|\d{5,}|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")


@dataclass(frozen=True, slots=True)
class Table:
    """The header, and rows with the number of the line each begins on (the header is line 1)."""

    encoding: str
    delimiter: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]


def read(data: bytes) -> Table | Problem:
    """The table in `data`, or the one problem that makes it unreadable."""
    if not data.strip(b"\x00\r\n\t ") or len(data) > BYTES_AT_MOST:
        return _size_problem(data)
    decoded = decode(data)
    if isinstance(decoded, Problem):
        return decoded
    text, encoding = decoded
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        return problem("nul", NUL, NUL_REMEDY, line=line)
    return _table(text, encoding)


def _size_problem(data: bytes) -> Problem:
    if len(data) > BYTES_AT_MOST:
        return problem("size", TOO_LARGE, TOO_LARGE_REMEDY, megabytes=BYTES_AT_MOST // 1024**2)
    return problem("empty", EMPTY, EMPTY_REMEDY)


def decode(data: bytes) -> tuple[str, str] | Problem:
    """The text and the name of its encoding."""
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "cp1252" or not CONTROL.search(text):
            return text.removeprefix("\ufeff"), encoding.removesuffix("-sig")
    return problem("encoding", ENCODING, ENCODING_REMEDY)


def _candidates(data: bytes) -> tuple[str, ...]:
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return (encoding,)
    sample = data[:4000]
    if len(data) % 2 == 0 and sample.count(0) > len(sample) // 4:
        return ("utf-16-le",) if sample[1:2] == b"\x00" else ("utf-16-be",)
    return ("utf-8", "cp1252")


def sniff(line: str) -> str:
    """The delimiter of a header line: what it holds most of, outside quotation marks."""
    bare = re.sub(r'"[^"]*"', "", line)
    return max(DELIMITERS, key=bare.count)


def _table(text: str, encoding: str) -> Table | Problem:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = sniff(first)
    try:
        rows = list(_rows(text, delimiter))
    except csv.Error as error:
        return _csv_problem(str(error), text)
    return checked(rows, encoding, delimiter)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold something, with the line each begins on; a line break in a quoted cell is part
    of the cell."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield line, [" ".join(cell.split()) for cell in cells]
        line = reader.line_num + 1


def _csv_problem(error: str, text: str) -> Problem:
    """csv's two complaints: a field larger than its limit, quotation marks that do not match."""
    if "field limit" in error:
        return problem("cell", CELL, CELL_REMEDY, most=CELL_AT_MOST)
    return problem("quotes", QUOTES, QUOTES_REMEDY, line=_line_of_open_quote(text))


def _line_of_open_quote(text: str) -> int:
    """The first line on which the number of quotation marks so far is odd and stays so, or 1."""
    marks, opened = 0, 1
    for number, line in enumerate(text.splitlines(), 1):
        if marks % 2 == 0:
            opened = number
        marks += line.count('"')
    return opened


def checked(rows: list[tuple[int, list[str]]], encoding: str, delimiter: str) -> Table | Problem:
    """The table of these rows, if its header names columns and there are not too many."""
    if len(rows) < 2:
        return problem("empty", EMPTY, EMPTY_REMEDY)
    if len(rows) - 1 > ROWS_AT_MOST:
        return problem("rows", ROWS, ROWS_REMEDY, rows=len(rows) - 1, most=ROWS_AT_MOST)
    header = rows[0][1]
    wrong = _header_problem(header)
    return wrong or Table(encoding, delimiter, tuple(header), tuple(rows[1:]))


def _header_problem(header: list[str]) -> Problem | None:
    """The header is kept and shown in clear, so a first line with somebody's data is refused."""
    if len(header) > COLUMNS_AT_MOST:
        return problem(
            "columns", COLUMNS, COLUMNS_REMEDY, columns=len(header), most=COLUMNS_AT_MOST
        )
    for number, cell in enumerate(header, 1):
        if not cell or len(cell) > 80 or LOOKS_LIKE_DATA.search(cell):
            return problem("header", HEADER, HEADER_REMEDY, column=number)
    lowered = [cell.casefold() for cell in header]
    double = next((cell for cell in header if lowered.count(cell.casefold()) > 1), None)
    if double is not None:
        return problem("double_column", DOUBLE, DOUBLE_REMEDY, name=double)
    return None


def problem(code: str, message: str, remedy: str, **params: object) -> Problem:
    return Problem(code=code, place="file", message=message, remedy=remedy, params=params)


EMPTY = gettext_noop("The file holds no people.")
EMPTY_REMEDY = gettext_noop("Line 1 must name the columns, each line after it one person.")
TOO_LARGE = gettext_noop("The file is larger than %(megabytes)s MB.")
TOO_LARGE_REMEDY = gettext_noop("Split it and load the parts one after the other.")
NUL = gettext_noop(
    "Line %(line)s holds a null character: this is not a text file, or it is damaged."
)
NUL_REMEDY = gettext_noop("Save it as CSV UTF-8 in the spreadsheet program and load it again.")
ENCODING = gettext_noop("The letters of the file cannot be read: its encoding is unknown.")
ENCODING_REMEDY = gettext_noop(
    "Save it as CSV UTF-8 in the spreadsheet program and load it again."
)
COLUMNS = gettext_noop("The file has %(columns)s columns; at most %(most)s are read.")
COLUMNS_REMEDY = gettext_noop("Leave out the columns that are not needed.")
CELL = gettext_noop("A cell is longer than %(most)s characters.")
CELL_REMEDY = gettext_noop("Look for a quotation mark that is not closed.")
QUOTES = gettext_noop("A quotation mark on or after line %(line)s is not closed or not doubled.")
QUOTES_REMEDY = gettext_noop("Correct it and load the file again.")
ROWS = gettext_noop("The file has %(rows)s people; at most %(most)s are loaded at once.")
ROWS_REMEDY = gettext_noop("Split it and load the parts one after the other.")
HEADER = gettext_noop("Column %(column)s has no name: line 1 must hold the names of the columns.")
HEADER_REMEDY = gettext_noop("Add a first line with names like first name; last name; phone.")
DOUBLE = gettext_noop("Two columns are called “%(name)s”.")
DOUBLE_REMEDY = gettext_noop("Give each column a name of its own.")
