"""A state kept alive: each event changes it in place, computes only what hangs on the change, and gives a patch of the view.

A change marks the cells that read it. Marked cells run in the order of their ranks, each at most once a frame, and mark
their readers only if what those read changed. Evaluating everything at once runs every cell; that both show the same is a
property that the tests hold.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from builder.definition import Definition
from builder.values import canonical
from runtime.engine.agenda import Agenda
from runtime.engine.cells import SAME, Cell, SectionCell
from runtime.engine.commands import decide
from runtime.engine.events import Event, change
from runtime.engine.frames import FINE, Frame, Verdict
from runtime.engine.paths import path_of
from runtime.engine.program import program_of
from runtime.engine.reaching import KEPT, SCORE, TODAY
from runtime.engine.state import State, copied, entries_of, find, find_repeat
from runtime.engine.valued import QuestionCell

Patch = dict[str, Any]
# More entries than these in one record are kept, and not evaluated: what reads all of them in each of them must end soon.
MOST_ENTRIES: Final = 1_000
_PARTS: Final = ("questions", "items", "sections", "outcomes", "texts")


class Live:
    """What a state means on a day, and goes on to mean while events come in. Owns its state: the one given is copied."""

    def __init__(self, definition: Definition, state: State, today: str) -> None:
        self.program = program_of(definition)
        self.state = copied(state)
        self.language: str = state["language"]
        self.answers: dict[str, Any] = self.state["answers"]
        self.overridden: dict[str, str] = self.state["overridden"]
        self.unreadable = set(state["unreadable"])
        self.counts = [[0, 0] for _ in definition.sections]  # missing and problems
        self.missing = self.problems = 0
        self._agenda = Agenda(self.program.cells)
        self.running = False
        first = Frame(self.program.names.sizes[0], len(self.program.within[0]))
        self.root = first.values
        self.root[TODAY] = today
        self.frames: list[list[Frame]] = [[first], *([] for _ in self.program.names.sizes[1:])]
        self._at = {"": first}
        self._forget()
        self._furnish(first)
        for cell in self.program.cells:
            self.root[KEPT] = {}
            for frame in self.frames[cell.scope]:
                cell.run(self, frame)
        self.root[KEPT] = None
        self.running = True
        self._forget()
        self.path = path_of(self.program, self.state, self.root)

    def _furnish(self, frame: Frame) -> None:
        """Give a new frame those of the entries in it."""
        for section in self.program.sections.values():
            if section.entries is not None and section.scope == frame.scope:
                frame.entries[section.inside] = []
                place = frame.prefix + section.section.name
                self.enter(section, frame, entries_of(self.state, section, place))

    @property
    def clear(self) -> bool:
        """Whether nothing is missing and nothing is wrong."""
        return not self.missing and not self.problems

    def verdict(self, place: str) -> Verdict:
        """What is said of an answer."""
        found = self._frame_of(place)
        return FINE if found is None else found[1].verdicts[found[0].slot]

    def _frame_of(self, place: Any) -> tuple[QuestionCell, Frame] | None:
        """The question that a place names, and the frame of its entry if that is there."""
        found = find(self.program, place)
        if found is None or not isinstance(found.cell, QuestionCell):
            return None
        frame = self._at.get(found.prefix)
        return None if frame is None else (found.cell, frame)

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
        shown: dict[str, Any] = {part: {} for part in _PARTS}
        for section in self.program.sections.values():
            for frame in self.frames[section.scope]:
                shown[section.part][section.key(frame)] = section.shown(self, frame)
            for frame in self.frames[section.inside]:
                for cell in section.values:
                    shown["questions"][cell.key(frame)] = cell.shown(self, frame)
        for painted in self.program.painted:
            if painted.part:
                for frame in self.frames[painted.scope]:
                    shown[painted.part][painted.key(frame)] = painted.shown(self, frame)
        return {
            **shown,
            **self.path,
            "missing": self.missing,
            "problems": self.problems,
            "score": self._score(),
        }

    def count(self, section: SectionCell, missing: int, problems: int) -> None:
        """So many more (or fewer) answers of a section are missing, or have a problem."""
        step = section.step
        counts = self.counts[step.number]
        counts[0] += missing
        counts[1] += problems
        self.missing += missing
        self.problems += problems
        self.touched[step, self.frames[0][0]] = None

    def enter(self, section: SectionCell, frame: Frame, entries: Sequence[str]) -> None:
        """The entries that a repeat has now: frames for new ones, those of gone ones are forgotten."""
        inside, name = section.inside, section.section.name
        before = {entry.keys: entry for entry in frame.entries[inside]}
        like = self.program.names.sizes[inside], len(self.program.within[inside]), inside
        after = []
        begun: list[Frame] = []
        for entry in entries:
            kept = before.pop(f"{frame.keys}{entry}/", None)
            if kept is None and len(self._at) + len(begun) <= MOST_ENTRIES:
                kept = Frame.of_entry(frame, name, entry, like=like)
                begun.append(kept)
            if kept is not None:
                after.append(kept)
        if not begun and not before and after == frame.entries[inside]:
            return
        frame.entries[inside] = after
        for gone in before.values():
            self._end(gone)
        self.frames[inside] = self._under(self.frames[0][0], inside)
        for new in begun:
            self._begin(new)

    def _begin(self, frame: Frame) -> None:
        self._at[frame.prefix] = frame
        self._furnish(frame)
        if self.running:
            for cell in self.program.within[frame.scope]:
                self._agenda.mark(cell, frame)
                self.touched[cell, frame] = None

    def _end(self, frame: Frame) -> None:
        frame.gone = True
        del self._at[frame.prefix]
        for scope, entries in frame.entries.items():
            for entry in entries:
                self._end(entry)
            frame.entries[scope] = []
            self.frames[scope] = self._under(self.frames[0][0], scope)
        for cell in self.program.within[frame.scope]:
            if cell.part:
                self.gone[cell.part, cell.key(frame)] = None
        repeat = self.program.names.repeats[frame.scope]
        assert repeat is not None  # noqa: S101 - only the root is of none, and it never ends
        missing = sum(verdict.missing for verdict in frame.verdicts)
        problems = sum(verdict.blocking for verdict in frame.verdicts)
        self.count(repeat, -missing, -problems)

    def _drain(self) -> None:
        mark = self._agenda.mark
        told: set[tuple[Cell, Frame]] = set()  # readers that are marked in all frames under one
        for cell, frames in self._agenda:
            self.root[KEPT] = None if len(frames) == 1 else {}
            told.clear()
            for frame in frames:
                if frame.gone or not cell.run(self, frame):
                    continue
                for reader, meeting in cell.readers:
                    if meeting == SAME:
                        mark(reader, frame)
                    elif (both := (reader, frame.above(meeting))) not in told:
                        told.add(both)
                        for one in self._under(both[1], reader.scope):
                            mark(reader, one)

    def _under(self, frame: Frame, scope: int) -> list[Frame]:
        """All frames of a scope that lie in one, in order."""
        if frame.scope == scope:
            return [frame]
        around = self._under(frame, self.program.names.around[scope])
        return [entry for one in around for entry in one.entries.get(scope, ())]

    def answered(self, event: Event) -> None:
        """An answer came, went, changed, or had its warnings set aside."""
        found = self._frame_of(event.get("place"))
        if found is None:
            return
        cell, frame = found
        place, unreadable = event["place"], self.unreadable
        told_anew = cell.verdict.warns or place in unreadable
        unreadable.discard(place)
        if place in self.state["unreadable"]:
            unreadable.add(place)
            told_anew = True
        self.touched[found] = None
        self._agenda.mark(cell, frame)
        if told_anew:
            self._agenda.mark(cell.verdict, frame)

    def entered(self, event: Event) -> None:
        """Entries of a repeat came, went or moved."""
        found = find_repeat(self.program, event.get("repeat"))
        if found is None or found[0].entries is None:
            return
        section, place = found[0], event["repeat"]
        frame = self._at.get(place[: -len(section.section.name)])
        if frame is None or section.entries is None or section.entries.count is not None:
            return
        self.unreadable = set(self.state["unreadable"])
        self.enter(section, frame, entries_of(self.state, section, place))
        self._agenda.mark(section.entries, frame)

    def spoken(self, _event: Event) -> None:
        """The language may have changed: whatever is said is said anew."""
        self.language = self.state["language"]
        for cell in self.program.painted:
            if cell.says:
                for frame in self.frames[cell.scope]:
                    self._agenda.mark(cell, frame)

    def opened(self, _event: Event) -> None:
        """Another section is shown."""
        self.rerouted = True

    def _forget(self) -> None:
        """What changes from here on is what the next patch tells."""
        self.touched: dict[tuple[Cell, Frame], None] = {}
        self.gone: dict[tuple[str, str], None] = {}
        self.rerouted = False
        self._told = (self.missing, self.problems, self.root[SCORE])

    def _patch(self) -> Patch:
        patch: Patch = {}
        for part, key in self.gone:
            patch.setdefault(part, {})[key] = None
        for cell, frame in self.touched:
            if cell.part and not frame.gone:
                patch.setdefault(cell.part, {})[cell.key(frame)] = cell.shown(self, frame)
        self._patch_totals(patch)
        self._forget()
        return patch

    def _patch_totals(self, patch: Patch) -> None:
        if self.rerouted:
            before, self.path = self.path, path_of(self.program, self.state, self.root)
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


_MARKS: Final[dict[str, Callable[[Live, Event], None]]] = {
    "answered": Live.answered,
    "cleared": Live.answered,
    "entry_added": Live.entered,
    "overridden": Live.answered,
    "entry_moved": Live.entered,
    "entry_removed": Live.entered,
    "section_opened": Live.opened,
    "language_set": Live.spoken,
}
