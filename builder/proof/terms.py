"""Terms: what a definition says, as truths and whole numbers over unknowns, each written once and in an order of need.

Numbers, dates, choices and texts are whole numbers here (`coding` says which), and what may be Missing is a value beside a truth
that says whether there is one. A term is the number of a row; a row names its operator and the terms it is made of, which
come before it: so that evaluating is one pass, and nothing recurses. Each whole number knows between which bounds it lies,
and a comparison that these decide is never written.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from builder.proof.rows import (
    AMONG,
    AND,
    CALLED,
    CHOOSE,
    CONSTANT,
    EQUAL,
    FALSE,
    LEAST_OF_ALL,
    MOST,
    MOST_OF_ALL,
    NOT,
    OR,
    PRODUCT,
    STEPS,
    SUM,
    TIMES,
    TRUE,
    UNKNOWN,
    WHOLE,
    Args,
    Function,
    Step,
    Term,
    Value,
)


@dataclass
class Terms:
    """All terms of one definition. `axioms` are truths about a called function's result, whatever its arguments."""

    rows: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    lows: list[int] = field(default_factory=list)
    highs: list[int] = field(default_factory=list)
    sets: list[frozenset[int]] = field(default_factory=list)
    functions: list[Function] = field(default_factory=list)
    truths: set[Term] = field(default_factory=set)
    axioms: dict[Term, list[Term]] = field(default_factory=dict)
    overflows: list[Term] = field(
        default_factory=list
    )  # where a result may leave the range of numbers or days
    _known: dict[tuple[int, tuple[int, ...]], Term] = field(default_factory=dict)
    _sets: dict[frozenset[int], int] = field(default_factory=dict)
    _functions: dict[str, int] = field(default_factory=dict)
    _idle: list[Value] = field(default_factory=list)
    _steps: "list[tuple[Term, Step, Args]]" = field(default_factory=list)

    def __post_init__(self) -> None:
        for value in (1, 0):
            self.truths.add(self._row(CONSTANT, (value, 1), value, value))

    def _row(self, kind: int, args: tuple[int, ...], low: int = 0, high: int = 1) -> Term:
        key = (kind, args)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = len(self.rows)
            self.rows.append(key)
            self.lows.append(low)
            self.highs.append(high)
        return found

    def _truth(self, kind: int, args: tuple[int, ...]) -> Term:
        found = self._row(kind, args)
        self.truths.add(found)
        return found

    def number(self, value: int) -> Term:
        """A number that is written out."""
        return self._row(CONSTANT, (value, 0), value, value)

    def constant(self, term: Term) -> int | None:
        """The number that a term is, if it is one only."""
        return self.lows[term] if self.lows[term] == self.highs[term] else None

    def unknown(self, low: int = LEAST_OF_ALL, high: int = MOST_OF_ALL) -> Term:
        """A number that the world decides."""
        return self._row(UNKNOWN, (len(self.rows),), low, high)

    def unknown_truth(self) -> Term:
        """A truth that the world decides."""
        return self._truth(UNKNOWN, (len(self.rows),))

    def no(self, term: Term) -> Term:
        """The opposite."""
        if term <= FALSE:
            return 1 - term
        kind, args = self.rows[term]
        return args[0] if kind == NOT else self._truth(NOT, (term,))

    def both(self, *terms: Term) -> Term:
        """All of them."""
        return self._joined(AND, terms, TRUE)

    def either(self, *terms: Term) -> Term:
        """One of them at least."""
        return self._joined(OR, terms, FALSE)

    def _joined(self, kind: int, terms: tuple[Term, ...], idle: Term) -> Term:
        kept: dict[Term, None] = {}
        for term in terms:
            if term == 1 - idle or self._opposite(term) in kept:
                return 1 - idle
            if term != idle:
                kept[term] = None
        if len(kept) < 2:
            return next(iter(kept), idle)
        return self._truth(kind, tuple(sorted(kept)))

    def _opposite(self, term: Term) -> Term | None:
        """The opposite, if it is written already."""
        kind, args = self.rows[term]
        return args[0] if kind == NOT else self._known.get((NOT, (term,)))

    def choose(self, condition: Term, yes: Term, no: Term) -> Term:
        """The one or the other number or truth."""
        if condition <= FALSE or yes == no:
            return yes if condition == TRUE or yes == no else no
        if yes in self.truths:
            return self.either(self.both(condition, yes), self.both(self.no(condition), no))
        low, high = min(self.lows[yes], self.lows[no]), max(self.highs[yes], self.highs[no])
        return self._row(CHOOSE, (condition, yes, no), low, high)

    def equal(self, left: Term, right: Term) -> Term:
        """Whether two numbers are the same."""
        if left == right:
            return TRUE
        if self.highs[left] < self.lows[right] or self.highs[right] < self.lows[left]:
            return FALSE
        return self._truth(EQUAL, (min(left, right), max(left, right)))

    def most(self, left: Term, right: Term) -> Term:
        """Whether the left number is at most the right one."""
        if left == right or self.highs[left] <= self.lows[right]:
            return TRUE
        if self.lows[left] > self.highs[right]:
            return FALSE
        return self._truth(MOST, (left, right))

    def less(self, left: Term, right: Term) -> Term:
        """Whether it is less."""
        return self.no(self.most(right, left))

    def sum(self, *terms: Term) -> Term:
        """The numbers added up."""
        fixed = sum(self.lows[t] for t in terms if self.constant(t) is not None)
        free = [t for t in terms if self.constant(t) is None]
        if not free:
            return self.number(fixed)
        if fixed:
            free.append(self.number(fixed))
        if len(free) == 1:
            return free[0]
        low, high = sum(self.lows[t] for t in free), sum(self.highs[t] for t in free)
        return self._row(SUM, tuple(sorted(free)), low, high)

    def times(self, factor: int, term: Term) -> Term:
        """A number so many times."""
        fixed = 0 if factor == 0 else self.constant(term)
        if factor == 1 or fixed is not None:
            return term if fixed is None else self.number(factor * fixed)
        ends = (factor * self.lows[term], factor * self.highs[term])
        return self._row(TIMES, (factor, term), min(ends), max(ends))

    def product(self, left: Term, right: Term) -> Term:
        """Two numbers multiplied."""
        for one, other in ((left, right), (right, left)):
            factor = self.constant(one)
            if factor is not None:
                return self.times(factor, other)
        ends = [
            a * b
            for a in (self.lows[left], self.highs[left])
            for b in (self.lows[right], self.highs[right])
        ]
        return self._row(PRODUCT, (left, right), min(ends), max(ends))

    def whole(self, term: Term, divisor: int) -> Term:
        """The number divided, without its rest, towards the lower one."""
        if divisor == 1:
            return term
        if self.constant(term) is not None:
            return self.number(self.lows[term] // divisor)
        return self._row(
            WHOLE, (term, divisor), self.lows[term] // divisor, self.highs[term] // divisor
        )

    def among(self, term: Term, values: frozenset[int]) -> Term:
        """Whether a number is one of these."""
        low, high = self.lows[term], self.highs[term]
        kept = frozenset(v for v in values if low <= v <= high)
        if not kept:
            return FALSE
        if low == high:
            return TRUE
        if len(kept) == 1:
            return self.equal(term, self.number(next(iter(kept))))
        if len(kept) == high - low + 1:
            return TRUE
        at = self._sets.setdefault(kept, len(self.sets))
        if at == len(self.sets):
            self.sets.append(kept)
        return self._truth(AMONG, (term, at))

    def called(
        self,
        function: Function,
        *args: Term,
        low: int = LEAST_OF_ALL,
        high: int = MOST_OF_ALL,
    ) -> Term:
        """The result of an exact function."""
        given = [self.constant(arg) for arg in args]
        if all(value is not None for value in given):
            value = function.exact(*given)
            if value is not None:
                return (FALSE, TRUE)[value] if function.truth else self.number(value)
        at = self._functions.setdefault(function.name, len(self.functions))
        if at == len(self.functions):
            self.functions.append(function)
        if function.truth:
            return self._truth(CALLED, (at, *args))
        return self._row(CALLED, (at, *args), low, high)

    def holds(self, term: Term, *axioms: Term) -> Term:
        """The term, of which these are always true."""
        told = self.axioms.setdefault(term, [])
        told.extend(axiom for axiom in axioms if axiom != TRUE and axiom not in told)
        return term

    def fitting(self, known: Term, fits: Term) -> Term:
        """Whether a result is known and in its range; where it leaves it is noted."""
        self.overflows.append(self.both(known, self.no(fits)))
        return self.both(known, fits)

    def needs(self, term: Term) -> tuple[Term, ...]:
        """The terms that a term is made of."""
        kind, args = self.rows[term]
        if kind in {CONSTANT, UNKNOWN, WHOLE, AMONG}:
            return () if kind <= UNKNOWN else args[:1]
        return args[1:] if kind in {TIMES, CALLED} else args

    def cone(self, *tops: Term) -> list[Term]:
        """Everything that these terms hang on, themselves too, each after what it needs."""
        seen, waiting = set(tops), list(tops)
        while waiting:
            for need in self.needs(waiting.pop()):
                if need not in seen:
                    seen.add(need)
                    waiting.append(need)
        return sorted(seen)

    def evaluate(
        self, world: Mapping[Term, Value], only: Iterable[Term] | None = None
    ) -> list[Value]:
        """What all terms (or only these, with what they need before them) are in a world; an unknown that it lacks is 0, or the next
        number that it may be."""
        self._prepare()
        values = self._idle.copy()
        for term, value in world.items():
            values[term] = value
        if only is None:
            for term, made, args in self._steps:
                values[term] = made(self, term, args, values)
            return values
        rows = self.rows
        for term in only:
            kind, args = rows[term]
            if kind > UNKNOWN:
                values[term] = STEPS[kind](self, term, args, values)
        return values

    def _prepare(self) -> None:
        """The steps of evaluating, and what stands before the first one."""
        for term in range(len(self._idle), len(self.rows)):
            kind, args = self.rows[term]
            self._idle.append(self._nearest(term) if kind == UNKNOWN else 0)
            if kind == CONSTANT:
                self._idle[term] = args[0]
            elif kind != UNKNOWN:
                self._steps.append((term, STEPS[kind], args))

    def _nearest(self, term: Term) -> Value:
        return min(max(0, self.lows[term]), self.highs[term])

    def applied(self, term: Term, args: tuple[int, ...], values: list[Value]) -> Value:
        """The result of a called function; the next number to 0 where it says nothing."""
        value = self.functions[args[0]].exact(*(values[one] for one in args[1:]))
        return self._nearest(term) if value is None else int(value)
