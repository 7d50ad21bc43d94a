"""The agenda: which cells are still to be run, in which frames; the one of the smallest rank comes first."""

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush

from runtime.engine.cells import Cell
from runtime.engine.frames import Frame


class Agenda:
    """Cells that are marked, each once a frame, however often it is marked."""

    def __init__(self, cells: list[Cell]) -> None:
        self._cells = cells
        self._frames: dict[int, dict[Frame, None]] = {}
        self._ranks: list[int] = []

    def mark(self, cell: Cell, frames: Iterable[Frame]) -> None:
        """Have a cell run in these frames, at its turn."""
        marked = self._frames.get(cell.rank)
        if marked is None:
            self._frames[cell.rank] = dict.fromkeys(frames)
            heappush(self._ranks, cell.rank)
        else:
            marked.update(dict.fromkeys(frames))

    def forget(self, cell: Cell, frame: Frame) -> None:
        """The frame is gone."""
        self._frames.get(cell.rank, {}).pop(frame, None)

    def __iter__(self) -> Iterator[tuple[Cell, list[Frame]]]:
        """Take the cells one after the other; more may be marked meanwhile, of higher ranks."""
        while self._ranks:
            rank = heappop(self._ranks)
            yield self._cells[rank], list(self._frames.pop(rank))
