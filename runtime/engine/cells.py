"""Cells: what is computed of a definition, one object for each part of it, run once for each frame of its scope.

A scope is the root or a repeat; a frame holds the values of the root, or of one entry. `run` computes a cell in a frame, writes
what the screen shows of it, and says whether what others read of it changed: only then are its readers run. Slots are
places in a frame's lists; the first ones are inputs and links that belong to no cell.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol

from runtime.engine.frames import Frame
from runtime.engine.reaching import PARENT, Closure, Values

if TYPE_CHECKING:
    from builder.definition import Section


class Evaluation(Protocol):
    """What a cell sees, and where it tells what changed, while it runs."""

    root: Values
    frames: list[list[Frame]]
    answers: dict[str, Any]
    unreadable: set[str]
    overridden: dict[str, str]
    language: str
    counts: list[list[int]]
    running: bool  # False while everything is computed for the first time
    touched: "dict[tuple[Cell, Frame], None]"
    rerouted: bool

    @property
    def clear(self) -> bool:
        """Whether nothing is missing and nothing is wrong."""

    def count(self, section: "SectionCell", missing: int, problems: int) -> None:
        """So many more (or fewer) answers of a section are missing, or have a problem."""

    def enter(self, section: "SectionCell", frame: Frame, entries: Sequence[str]) -> None:
        """The entries that a repeat has now."""


class Cell:
    """The base of all: where it lies, its place in the order, and who reads it. `part` is the part of a view that shows it (none
    for what is only computed), `says` whether it holds words, `at` its place among the cells of its scope."""

    __slots__ = ("at", "part", "rank", "readers", "says", "scope", "slot")

    def __init__(self, scope: int, slot: int, part: str = "", *, says: bool = False) -> None:
        self.scope = scope
        self.slot = slot
        self.part = part
        self.says = says
        self.rank = self.at = 0
        # (reader, the scope whose frame holds all that reads it; SAME if only the same frame does)
        self.readers: list[tuple[Cell, int]] = []

    def run(self, live: Evaluation, frame: Frame) -> bool:
        """Compute the cell in a frame."""
        raise NotImplementedError

    def key(self, frame: Frame) -> str:
        """Under which name the view shows it."""
        raise NotImplementedError

    def shown(self, live: Evaluation, frame: Frame) -> Any:
        """What the view has of it."""
        raise NotImplementedError


SAME: Final = -1


class SectionCell(Cell):
    """A section's relevance, with that of the section it lies within. `inside` is the scope of its cells; `step` the section that
    counts what is missing in it: itself, or the one on the path whose entries it belongs to."""

    __slots__ = ("entries", "inside", "number", "relevance", "section", "step", "values", "within")

    def __init__(
        self, section: "Section", number: int, within: "SectionCell | None", scope: int, slot: int
    ) -> None:
        super().__init__(scope, slot, "items" if scope else "sections")
        self.section = section
        self.number = number
        self.within = within
        self.inside = scope
        self.step: SectionCell = self if within is None or not scope else within.step
        self.entries: EntriesCell | None = None
        self.values: list[Cell] = []
        self.relevance: Closure | None = None

    def holds_in(self, values: Values) -> Any:
        """Whether it is relevant, seen from a frame of its inside."""
        return (values if self.entries is None else values[PARENT])[self.slot]

    def run(self, live: Evaluation, frame: Frame) -> bool:
        values = frame.values
        relevant = (self.within is None or self.within.holds_in(values)) and (
            self.relevance is None or self.relevance(live.root, values) is True
        )
        if relevant is values[self.slot]:
            return False
        values[self.slot] = relevant
        live.touched[self, frame] = None
        if not self.scope:
            live.rerouted = True
        return True

    def key(self, frame: Frame) -> str:
        return frame.keys + self.section.id if self.scope else self.section.name

    def shown(self, live: Evaluation, frame: Frame) -> Any:
        relevant = bool(frame.values[self.slot])
        if self.scope:
            return relevant
        missing, problems = live.counts[self.number]
        return {"relevant": relevant, "missing": missing, "problems": problems}


class EntriesCell(Cell):
    """The entries of a repeat, for those who count and sum: none while its section is hidden. With a count they follow a number."""

    __slots__ = ("count", "section")

    def __init__(self, section: SectionCell, slot: int) -> None:
        super().__init__(section.scope, slot)
        self.section = section
        self.count: Closure | None = None

    def run(self, live: Evaluation, frame: Frame) -> bool:
        inside = self.section.inside
        if self.count is not None:
            live.enter(self.section, frame, self._counted(self.count(live.root, frame.values)))
        frame.order(inside)
        relevant = frame.values[self.section.slot]
        frame.values[self.slot] = (
            [entry.values for entry in frame.entries[inside]] if relevant else []
        )
        return True

    def _counted(self, number: Any) -> Sequence[str]:
        repeat = self.section.section.repeat
        most = 0 if repeat is None else repeat.maximum
        return [str(at + 1) for at in range(max(0, min(int(number or 0), most)))]
