"""What is wrong in a formula: problems with the line and the column where they stand."""

from typing import Final

from builder.problems import Problem

MOST: Final = 20


class Faulty:
    """The problems of one formula, each place once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: dict[int, Problem] = {}

    @property
    def full(self) -> bool:
        """Whether no more are noted."""
        return len(self.found) >= MOST

    def add(
        self, at: int, message: str, remedy: str, code: str = "formula", **params: object
    ) -> None:
        """Note one at this letter of the text."""
        line = self.text.count("\n", 0, at) + 1
        column = at - self.text.rfind("\n", 0, at)
        if not self.full and at not in self.found:
            params |= {"line": line, "column": column}
            self.found[at] = Problem(code, f"{line}:{column}", message, remedy, params)

    def in_order(self) -> tuple[Problem, ...]:
        """All of them, as the text is read."""
        return tuple(self.found[at] for at in sorted(self.found))
