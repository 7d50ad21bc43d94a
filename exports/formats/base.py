"""What a format is."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

Cell = str | None
Row = Sequence[Cell]
Pieces = Callable[[Sequence[str], Iterable[Row]], Iterator[str]]


@dataclass(frozen=True)
class Format:
    """`pieces(columns, rows)` gives the file as pieces of text: one for the head, one for each row."""

    title: str
    extension: str
    media_type: str
    pieces: Pieces
