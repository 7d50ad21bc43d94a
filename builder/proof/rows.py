"""The rows that terms are written in: their operators, and one step of evaluating each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Protocol

Term = int
Value = int  # truths are 0 and 1
TRUE: Final[Term] = 0
FALSE: Final[Term] = 1
# Operators of rows. UNKNOWN is an answer or another thing that the world decides; CALLED an exact function of numbers.
CONSTANT, UNKNOWN, NOT, AND, OR, CHOOSE, EQUAL, MOST, SUM, TIMES, PRODUCT, AMONG, CALLED, WHOLE = (
    range(14)
)
LEAST_OF_ALL: Final = -(10**40)
MOST_OF_ALL: Final = 10**40
Exact = Callable[..., "Value | None"]
Args = tuple[int, ...]
Step = Callable[["Applies", Term, Args, list[Value]], Value]


@dataclass(frozen=True)
class Function:
    """A function that the solver does not know: its exact values are told on demand. `way` says for each argument whether the result
    rises (1) or falls (-1) with it, so that one value tells about many; `beside` names more places worth telling.
    """

    name: str
    exact: Exact
    way: Args = ()
    beside: Callable[..., Iterable[tuple[int, ...]]] | None = None
    truth: bool = False


class Applies(Protocol):
    """What a step asks of all terms."""

    sets: list[frozenset[int]]

    def applied(self, term: Term, args: Args, values: list[Value]) -> Value:
        """The result of a called function."""


def _every(_terms: Applies, _term: Term, args: Args, values: list[Value]) -> Value:
    for one in args:
        if not values[one]:
            return 0
    return 1


def _some(_terms: Applies, _term: Term, args: Args, values: list[Value]) -> Value:
    for one in args:
        if values[one]:
            return 1
    return 0


# A world is evaluated very often: rows that are one step are written as one.
STEPS: Final[dict[int, Step]] = {
    NOT: lambda t, i, a, v: 1 - v[a[0]],
    AND: _every,
    OR: _some,
    CHOOSE: lambda t, i, a, v: v[a[1]] if v[a[0]] else v[a[2]],
    EQUAL: lambda t, i, a, v: int(v[a[0]] == v[a[1]]),
    MOST: lambda t, i, a, v: int(v[a[0]] <= v[a[1]]),
    SUM: lambda t, i, a, v: sum(v[one] for one in a),
    TIMES: lambda t, i, a, v: a[0] * v[a[1]],
    PRODUCT: lambda t, i, a, v: v[a[0]] * v[a[1]],
    AMONG: lambda t, i, a, v: int(v[a[0]] in t.sets[a[1]]),
    CALLED: lambda t, i, a, v: t.applied(i, a, v),
    WHOLE: lambda t, i, a, v: v[a[0]] // a[1],
}
