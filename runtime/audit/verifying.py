"""Does the access log still say what it said? Reads all of it, in the tree's order, and holds it against the checkpoints.

What is told of a fault is what is known: a row that is gone or whose leaf is another, by its number; what only the root shows, by
the two checkpoints between which it lies. Nothing is repaired.

The past before a checkpoint cannot be changed unseen, for its root is outside and signed. What was sealed since the last one is
held against the seals, what is not sealed yet against its marks (`tails`).
"""

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Max

from runtime.audit import leaves
from runtime.audit.checkpoints import Checkpoint
from runtime.audit.models import Seal, SealedRow
from runtime.audit.reports import Report
from runtime.audit.tails import look_at_tail
from runtime.audit.tree import SIZE, Tree

EACH = 10_000
NEVER = 2**62
LATE = dt.timedelta(minutes=10)
Progress = Callable[[int], object]


def verify(
    checkpoints: Sequence[Checkpoint],
    report: Report,
    *,
    now: dt.datetime,
    after: int = 0,
    progress: Progress = lambda _size: None,
) -> None:
    """All of the log, or what came after the first `after` checkpoints; their signatures are known to be good."""
    sealed = Seal.objects.aggregate(size=Max("size"))["size"] or 0
    walk = _begin(checkpoints, after, report)
    seals = Seal.objects.filter(size__gt=walk.tree.size, size__lte=sealed).order_by("size")
    walk.seals(seals.values_list("size", "peaks").iterator())
    walk.go(leaves.sealed(walk.tree.size, sealed), progress)
    walk.end()
    beyond = SealedRow.objects.filter(position__gte=sealed).count()
    if beyond and not Seal.objects.filter(size__gt=sealed).exists():
        report.fault(
            f"Behind the last seal (place {sealed}) there are {beyond} places that nobody sealed."
        )
    covered = checkpoints[-1].size if checkpoints else 0
    _look_at_age(report, covered, now)
    look_at_tail(report, min(covered, sealed), now)


def verify_between(
    checkpoints: Sequence[Checkpoint], report: Report, first: int, last: int
) -> None:
    """What came after the first `first` checkpoints, up to the `last`-th: a long log is looked at piece by piece."""
    walk = _begin(checkpoints[:last], first, report)
    walk.go(leaves.sealed(walk.tree.size, checkpoints[last - 1].size), lambda _size: None)
    walk.end()


def _look_at_age(report: Report, covered: int, now: dt.datetime) -> None:
    """What was sealed long ago has a checkpoint, unless these are an older copy, or somebody cut the file."""
    late = Seal.objects.filter(size__gt=covered, at__lt=now - LATE).order_by("size").first()
    if late is None:
        return
    since = f"{late.at:%Y-%m-%d %H:%M} (UTC)"
    if not covered:
        report.fault(
            f"There is no checkpoint, though rows were sealed since {since}: the file was removed, lies elsewhere, or no worker runs."
        )
    else:
        report.notes.append(
            f"What was sealed since {since} (place {covered} and on) has no checkpoint here. In a copy that is right; in the file itself its end was "
            "cut off, or no worker runs."
        )


def _begin(checkpoints: Sequence[Checkpoint], after: int, report: Report) -> "Walk":
    """A walk that begins at a checkpoint: the peaks stand in the database, and its root says whether they are the right ones."""
    tree = Tree()
    if after:
        start = checkpoints[after - 1]
        found = Seal.objects.filter(size=start.size).values_list("peaks", flat=True).first()
        if found is None or len(found) != SIZE * start.size.bit_count():
            report.fault(_cut_off(start, Seal.objects.aggregate(size=Max("size"))["size"] or 0))
            return Walk(Tree(), [], report)
        tree = Tree(start.size, bytes(found))
        if tree.root() != start.root:
            report.fault(f"{_name(start)} tells another log than the seal of the same size.")
    return Walk(tree, checkpoints[after:], report)


class Walk:
    """One pass through the tree, leaf by leaf."""

    def __init__(self, tree: Tree, checkpoints: Sequence[Checkpoint], report: Report) -> None:
        self.tree, self.report = tree, report
        self.due = deque(checkpoints)
        self.due_seals: Iterator[tuple[int, Any]] = iter(())
        self.seal: tuple[int, Any] | None = None
        self.proved = tree.size  # up to where a checkpoint agrees
        self.other_root = self.other_seal = (
            False  # the first difference is told, not its consequences
        )
        self.place = tree.size  # the next one

    def seals(self, rows: Iterator[tuple[int, Any]]) -> None:
        """Hold the tree against these, too: (size, peaks), by size."""
        self.due_seals = rows
        self.seal = next(rows, None)

    def go(self, rows: Iterable[tuple[Any, ...]], progress: Progress) -> None:
        tree, take, stop = self.tree, self._take, self._meet()
        for row in rows:
            tree.append(take(row))
            if tree.size >= stop:
                stop = self._meet()
            if not tree.size % EACH:
                progress(tree.size)
        progress(tree.size)

    def _take(self, row: tuple[Any, ...]) -> bytes:
        """The leaf of a row as it is now."""
        place, number, kept, found = row[:4]
        if place != self.place:
            self._gap(place)
        self.place = place + 1
        if found is None:
            self.report.fault(f"Row {number} (place {place}) was removed.")
            return bytes(kept)
        now = leaves.leaf(found, row[4:11], row[11])
        if now != kept:
            self.report.fault(f"Row {number} (place {place}) was changed since it was sealed.")
        return now

    def _gap(self, place: int) -> None:
        first, last = self.place, place - 1
        which = f"Place {first} is" if first == last else f"The places {first} to {last} are"
        self.report.fault(f"{which} gone: rows were taken out, and their places with them.")

    def _meet(self) -> int:
        """Everything that says what the tree of this size is; at which size there is more."""
        size = self.tree.size
        while self.due and self.due[0].size <= size:
            self._meet_checkpoint(self.due.popleft())
        while self.seal and self.seal[0] <= size:
            self._meet_seal(*self.seal)
            self.seal = next(self.due_seals, None)
        return min(self.due[0].size if self.due else NEVER, self.seal[0] if self.seal else NEVER)

    def _meet_checkpoint(self, one: Checkpoint) -> None:
        self.report.checkpoints += 1
        if one.root == self.tree.root():
            self.proved = one.size
        elif not self.other_root:
            self.other_root = True
            self.report.fault(
                f"{_name(one)} tells another log: of the places {self.proved} to {one.size - 1} something was changed, removed, put in "
                "or put in another order. What comes after differs for it."
            )

    def _meet_seal(self, size: int, peaks: Any) -> None:
        if bytes(peaks) != self.tree.peaks and not self.other_seal:
            self.other_seal = True
            self.report.fault(
                f"The first {size} places are not what was sealed at this size; the first {self.proved} are proved by a checkpoint."
            )

    def end(self) -> None:
        self.report.size = self.tree.size
        if self.due:
            self.report.fault(_cut_off(self.due[-1], self.tree.size))
        if self.seal:
            self.report.fault(
                f"{self.seal[0]} places were sealed, but there are only {self.tree.size}: the end was cut off."
            )


def _cut_off(one: Checkpoint, size: int) -> str:
    return (
        f"{_name(one)} tells of {one.size} places, but the log has only {size}: its end was cut off, or an old copy of the database was "
        "put in its place."
    )


def _name(one: Checkpoint) -> str:
    return f"The checkpoint of {one.at} (line {one.line})"
