"""Frames: where values lie while a state is evaluated. One for the root, one for each entry of each repeat."""

from typing import Any, Final, NamedTuple

from runtime.engine.reaching import PARENT, PREVIOUS, Values

Problems = tuple[dict[str, Any], ...]


class Verdict(NamedTuple):
    """What is said of an answer: whether it is required, missing, not to be changed, and what is wrong with it."""

    required: bool = False
    missing: bool = False
    read_only: bool = False
    problems: Problems = ()

    @property
    def blocking(self) -> int:
        """How many problems stand in the way of an end; a warning that was overridden does not."""
        return sum("overridden" not in problem for problem in self.problems)


# The verdicts on answers with which nothing is wrong, each once.
_PLAIN: Final = tuple(Verdict(bool(bits & 1), bool(bits & 2), bool(bits & 4)) for bits in range(8))
FINE: Final = _PLAIN[0]


def verdict_of(required: bool, missing: bool, read_only: bool, problems: Problems) -> Verdict:
    """The verdict of these."""
    if problems:
        return Verdict(required, missing, read_only, problems)
    return _PLAIN[required + 2 * missing + 4 * read_only]


class Frame:
    """The values of the root or of one entry, by slot. `prefix` leads places ("contacts/a/"), `keys` those of texts and items
    ("a/"), `scope` is the number of its repeat (0: the root), `entries` has the frames inside, by their scope."""

    __slots__ = (
        "entries", "gone", "keys", "marked", "offered", "parent", "prefix", "relevant", "scope", "values",
        "verdicts",
    )  # fmt: skip

    def __init__(self, size: int, cells: int, scope: int = 0) -> None:
        self.scope = scope
        self.gone = False
        self.marked = bytearray(cells)  # which of the cells of its scope wait to be run
        self.parent: Frame | None = None
        self.prefix = self.keys = ""
        self.values: Values = [None] * size
        self.relevant: list[bool] = [False] * size
        self.verdicts: list[Verdict] = [FINE] * size
        self.offered: dict[int, tuple[str, ...]] = {}
        self.entries: dict[int, list[Frame]] = {}

    @classmethod
    def of_entry(
        cls, parent: "Frame", repeat: str, entry: str, *, like: tuple[int, int, int]
    ) -> "Frame":
        """The frame of an entry of a repeat. `like`: how many slots and cells it has, and its scope."""
        made = cls(*like)
        made.parent = parent
        made.prefix = f"{parent.prefix}{repeat}/{entry}/"
        made.keys = f"{parent.keys}{entry}/"
        made.values[PARENT] = parent.values
        return made

    def above(self, scope: int) -> "Frame":
        """The frame of an enclosing scope."""
        frame = self
        while frame.scope != scope and frame.parent is not None:
            frame = frame.parent
        return frame

    def order(self, scope: int) -> None:
        """Tell each entry of a repeat which one is before it."""
        before = None
        for frame in self.entries[scope]:
            frame.values[PREVIOUS] = before
            before = frame.values
