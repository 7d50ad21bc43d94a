"""Arithmetic over numbers that may be Missing, exact to the last decimal, as terms.

Sums and differences are exact, and so are products with few decimals. What must be rounded is a called function with bounds,
told exactly where it matters; so is a division by something that is not written out.
"""

from typing import Final

from builder.proof.coded import Coded, rescaled
from builder.proof.coding import BIGGEST, rounded
from builder.proof.rows import TRUE, Function, Term
from builder.proof.terms import Terms
from builder.values.decimals import PLACES

ROUNDED: Final = "rounded by "
_QUOTIENT: Final = Function("quotient", lambda top, bottom: rounded(top, bottom) if bottom else None)  # fmt: skip


def in_range(known: Term, value: Term, scale: int, terms: Terms) -> Coded:
    """The number, or Missing where it leaves the range of numbers."""
    limit = BIGGEST * 10**scale - 1
    fits = terms.both(
        terms.most(terms.number(-limit), value), terms.most(value, terms.number(limit))
    )
    return Coded("number", terms.fitting(known, fits), value, scale=scale)


def total(numbers: list[Coded], terms: Terms) -> Coded:
    """The sum, if all are there."""
    scale = max(number.scale for number in numbers)
    added = terms.sum(*(rescaled(number, scale, terms) for number in numbers))
    return in_range(terms.both(*(n.known for n in numbers)), added, scale, terms)


def difference(left: Coded, right: Coded, terms: Terms) -> Coded:
    """The one less the other."""
    scale = max(left.scale, right.scale)
    less = terms.times(-1, rescaled(right, scale, terms))
    known = terms.both(left.known, right.known)
    return in_range(known, terms.sum(rescaled(left, scale, terms), less), scale, terms)


def multiplied(numbers: list[Coded], terms: Terms) -> Coded:
    """The product, rounded to twelve decimals after each step."""
    found = numbers[0]
    for number in numbers[1:]:
        scale = found.scale + number.scale
        value = terms.product(found.value, number.value)
        if scale > PLACES:
            value, scale = _cut(value, 10 ** (scale - PLACES), terms), PLACES
        found = in_range(terms.both(found.known, number.known), value, scale, terms)
    return found


def _cut(value: Term, divisor: int, terms: Terms) -> Term:
    """A whole number divided by another one that is written out, and rounded."""
    low = min(rounded(terms.lows[value], divisor), 0)
    high = max(rounded(terms.highs[value], divisor), 0)
    cut = terms.called(
        Function(f"{ROUNDED}{divisor}", lambda top: rounded(top, divisor), (1,)),
        value,
        low=low,
        high=high,
    )
    rest = terms.sum(terms.times(2 * divisor, cut), terms.times(-2, value))
    return terms.holds(
        cut,
        terms.most(terms.number(-abs(divisor)), rest),
        terms.most(rest, terms.number(abs(divisor))),
    )


def divided(top: Coded, bottom: Coded, terms: Terms) -> Coded:
    """The quotient, rounded to twelve decimals; Missing for a division by nothing."""
    known = terms.both(
        top.known, bottom.known, terms.no(terms.equal(bottom.value, terms.number(0)))
    )
    raised = terms.times(10 ** max(PLACES + bottom.scale - top.scale, 0), top.value)
    lowered = 10 ** max(top.scale - PLACES - bottom.scale, 0)
    by = terms.constant(bottom.value)
    if by is not None and by != 0:
        return in_range(known, _cut(_signed(raised, by, terms), abs(by) * lowered, terms), PLACES, terms)  # fmt: skip
    widest = max(abs(terms.lows[raised]), abs(terms.highs[raised]))
    value = terms.called(
        _QUOTIENT, raised, terms.times(lowered, bottom.value), low=-widest, high=widest
    )
    return in_range(known, value, PLACES, terms)


def _signed(value: Term, by: int, terms: Terms) -> Term:
    return value if by > 0 else terms.times(-1, value)


def least_or_most(numbers: list[tuple[Term, Coded]], terms: Terms, *, least: bool) -> Coded:
    """The least or the greatest of those that count and are there."""
    scale = max(coded.scale for _counts, coded in numbers)
    found: Coded | None = None
    for counts, coded in numbers:
        known, value = terms.both(counts, coded.known), rescaled(coded, scale, terms)
        if found is None:
            found = Coded(coded.type, known, value, scale=scale)
            continue
        ahead = terms.less(value, found.value) if least else terms.less(found.value, value)
        takes = terms.both(known, terms.either(terms.no(found.known), ahead))
        found = Coded(
            coded.type,
            terms.either(found.known, known),
            terms.choose(takes, value, found.value),
            scale=scale,
        )
    assert found is not None  # noqa: S101 - callers have one at least
    return found


def summed(numbers: list[tuple[Term, Coded]], terms: Terms) -> Coded:
    """The sum of those that count and are there; nothing is 0."""
    scale = max((coded.scale for _counts, coded in numbers), default=0)
    nothing = terms.number(0)
    added = terms.sum(
        nothing,
        *(
            terms.choose(terms.both(counts, one.known), rescaled(one, scale, terms), nothing)
            for counts, one in numbers
        ),
    )
    return in_range(TRUE, added, scale, terms)


def counted(truths: list[Term], terms: Terms) -> Term:
    """How many hold."""
    one, nothing = terms.number(1), terms.number(0)
    return terms.sum(nothing, *(terms.choose(truth, one, nothing) for truth in truths))
