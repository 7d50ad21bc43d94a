"""A formula as it is written: terms with their places, before names and types are known."""

from dataclasses import dataclass
from typing import Final

# Words that stand between or before values, and so are no names unless in braces.
KEYWORDS: Final = frozenset(
    (
        *("and", "or", "not", "if", "then", "else", "is", "contains", "matches"),
        *("yes", "no", "today", "score", "choice", "choices", "previous", "offered"),
    )
)
UNITS: Final = {
    "day": ("add_days", "1"),
    "days": ("add_days", "1"),
    "week": ("add_days", "7"),
    "weeks": ("add_days", "7"),
    "month": ("add_months", "1"),
    "months": ("add_months", "1"),
    "year": ("add_months", "12"),
    "years": ("add_months", "12"),
}
AGGREGATES: Final = {
    "sum": "sum",
    "total": "sum",
    "min": "min",
    "smallest": "min",
    "max": "max",
    "largest": "max",
    "avg": "avg",
    "average": "avg",
    "count": "count",
    "number": "count",
}
# What follows a value and compares it: the words, the operator, whether it is negated. The longest come first.
COMPARISONS: Final = (
    (("is", "not", "one", "of"), "one_of", True),
    (("is", "one", "of"), "one_of", False),
    (("is", "none", "of"), "one_of", True),
    (("one", "of"), "one_of", False),
    (("is", "not", "answered"), "answered", True),
    (("is", "answered"), "answered", False),
    (("is", "less", "than"), "lt", False),
    (("is", "more", "than"), "gt", False),
    (("is", "at", "most"), "le", False),
    (("is", "at", "least"), "ge", False),
    (("is", "not"), "ne", False),
    (("is",), "eq", False),
    (("does", "not", "contain"), "contains", True),
    (("contains",), "contains", False),
    (("does", "not", "match"), "matches", True),
    (("matches",), "matches", False),
    (("=",), "eq", False),
    (("!=",), "ne", False),
    (("<",), "lt", False),
    (("<=",), "le", False),
    ((">",), "gt", False),
    ((">=",), "ge", False),
)
# The words between two values, for “did you mean”.
BETWEEN: Final = (
    *("and", "or", "is", "contains", "matches", "does", "one", "of", "plus", "minus"),
    *("then", "else", "days", "weeks", "months", "years"),
)


@dataclass(frozen=True, slots=True)
class Term:
    """One part. `kind`: number, date, text, bool, name, today, score, choice, choices, each, entries, previous, offered, call,
    nothing, time, moment, partial, ranked.

    `value` is what is written, or the operator of a call; `more` the repeat of an `each`, the names of `choices`.
    """

    kind: str
    at: int
    value: str = ""
    args: tuple["Term", ...] = ()
    more: tuple[str, ...] = ()
    depth: int = 0
