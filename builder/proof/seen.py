"""What an expression asks of the place where it stands."""

from typing import Protocol

from builder.proof.coded import Coded
from builder.proof.coding import Numbered
from builder.proof.rows import Term
from builder.proof.terms import Terms


class Sight(Protocol):
    """What an expression sees from where it stands."""

    terms: Terms
    numbered: Numbered

    def type_of(self, name: str) -> str | None:
        """The answer type of a name, or of `name.part`."""

    def answer(self, name: str) -> Coded:
        """What a name holds here."""

    def before(self, name: str) -> Coded:
        """What a name holds in the entry before."""

    def each(self, repeat: str, name: str) -> "list[tuple[Term, Coded]] | None":
        """A name's values in the entries of a repeat, with whether the entry counts; None for what is no such thing."""

    def entries(self, repeat: str) -> Coded:
        """How many entries a repeat has."""

    def whole(self, repeat: str, exact: Coded) -> Coded:
        """What is said of all entries, where only some of them are looked at."""

    def offered(self, attribute: str) -> Coded:
        """What the choice that is looked at says of itself."""

    def matching(self, text: Coded, pattern: str) -> Term:
        """Whether a text matches a pattern."""

    def today(self) -> Coded:
        """The session's day."""

    def score(self) -> Coded:
        """The percentage of points reached."""

    def havoc(self, answer_type: str) -> Coded:
        """Any value at all."""
