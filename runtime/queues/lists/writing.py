"""A table written for spreadsheets: a byte-order mark, and no cell that one would run. Pure.

The apostrophe that guards a cell is taken off again when the file is loaded (`unguarded`): what was mended comes back as it was.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

# Signs that begin a formula, their full-width twins, and blanks that some spreadsheets skip before looking.
FORMULA = re.compile(r"[\s\x00-\x1f\ufeff\u200b\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
GUARD = "'"
MARK = "\ufeff"


def neutral(cell: object) -> str:
    """
    >>> neutral("=1+1")
    "'=1+1"
    >>> neutral(None)
    ''
    """
    told = "" if cell is None else str(cell)
    return f"{GUARD}{told}" if FORMULA.match(told) else told


def unguarded(cell: str) -> str:
    """
    >>> unguarded("'+32470123456")
    '+32470123456'
    >>> unguarded("'s Gravenwezel")
    "'s Gravenwezel"
    """
    bare = cell.removeprefix(GUARD)
    return bare if bare != cell and FORMULA.match(bare) else cell


def lines(rows: Iterable[Sequence[object]], delimiter: str = ",") -> Iterator[str]:
    """The file in pieces, one a row."""
    buffer = io.StringIO(MARK)
    buffer.seek(1)
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    for row in rows:
        writer.writerow([neutral(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
