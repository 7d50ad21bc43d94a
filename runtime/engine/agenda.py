"""The agenda: which cells are still to be run, in which frames; the one of the smallest rank comes first."""

from collections.abc import Iterator
from heapq import heappop, heappush

from runtime.engine.cells import Cell
from runtime.engine.frames import Frame


class Agenda:
    """Cells that are marked, each once a frame, however often it is marked."""

    def __init__(self, cells: list[Cell]) -> None:
        self._cells = cells
        self._frames: dict[int, list[Frame]] = {}
        self._ranks: list[int] = []

    def mark(self, cell: Cell, frame: Frame) -> None:
        """Have a cell run in a frame, at its turn."""
        if frame.marked[cell.at]:
            return
        frame.marked[cell.at] = 1
        rank = cell.rank
        if rank in self._frames:
            self._frames[rank].append(frame)
        else:
            self._frames[rank] = [frame]
            heappush(self._ranks, rank)

    def __iter__(self) -> Iterator[tuple[Cell, list[Frame]]]:
        """Take the cells one after the other; more may be marked meanwhile, of higher ranks."""
        while self._ranks:
            rank = heappop(self._ranks)
            cell, frames = self._cells[rank], self._frames.pop(rank)
            for frame in frames:
                frame.marked[cell.at] = 0
            yield cell, frames
