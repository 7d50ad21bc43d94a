"""JSON Lines: one object a row, keyed by column; Missing is null."""

import json
from collections.abc import Iterable, Iterator, Sequence

from exports.formats.base import Format, Row


def pieces(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """The file, one line a row; a table without rows is an empty file."""
    for row in rows:
        yield json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False) + "\n"


FORMAT = Format("JSON Lines", "jsonl", "application/jsonl", pieces)
