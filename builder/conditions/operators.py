"""The operators: one row each. To add one, add a row here and its row in the browser's twin (`evaluate.mjs`).

A row says how an operator is worded and spelt in formulas, which types it takes and gives, and how it works on values.
Operators with an `apply` are *strict*: one Missing argument makes the result Missing, and `apply` sees values only.
The others (`and`, `if`, aggregates..) decide about Missing themselves, in the engine.

Signatures: a letter stands for one type throughout (`A`), `bool`.. for itself, `..` repeats the last parameter.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from builder.conditions.patterns import matches
from builder.problems import gettext_noop as _
from builder.values import (
    add_days,
    add_months,
    age,
    days_between,
    divide,
    first_day,
    last_day,
    multiply,
    within,
)
from builder.values.decimals import CONTEXT

COMPARABLE: Final = ("number", "date", "time", "moment")
EQUATABLE: Final = (*COMPARABLE, "text", "partial", "bool", "one")
LISTED: Final = ("many", "ranked")
ANY: Final = (*EQUATABLE, *LISTED)
GIVEN: Final = (*ANY, "parts")


@dataclass(frozen=True, slots=True)
class Operator:
    """One verb of the language. `takes` are parameter types, `gives` the result's; `among` limits the letter A."""

    name: str
    takes: tuple[str, ...]
    gives: str
    wording: str
    among: tuple[str, ...] = ANY
    apply: Callable[..., Any] | None = None
    negated: str = ""
    spelt: str = ""

    @property
    def sign(self) -> str:
        """How a formula writes it."""
        return self.spelt or self.name

    def parameter(self, position: int) -> str:
        """The type that an argument at this place must have."""
        return self.takes[min(position, self.least - 1)]

    @property
    def most(self) -> int | None:
        """The most arguments it takes; None for any number."""
        return None if self.takes[-1] == ".." else len(self.takes)

    @property
    def least(self) -> int:
        """The fewest arguments it takes."""
        return len(self.takes) - (1 if self.takes[-1] == ".." else 0)


def _total(*numbers: Decimal) -> Decimal | None:
    total = Decimal(0)
    for number in numbers:
        total = CONTEXT.add(total, number)
    return within(total)


def _difference(left: Decimal, right: Decimal) -> Decimal | None:
    return within(CONTEXT.subtract(left, right))


def _product(*numbers: Decimal) -> Decimal | None:
    product: Decimal | None = numbers[0]
    for number in numbers[1:]:
        product = None if product is None else multiply(product, number)
    return product


def _whole(number: Decimal) -> int | None:
    """Days and months are counted whole, and never beyond the calendar."""
    return (
        int(number) if number == number.to_integral_value() and abs(number) < 10_000_000 else None
    )


def _days_later(date: str, days: Decimal) -> str | None:
    count = _whole(days)
    return None if count is None else add_days(date, count)


def _months_later(date: str, months: Decimal) -> str | None:
    count = _whole(months)
    return None if count is None else add_months(date, count)


def _days_between(start: str, end: str) -> Decimal:
    return Decimal(days_between(start, end))


def _age(birth: str, at: str) -> Decimal | None:
    years = age(birth, at)
    return None if years is None else Decimal(years)


_ROWS: Final = (
    Operator("and", ("bool", "bool", ".."), "bool", _("%(all)s and %(last)s")),
    Operator("or", ("bool", "bool", ".."), "bool", _("%(all)s or %(last)s")),
    Operator("not", ("bool",), "bool", _("not (%(a)s)")),
    Operator(
        "eq",
        ("A", "A"),
        "bool",
        _("%(a)s is %(b)s"),
        EQUATABLE,
        lambda a, b: a == b,
        _("%(a)s is not %(b)s"),
        spelt="=",
    ),
    Operator(
        "ne",
        ("A", "A"),
        "bool",
        _("%(a)s is not %(b)s"),
        EQUATABLE,
        lambda a, b: a != b,
        spelt="!=",
    ),
    Operator(
        "lt",
        ("A", "A"),
        "bool",
        _("%(a)s is less than %(b)s"),
        COMPARABLE,
        lambda a, b: a < b,
        spelt="<",
    ),
    Operator(
        "le",
        ("A", "A"),
        "bool",
        _("%(a)s is at most %(b)s"),
        COMPARABLE,
        lambda a, b: a <= b,
        spelt="<=",
    ),
    Operator(
        "gt",
        ("A", "A"),
        "bool",
        _("%(a)s is more than %(b)s"),
        COMPARABLE,
        lambda a, b: a > b,
        spelt=">",
    ),
    Operator(
        "ge",
        ("A", "A"),
        "bool",
        _("%(a)s is at least %(b)s"),
        COMPARABLE,
        lambda a, b: a >= b,
        spelt=">=",
    ),
    Operator(
        "one_of",
        ("A", "A", ".."),
        "bool",
        _("%(a)s is one of %(rest)s"),
        EQUATABLE,
        lambda a, *among: a in among,
        _("%(a)s is none of %(rest)s"),
        spelt="is one of",
    ),
    Operator(
        "contains",
        ("A", "one"),
        "bool",
        _("%(a)s contains %(b)s"),
        LISTED,
        apply=lambda many, one: one in many,
        negated=_("%(a)s does not contain %(b)s"),
    ),
    Operator(
        "answered",
        ("A",),
        "bool",
        _("%(a)s is answered"),
        GIVEN,
        negated=_("%(a)s is not answered"),
        spelt="is answered",
    ),
    Operator(
        "matches",
        ("text", "pattern"),
        "bool",
        _("%(a)s matches the pattern %(b)s"),
        apply=matches,
        negated=_("%(a)s does not match the pattern %(b)s"),
    ),
    Operator(
        "add",
        ("number", "number", ".."),
        "number",
        _("%(all)s plus %(last)s"),
        apply=_total,
        spelt="+",
    ),
    Operator(
        "sub", ("number", "number"), "number", _("%(a)s minus %(b)s"), apply=_difference, spelt="-"
    ),
    Operator(
        "mul",
        ("number", "number", ".."),
        "number",
        _("%(all)s times %(last)s"),
        apply=_product,
        spelt="*",
    ),
    Operator(
        "div", ("number", "number"), "number", _("%(a)s divided by %(b)s"), apply=divide, spelt="/"
    ),
    Operator(
        "or_else",
        ("A", "A", ".."),
        "A",
        _("%(a)s (or %(rest)s if not answered)"),
        spelt="or else",
    ),
    Operator("when", ("bool", "A"), "A", _("%(b)s if %(a)s"), spelt="if"),
    Operator("collect", ("one", ".."), "many", _("all of: %(list)s")),
    Operator("if", ("bool", "A", "A"), "A", _("%(b)s if %(a)s, else %(c)s")),
    Operator(
        "add_days",
        ("date", "number"),
        "date",
        _("%(b)s days after %(a)s"),
        apply=_days_later,
        spelt="+ days",
    ),
    Operator(
        "add_months",
        ("date", "number"),
        "date",
        _("%(b)s months after %(a)s"),
        apply=_months_later,
        spelt="+ months",
    ),
    Operator(
        "days_between",
        ("date", "date"),
        "number",
        _("the days from %(a)s to %(b)s"),
        apply=_days_between,
        spelt="days between",
    ),
    Operator(
        "age",
        ("date", "date"),
        "number",
        _("the age of someone born on %(a)s, on %(b)s"),
        apply=_age,
        spelt="age of",
    ),
    Operator("first_day", ("partial",), "date", _("the first day of %(a)s"), apply=first_day),
    Operator("last_day", ("partial",), "date", _("the last day of %(a)s"), apply=last_day),
    Operator("sum", ("each",), "number", _("the sum of %(a)s"), ("number",), spelt="sum of"),
    Operator("min", ("each",), "A", _("the least %(a)s"), COMPARABLE, spelt="min of"),
    Operator("max", ("each",), "A", _("the greatest %(a)s"), COMPARABLE, spelt="max of"),
    Operator("avg", ("each",), "number", _("the average of %(a)s"), ("number",), spelt="avg of"),
    Operator("count", ("entries",), "number", _("the number of %(a)s"), GIVEN, spelt="count of"),
    Operator(
        "occurs",
        ("each", "A"),
        "number",
        _("how often %(b)s occurs in %(a)s"),
        EQUATABLE,
        spelt="count of",
    ),
)

OPERATORS: Final = {row.name: row for row in _ROWS}
