"""Functions of the calendar, as the solver is told of them: exact at any place, and bounds that hold everywhere."""

from collections.abc import Iterator
from typing import Final

from builder.proof.coded import Coded
from builder.proof.coding import FIRST_DAY, LAST_DAY, Numbered, day_of, iso_of
from builder.proof.rows import Function, Term
from builder.proof.terms import Terms
from builder.values import add_months, age, first_day, last_day
from builder.values.times import is_partial

# A month has 30.436875 days on average; how far its sums lie from that, for any count and any first day.
_MONTH: Final = 30_436_875
_MILLION: Final = 1_000_000
_ASTRAY: Final = 7
_YEAR: Final = 3_652_425
_TEN_THOUSAND: Final = 10_000
FARTHEST: Final = 10_000_000


def months_later(start: Coded, count: Coded, terms: Terms) -> Coded:
    """The day so many months later."""
    whole, months = _whole(count, terms)
    terms.overflows.append(terms.both(start.known, count.known, terms.no(whole)))
    fixed = terms.constant(months)
    known = terms.both(start.known, count.known, whole)
    if fixed is not None:
        later = terms.called(
            Function(f"{fixed} months later", lambda day: _later(day, fixed), (1,)),
            start.value,
            low=FIRST_DAY,
            high=LAST_DAY,
        )
        days = terms.times(_MILLION, terms.sum(later, terms.times(-1, start.value)))
        _close(terms, later, days, _MONTH * fixed, _ASTRAY * _MILLION)
        first, last = _reach(fixed)
        fits = terms.both(
            terms.most(terms.number(first), start.value),
            terms.most(start.value, terms.number(last)),
        )
        return Coded("date", terms.fitting(known, fits), later)
    moved = Function("months later", _later, (1, 1))
    later = terms.called(moved, start.value, months, low=FIRST_DAY, high=LAST_DAY)
    fits = terms.called(
        Function("months later there is", _is_later, truth=True), start.value, months
    )
    return Coded("date", terms.fitting(known, fits), later)


def _close(terms: Terms, result: Term, found: Term, expected: int, apart: int) -> None:
    terms.holds(
        result,
        terms.most(terms.number(expected - apart), found),
        terms.most(found, terms.number(expected + apart)),
    )


def _whole(count: Coded, terms: Terms) -> tuple[Term, Term]:
    """Whether a number counts whole days or months, and how many."""
    scale = 10**count.scale
    units = terms.whole(count.value, scale)
    exact = terms.equal(terms.times(scale, units), count.value)
    near = terms.both(
        terms.less(terms.number(-FARTHEST), units), terms.less(units, terms.number(FARTHEST))
    )
    return terms.both(exact, near), units


def _reach(months: int) -> tuple[int, int]:
    """The first and the last day of which there is one so many months later."""
    first, last = FIRST_DAY, LAST_DAY
    if months > 0:
        back = add_months("9999-12-31", -months)
        last = FIRST_DAY - 1 if back is None else _end_of(back)
    if months < 0:
        later = add_months("1000-01-01", -months)
        first = LAST_DAY + 1 if later is None else day_of(f"{later[:7]}-01")
    return first, last


def _end_of(iso: str) -> int:
    return day_of(last_day(iso[:7]))


def _are_days(*days: int) -> bool:
    """What is not known may have any code."""
    return all(FIRST_DAY <= day <= LAST_DAY for day in days)


def _later(day: int, months: int) -> int | None:
    if not _are_days(day) or abs(months) >= FARTHEST:
        return None
    found = add_months(iso_of(day), months)
    return None if found is None else day_of(found)


def _is_later(day: int, months: int) -> int:
    return int(_later(day, months) is not None)


def days_later(start: Coded, count: Coded, terms: Terms) -> Coded:
    """The day so many days later."""
    whole, days = _whole(count, terms)
    terms.overflows.append(terms.both(start.known, count.known, terms.no(whole)))
    later = terms.sum(start.value, days)
    fits = terms.both(
        terms.most(terms.number(FIRST_DAY), later), terms.most(later, terms.number(LAST_DAY))
    )
    return Coded("date", terms.fitting(terms.both(start.known, count.known, whole), fits), later)


def days_between(start: Coded, end: Coded, terms: Terms) -> Coded:
    """How many days."""
    days = terms.sum(end.value, terms.times(-1, start.value))
    return Coded("number", terms.both(start.known, end.known), days)


def age_at(birth: Coded, at: Coded, terms: Terms) -> Coded:
    """Whole years lived."""
    years = terms.called(
        Function("age", _age, (-1, 1), _birthdays), birth.value, at.value, low=0, high=9000
    )
    known = terms.both(birth.known, at.known, terms.most(birth.value, at.value))
    lived = terms.times(_TEN_THOUSAND, terms.sum(at.value, terms.times(-1, birth.value)))
    scaled = terms.times(_YEAR, years)
    born = terms.most(birth.value, at.value)
    apart = 3 * _TEN_THOUSAND
    # A day of grace on either side: the solver asks for the rest where it matters.
    terms.holds(
        years,
        terms.either(
            terms.no(born),
            terms.both(
                terms.most(terms.sum(scaled, terms.number(-apart)), lived),
                terms.most(lived, terms.sum(scaled, terms.number(_YEAR + apart))),
            ),
        ),
    )
    return Coded("number", known, years)


def _age(birth: int, at: int) -> int | None:
    return age(iso_of(birth), iso_of(at)) if _are_days(birth, at) else None


def _birthdays(birth: int, at: int) -> Iterator[tuple[int, int]]:
    """The last birth with the same age, and the first one with that age."""
    years = _age(birth, at)
    for lived in () if years is None else (years, years + 1):
        day = add_months(iso_of(at), -12 * lived)
        if day is not None:
            yield from ((day_of(day) + step, at) for step in (-1, 0, 1))


def first_or_last(partial: Coded, numbered: Numbered, terms: Terms, *, first: bool) -> Coded:
    """The first or the last day that a partial date may mean."""
    means, name = (first_day, "first day") if first else (last_day, "last day")

    def exact(code: int) -> int | None:
        word = numbered.word(code)
        return day_of(means(word)) if word is not None and is_partial(word) else None

    day = terms.called(Function(name, exact), partial.value, low=FIRST_DAY, high=LAST_DAY)
    return Coded("date", partial.known, day)
