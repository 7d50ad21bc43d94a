"""A state kept alive: each event changes it in place, computes only what hangs on the change, and gives a patch of the view.

A change marks the cells that read it. Marked cells run in the order of their ranks, each at most once a frame, and mark
their readers only if what those read changed. Evaluating everything at once runs every cell; that both show the same is a
property that the tests hold.
"""

from collections.abc import Callable, Iterable
from heapq import heappop, heappush
from typing import Any, Final

from builder.definition import Definition
from builder.values import canonical
from runtime.engine.cells import Cell, Frame, OutcomeCell, QuestionCell, SectionCell
from runtime.engine.commands import decide
from runtime.engine.evaluate import SCORE, TODAY
from runtime.engine.events import Event, change, fold
from runtime.engine.program import program_of
from runtime.engine.state import State, copied, find

Patch = dict[str, Any]


def advance(
    definition: Definition, state: State, command: Any, today: str
) -> tuple[State, list[Event]]:
    """What becomes of the state when this is asked for, and the events that say so."""
    event = decide(program_of(definition), state, command, lambda: Live(definition, state, today))
    return (state if event["event"] == "refused" else fold(definition, state, event)), [event]


class Live:
    """What a state means on a day, and goes on to mean while events come in. Owns its state: the one given is copied."""

    def __init__(self, definition: Definition, state: State, today: str) -> None:
        self.program = program_of(definition)
        self.state = copied(state)
        self.language: str = state["language"]
        self.answers: dict[str, Any] = self.state["answers"]
        self.unreadable = set(state["unreadable"])
        self.counts = [[0, 0] for _ in definition.sections]  # missing and problems
        self.missing = self.problems = 0
        self.frames = self._frames()
        self.root = self.frames[0][0].values
        self.root[TODAY] = today
        self._pending: dict[int, dict[Frame, None]] = {}
        self._heap: list[int] = []
        self._forget()
        for cell in self.program.cells:
            for frame in self.frames[cell.scope]:
                cell.run(self, frame)
        self._forget()
        self.path = self._path()

    def _frames(self) -> list[list[Frame]]:
        """The frames of each scope."""
        frames = [[Frame(self.program.sizes[0])]]
        for name, section in self.program.sections.items():
            if section.entries is not None:
                entries = self.state["entries"].get(name, ())
                frames.append([self._frame(section, entry) for entry in entries])
        return frames

    def _frame(self, section: SectionCell, entry: str) -> Frame:
        size, prefix = self.program.sizes[section.inside], f"{section.section.name}/{entry}/"
        return Frame(size, prefix, f"{entry}/")

    @property
    def clear(self) -> bool:
        """Whether nothing is missing and nothing is wrong."""
        return not self.missing and not self.problems

    def relevant(self, section: str) -> bool:
        """Whether a section is on the path."""
        return bool(self.root[self.program.sections[section].slot])

    def fits(self, outcome: OutcomeCell) -> bool:
        """Whether an outcome's condition holds."""
        return bool(self.root[outcome.slot])

    def advance(self, command: Any) -> tuple[list[Event], Patch]:
        """Do what is asked for: the events that say so, and what they change in the view."""
        event = decide(self.program, self.state, command, lambda: self)
        return [event], {} if event["event"] == "refused" else self.follow((event,))

    def follow(self, events: Iterable[Event]) -> Patch:
        """Take in what happened: what it changes in the view."""
        for event in events:
            change(self.program, self.state, event)
            mark = _MARKS.get(event.get("event", ""))
            if mark is not None:
                mark(self, event)
        self._drain()
        return self._patch()

    def view(self) -> dict[str, Any]:
        """All that a screen needs, in reading order."""
        shown: dict[str, Any] = {"questions": {}, "items": {}, "outcomes": {}, "texts": {}}
        root = self.frames[0][0]
        for section in self.program.sections.values():
            for frame in self.frames[section.inside]:
                for cell in section.values:
                    shown["questions"][cell.key(frame)] = cell.shown(self, frame)
        for painted in self.program.painted:
            if painted.part:
                for frame in self.frames[painted.scope]:
                    shown[painted.part][painted.key(frame)] = painted.shown(self, frame)
        sections = self.program.sections.items()
        return {
            **shown,
            "sections": {name: section.shown(self, root) for name, section in sections},
            **self.path,
            "missing": self.missing,
            "problems": self.problems,
            "score": self._score(),
        }

    # What cells tell while they run

    def count(self, section: SectionCell, missing: int, problems: int) -> None:
        """So many more (or fewer) answers of a section are missing, or have a problem."""
        counts = self.counts[section.at]
        counts[0] += missing
        counts[1] += problems
        self.missing += missing
        self.problems += problems
        self.turned[section] = True

    # Marking and running

    def _mark(self, cell: Cell, frames: Iterable[Frame]) -> None:
        pending = self._pending.get(cell.rank)
        if pending is None:
            self._pending[cell.rank] = dict.fromkeys(frames)
            heappush(self._heap, cell.rank)
        else:
            pending.update(dict.fromkeys(frames))

    def _drain(self) -> None:
        cells, heap, pending = self.program.cells, self._heap, self._pending
        while heap:
            rank = heappop(heap)
            cell = cells[rank]
            for frame in pending.pop(rank):
                if cell.run(self, frame):
                    for reader, same in cell.readers:
                        self._mark(reader, (frame,) if same else self.frames[reader.scope])

    # What events mark

    def answered(self, event: Event) -> None:
        """An answer came, went or changed."""
        found = find(self.program, event.get("place"))
        cell = None if found is None else found[0]
        if found is None or not isinstance(cell, QuestionCell):
            return
        frames = self.frames[cell.scope]
        if cell.scope:
            scope = f"{found[2]}/"
            frames = [frame for frame in frames if frame.scope == scope]
        if event["place"] in self.state["unreadable"]:
            self.unreadable.add(event["place"])
        else:
            self.unreadable.discard(event["place"])
        for frame in frames:
            self.touched[cell, frame] = None
        self._mark(cell, frames)
        self._mark(self.program.problems[cell], frames)

    def entered(self, event: Event) -> None:
        """Entries of a repeat came or went."""
        section = self.program.sections.get(event.get("repeat", ""))
        if section is None or section.entries is None:
            return
        before = {frame.scope: frame for frame in self.frames[section.inside]}
        after = []
        for entry in self.state["entries"].get(section.section.name, ()):
            frame = before.pop(f"{entry}/", None)
            after.append(frame or self._begun(section, entry))
        self.frames[section.inside] = after
        for frame in before.values():
            self._end(section, frame)
        self._mark(section.entries, self.frames[0])

    def _begun(self, section: SectionCell, entry: str) -> Frame:
        frame = self._frame(section, entry)
        for cell in self.program.within[section.inside]:
            self._mark(cell, (frame,))
            self.touched[cell, frame] = None
        return frame

    def _end(self, section: SectionCell, frame: Frame) -> None:
        for cell in self.program.within[section.inside]:
            if cell.part:
                self.gone[cell.part, cell.key(frame)] = None
            self.touched.pop((cell, frame), None)
            self._pending.get(cell.rank, {}).pop(frame, None)
        self.count(section, -sum(frame.missing), -sum(map(len, frame.problems)))
        self.unreadable = set(self.state["unreadable"])

    def spoken(self, _event: Event) -> None:
        """The language may have changed: whatever is said is said anew."""
        self.language = self.state["language"]
        for cell in self.program.painted:
            if cell.says:
                self._mark(cell, self.frames[cell.scope])

    def opened(self, _event: Event) -> None:
        """Another section is shown."""
        self.rerouted = True

    # What changed, for the screen

    def _forget(self) -> None:
        """What changes from here on is what the next patch tells."""
        self.touched: dict[tuple[Cell, Frame], None] = {}
        self.turned: dict[SectionCell, bool] = {}
        self.gone: dict[tuple[str, str], None] = {}
        self.rerouted = False
        self._told = (self.missing, self.problems, self.root[SCORE])

    def _patch(self) -> Patch:
        patch: Patch = {}
        for part, key in self.gone:
            patch.setdefault(part, {})[key] = None
        for cell, frame in self.touched:
            if cell.part:
                patch.setdefault(cell.part, {})[cell.key(frame)] = cell.shown(self, frame)
        if self.turned:
            root = self.frames[0][0]
            patch["sections"] = {
                section.section.name: section.shown(self, root) for section in self.turned
            }
        self._patch_totals(patch)
        self._forget()
        return patch

    def _patch_totals(self, patch: Patch) -> None:
        if self.rerouted:
            before, self.path = self.path, self._path()
            patch.update({key: now for key, now in self.path.items() if now != before[key]})
        missing, problems, score = self._told
        if self.missing != missing:
            patch["missing"] = self.missing
        if self.problems != problems:
            patch["problems"] = self.problems
        if self.root[SCORE] != score:
            patch["score"] = self._score()
        if self.clear is not (not missing and not problems):
            root = self.frames[0][0]
            for cell in self.program.outcomes:
                patch.setdefault("outcomes", {})[cell.key(root)] = cell.shown(self, root)

    def _score(self) -> str | None:
        score = self.root[SCORE]
        return None if score is None else canonical(score)

    def _path(self) -> dict[str, Any]:
        """The relevant sections in order, with the one after and the one before the current section."""
        sections, shown = self.program.sections, self.state["section"]
        here = sections[shown].at if shown in sections else -1
        path = [name for name, section in sections.items() if self.root[section.slot]]
        after = (name for name in path if sections[name].at > here)
        before = (name for name in reversed(path) if sections[name].at < here)
        return {"path": path, "next": next(after, None), "previous": next(before, None)}


_MARKS: Final[dict[str, Callable[[Live, Event], None]]] = {
    "answered": Live.answered,
    "cleared": Live.answered,
    "entry_added": Live.entered,
    "entry_removed": Live.entered,
    "section_opened": Live.opened,
    "language_set": Live.spoken,
}
