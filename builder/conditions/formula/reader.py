"""Reading a formula group by group: looking ahead, taking, and saying what is wrong.

The first thing that is wrong ends the reading: the rest of the formula counts as read, so that one slip is one problem.
"""

from abc import ABC, abstractmethod

from builder.conditions.formula.faults import Faulty
from builder.conditions.formula.terms import Term
from builder.conditions.formula.tokens import Token
from builder.conditions.parse import DEEPEST, MOST_ARGUMENTS
from builder.problems import gettext_noop as _


class Reader(ABC):
    """Stands at one place in a formula's tokens."""

    def __init__(self, tokens: list[Token], faults: Faulty) -> None:
        self.tokens = tokens
        self.faults = faults
        self.at = 0
        self.nested = 0

    @abstractmethod
    def expression(self) -> Term:
        """Anything, as it stands in parentheses."""

    def here(self, further: int = 0) -> Token:
        """The token that comes next, or one further on."""
        return self.tokens[min(self.at + further, len(self.tokens) - 1)]

    def sees(self, *words: str) -> bool:
        """Whether these words or signs come next."""
        return all(self.here(n).small == word for n, word in enumerate(words))

    def takes(self, *words: str) -> bool:
        """Take these words if they come next."""
        seen = self.sees(*words)
        self.at += len(words) if seen else 0
        return seen

    def needs(self, word: str, usage: str) -> None:
        """Take this word, or say how the whole is written."""
        if not self.takes(word):
            self.wrong(
                _("“%(wanted)s” is missing here."), _("Write: %(usage)s"), wanted=word, usage=usage
            )

    def wrong(self, message: str, remedy: str, **params: object) -> Term:
        """Note what is wrong, and read no further."""
        found = self.here()
        # What comes after a first problem, or was never read, would only be told as another one.
        if not self.faults.found:
            self.faults.add(found.at, message, remedy, "formula", found=found.text[:40], **params)
        self.at = len(self.tokens) - 1
        return Term("nothing", found.at)

    def call(self, operator: str, at: int, *args: Term) -> Term:
        """A call, unless that would be nested deeper than a condition may be."""
        depth = 1 + max(arg.depth for arg in args)
        if depth > DEEPEST or len(args) > MOST_ARGUMENTS:
            return self.too_deep()
        return Term("call", at, operator, args, depth=depth)

    def too_deep(self) -> Term:
        """Nothing is read that is nested deeper than a condition may be."""
        return self.wrong(
            _("The formula is nested too deeply."), _("Divide it into several calculations.")
        )

    def listed(self, usage: str) -> list[Term]:
        """Values in parentheses, with commas between."""
        self.needs("(", usage)
        found = [self.expression()]
        while self.takes(","):
            found.append(self.expression())
        self.needs(")", usage)
        return found
