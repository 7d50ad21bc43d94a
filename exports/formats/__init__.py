"""File kinds a table can be written in. To add one: a module with a `FORMAT`, and its place in this tuple.

Pure: a format turns (columns, rows) into pieces of text, one at a time, so that memory stays flat.
"""

from exports.formats import csv, json_lines
from exports.formats.base import Format

FORMATS: tuple[Format, ...] = (csv.FORMAT, json_lines.FORMAT)


def by_extension(extension: str) -> Format | None:
    """The format whose files end so, or None."""
    return next((each for each in FORMATS if each.extension == extension), None)
