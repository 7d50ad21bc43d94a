"""Where names live, as compiled expressions ask for them."""

from typing import Protocol


class Slots(Protocol):
    """Where names live, as seen from one section."""

    def root(self, name: str) -> int | None:
        """The slot of a name outside repeats."""

    def own(self, name: str) -> int | None:
        """The slot of a name of the same entry."""

    def each(self, repeat: str, name: str) -> int | None:
        """The slot of a name within a repeat's entries."""

    def entries(self, repeat: str) -> int | None:
        """The root slot that holds a repeat's entries."""

    def type_of(self, name: str) -> str | None:
        """The answer type of a name, or of `name.part`."""
