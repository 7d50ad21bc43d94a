"""The nodes of an expression: frozen, compared by value."""

from collections.abc import Iterator
from dataclasses import dataclass

from builder.values import AnswerType


@dataclass(frozen=True, slots=True)
class Constant:
    """A value written by the author, in its canonical JSON form (a tuple for many)."""

    type: AnswerType
    value: str | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The effective answer of a question, or what a calculation gives: same entry first, then the root."""

    name: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the effective answer of a question that is answered in parts."""

    name: str
    part: str


@dataclass(frozen=True, slots=True)
class Today:
    """The session's date."""


@dataclass(frozen=True, slots=True)
class Score:
    """Percent of the points reached, of all relevant questions with a right answer."""


@dataclass(frozen=True, slots=True)
class Each:
    """A name's values in all entries of a repeat; only aggregates take it."""

    repeat: str
    name: str


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of a repeat; only `count` takes it."""

    repeat: str


@dataclass(frozen=True, slots=True)
class Previous:
    """A name's value in the entry before; Missing in the first one. Only the entries of its own repeat read it."""

    name: str


@dataclass(frozen=True, slots=True)
class Offered:
    """What a choice that may be offered says of itself: an attribute, or its own `name`. Only a filter of choices reads it."""

    attribute: str


@dataclass(frozen=True, slots=True)
class Call:
    """An operator with its arguments."""

    operator: str
    args: tuple["Expression", ...]


Expression = Constant | Answer | Part | Today | Score | Each | Entries | Previous | Offered | Call


def walk(expression: Expression) -> Iterator[Expression]:
    """The node and all below it, in writing order."""
    yield expression
    if isinstance(expression, Call):
        for arg in expression.args:
            yield from walk(arg)


def names_read(expression: Expression) -> tuple[str, ...]:
    """Each name whose value is read (answers, and names inside repeats), once, in writing order."""
    read = Answer | Part | Previous | Each
    names = (node.name for node in walk(expression) if isinstance(node, read))
    return tuple(dict.fromkeys(names))
