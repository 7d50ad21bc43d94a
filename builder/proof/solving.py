"""Asking the solver (Z3) whether terms can hold together: in which world, or proved that in none.

Only what the terms hang on is told to it. Functions that it does not know are unknowns with bounds at first; where it relies on
a value that they do not have, it is told the true one, and asked again. What takes too long is not decided.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from builder.proof.rows import (
    AND,
    CALLED,
    CHOOSE,
    CONSTANT,
    EQUAL,
    LEAST_OF_ALL,
    MOST,
    MOST_OF_ALL,
    NOT,
    OR,
    PRODUCT,
    SUM,
    TIMES,
    UNKNOWN,
    WHOLE,
    Term,
    Value,
)
from builder.proof.terms import Terms

ROUNDS: Final = 24
DEEPEST: Final = 120
World = dict[Term, Value]


@dataclass(frozen=True)
class Limits:
    """How much one question to the solver may cost: its own count of steps, and milliseconds."""

    steps: int = 3_000_000
    milliseconds: int = 2_000


@dataclass
class Reply:
    """`possible` is None for what was not decided."""

    possible: bool | None
    world: World = field(default_factory=dict)


class Solver:
    """One solver for all questions about one definition."""

    def __init__(self, terms: Terms, limits: Limits) -> None:
        import z3

        self.z3: Any = z3
        self.terms, self.limits = terms, limits
        self.told: dict[Term, Any] = {}
        self.depth: dict[Term, int] = {}
        self.cut: dict[Term, Any] = {}  # what is too deep is told by a name
        self.lemmas: dict[Term, list[Any]] = {}
        self.asked = self.work = 0
        self.solver = z3.Solver()
        self.solver.set("timeout", limits.milliseconds)
        self.solver.set("rlimit", limits.steps)

    def ask(self, *goals: Term) -> Reply:
        """Whether all of these can hold together."""
        self.asked += 1
        cone = self._with_axioms(goals)
        self.work += len(cone)
        self.solver.push()
        try:
            self._tell(cone, goals)
            for _round in range(ROUNDS):
                reply = self._once(cone, goals)
                if reply is not None:
                    return reply
            return Reply(None)
        finally:
            self.solver.pop()

    def _with_axioms(self, goals: tuple[Term, ...]) -> list[Term]:
        """All that the goals hang on, and what is always true of it."""
        terms, seen = self.terms, set(self.terms.cone(*goals))
        waiting = list(seen)
        while waiting:
            for axiom in terms.axioms.get(waiting.pop(), ()):
                if axiom not in seen:
                    new = [term for term in terms.cone(axiom) if term not in seen]
                    seen.update(new)
                    waiting += new
        return sorted(seen)

    def _tell(self, cone: list[Term], goals: tuple[Term, ...]) -> None:
        for term in cone:
            if term not in self.told:
                self._translate(term)
        for term in cone:
            for truth in self._truths_of(term):
                self.solver.add(truth)
        for goal in goals:
            self.solver.add(self.told[goal])

    def _truths_of(self, term: Term) -> Iterator[Any]:
        """What is told of a term beside its own row."""
        terms = self.terms
        if term in self.cut:
            yield self.told[term] == self.cut[term]
        if terms.rows[term][0] in {UNKNOWN, CALLED} and term not in terms.truths:
            yield from self._bounds(term)
        yield from (self.told[axiom] for axiom in terms.axioms.get(term, ()))
        yield from self.lemmas.get(term, ())

    def _bounds(self, term: Term) -> Iterator[Any]:
        low, high, told = self.terms.lows[term], self.terms.highs[term], self.told[term]
        if low > LEAST_OF_ALL:
            yield told >= low
        if high < MOST_OF_ALL:
            yield told <= high

    def _once(self, cone: list[Term], goals: tuple[Term, ...]) -> Reply | None:
        """One try; None: something was learned, try again."""
        found = self.solver.check()
        if found == self.z3.unsat:
            return Reply(False)
        if found != self.z3.sat:
            return Reply(None)
        model = self.solver.model()
        world = {
            term: self._value(model, term) for term in cone if self.terms.rows[term][0] == UNKNOWN
        }
        values = self.terms.evaluate(world, cone)
        learned = self._learn(model, cone, values)
        if all(values[goal] for goal in goals) and self._holds(cone, values):
            return Reply(True, world)
        return None if learned else Reply(None)

    def _holds(self, cone: list[Term], values: list[Value]) -> bool:
        """Whether the world is one that there is."""
        axioms = self.terms.axioms
        return all(values[axiom] for term in cone for axiom in axioms.get(term, ()))

    def _value(self, model: Any, term: Term) -> Value:
        found = model.eval(self.told[term], model_completion=True)
        return int(self.z3.is_true(found)) if term in self.terms.truths else found.as_long()

    def _learn(self, model: Any, cone: list[Term], values: list[Value]) -> bool:
        """Tell the true values of functions where the model has other ones."""
        learned = False
        for term in cone:
            kind, args = self.terms.rows[term]
            if kind != CALLED or self._value(model, term) == values[term]:
                continue
            function = self.terms.functions[args[0]]
            at = tuple(values[arg] for arg in args[1:])
            points = [at, *(function.beside(*at) if function.beside else ())]
            for point in points:
                learned = self._lemma(term, point) or learned
        return learned

    def _lemma(self, term: Term, point: tuple[int, ...]) -> bool:
        _kind, (at, *args) = self.terms.rows[term]
        function = self.terms.functions[at]
        value = function.exact(*point)
        if value is None:
            return False
        told = [self.told[arg] for arg in args]
        there = [one == number for one, number in zip(told, point, strict=True)]
        result = self.told[term]
        exact = (result if value else self.z3.Not(result)) if function.truth else result == value
        found = [self.z3.Implies(self.z3.And(*there), exact)]
        if function.way and not function.truth:
            found += self._beyond(function.way, told, point, (result, value))
        self.lemmas.setdefault(term, []).extend(found)
        for one in found:
            self.solver.add(one)
        return True

    def _beyond(
        self, way: tuple[int, ...], told: list[Any], point: tuple[int, ...], is_: tuple[Any, int]
    ) -> list[Any]:
        """What one value tells of all places beyond, as the function rises or falls."""
        result, value = is_
        up = [(t - p) * w >= 0 for t, p, w in zip(told, point, way, strict=True)]
        down = [(t - p) * w <= 0 for t, p, w in zip(told, point, way, strict=True)]
        z3 = self.z3
        return [
            z3.Implies(z3.And(*up), result >= value),
            z3.Implies(z3.And(*down), result <= value),
        ]

    def _translate(self, term: Term) -> None:
        kind, args = self.terms.rows[term]
        truth = term in self.terms.truths
        depth = 1 + max((self.depth[need] for need in self.terms.needs(term)), default=0)
        if kind in {UNKNOWN, CALLED}:
            told, depth = self._named(term, truth), 1
        elif kind == CONSTANT:
            told = self.z3.BoolVal(bool(args[0])) if truth else self.z3.IntVal(args[0])
        else:
            told = self._made(kind, args)
        if depth > DEEPEST:
            self.cut[term] = told
            told, depth = self._named(term, truth), 1
        self.told[term], self.depth[term] = told, depth

    def _named(self, term: Term, truth: bool) -> Any:
        return self.z3.Bool(f"t{term}") if truth else self.z3.Int(f"n{term}")

    def _made(self, kind: int, args: tuple[int, ...]) -> Any:
        z3, told = self.z3, self.told
        if kind == NOT:
            return z3.Not(told[args[0]])
        if kind in {AND, OR}:
            joined = z3.And if kind == AND else z3.Or
            return joined([told[arg] for arg in args])
        if kind == CHOOSE:
            return z3.If(told[args[0]], self._number(args[1]), self._number(args[2]))
        return self._counted(kind, args)

    def _counted(self, kind: int, args: tuple[int, ...]) -> Any:
        z3, number = self.z3, self._number
        if kind == EQUAL:
            return number(args[0]) == number(args[1])
        if kind == MOST:
            return number(args[0]) <= number(args[1])
        if kind == SUM:
            return z3.Sum([number(arg) for arg in args])
        if kind == TIMES:
            return args[0] * number(args[1])
        if kind == PRODUCT:
            return number(args[0]) * number(args[1])
        if kind == WHOLE:
            return number(args[0]) / args[1]
        return self._among(number(args[0]), self.terms.sets[args[1]])

    def _number(self, term: Term) -> Any:
        """A number; where a value is Missing for sure its code may be a truth, and does not matter."""
        if term in self.terms.truths:
            return self.z3.IntVal(self.terms.constant(term) or 0)
        return self.told[term]

    def _among(self, told: Any, values: frozenset[int]) -> Any:
        """One of some numbers, told as ranges."""
        runs: list[list[int]] = []
        for value in sorted(values):
            if runs and runs[-1][1] == value - 1:
                runs[-1][1] = value
            else:
                runs.append([value, value])
        z3 = self.z3
        return z3.Or([told == a if a == b else z3.And(told >= a, told <= b) for a, b in runs])
