"""Expressions as terms: the third reading of the language, beside the engine and its twin, and bound by the same spec.

`false and unknown` is false, `true or unknown` is true, else the unknown stays; what is strict is Missing when an argument is. What
cannot be said in terms is *havoc*: any value at all, so that nothing is ever proved of it that might not hold.
"""

from collections.abc import Callable
from typing import Final

from builder.conditions import (
    Answer,
    Call,
    Constant,
    Each,
    Entries,
    Expression,
    Faults,
    Offered,
    Part,
    Previous,
    Today,
    typecheck,
)
from builder.proof import arithmetic, calendar
from builder.proof.coded import (
    Coded,
    decided,
    first_known,
    holding,
    judged,
    missing,
    only_if,
    pick,
    rescaled,
    same,
)
from builder.proof.coding import Numbered, coded, places
from builder.proof.rows import FALSE, TRUE, Term
from builder.proof.seen import Sight
from builder.proof.terms import Terms
from builder.values import LISTS

MOST_COLLECTED: Final = 300


def read(expression: Expression, sight: Sight) -> Coded:
    """An expression; one that is not well typed (a draft's) is always Missing."""
    faults = Faults()
    given = typecheck(expression, sight.type_of, faults)
    if faults.found:
        return missing(given or "bool")
    return _read(expression, sight)


def is_true(expression: Expression | None, sight: Sight) -> Term:
    """Whether a condition holds; none always does."""
    if expression is None:
        return TRUE
    found = read(expression, sight)
    return found.value if found.type == "bool" else FALSE


def _read(node: Expression, sight: Sight) -> Coded:
    match node:
        case Constant():
            return constant(node, sight.terms, sight.numbered)
        case Answer(name):
            return sight.answer(name)
        case Part(name, part):
            whole = sight.answer(name)
            return whole.parts.get(part) or missing(sight.type_of(f"{name}.{part}") or "text")
        case Call(operator, args):
            return _CALLS[operator](args, sight)
        case Previous(name):
            return sight.before(name)
        case Offered(attribute):
            return sight.offered(attribute)
        case _:
            return sight.today() if isinstance(node, Today) else sight.score()


def constant(node: Constant, terms: Terms, numbered: Numbered) -> Coded:
    """A value that is written out."""
    if node.type == "bool":
        return decided(TRUE if node.value else FALSE, FALSE if node.value else TRUE, terms)
    if node.type in LISTS:
        names = node.value if isinstance(node.value, tuple) else ()
        return Coded(node.type, TRUE, members=dict.fromkeys(numbered.codes("one", names), TRUE))
    word = str(node.value)
    scale = places(word) if node.type == "number" else 0
    code = coded(node.type, word, scale, numbered)
    possible = frozenset((code,)) if node.type == "one" else None
    return Coded(node.type, TRUE, terms.number(code), scale=scale, possible=possible)


Args = tuple[Expression, ...]
Reader = Callable[[Args, Sight], Coded]


def _and(args: Args, sight: Sight) -> Coded:
    found, terms = [_read(arg, sight) for arg in args], sight.terms
    return decided(
        terms.both(*(one.value for one in found)), terms.either(*(one.no for one in found)), terms
    )


def _or(args: Args, sight: Sight) -> Coded:
    found, terms = [_read(arg, sight) for arg in args], sight.terms
    return decided(
        terms.either(*(one.value for one in found)), terms.both(*(one.no for one in found)), terms
    )


def _not(args: Args, sight: Sight) -> Coded:
    found = _read(args[0], sight)
    return decided(found.no, found.value, sight.terms)


def _answered(args: Args, sight: Sight) -> Coded:
    known = _read(args[0], sight).known
    return decided(known, sight.terms.no(known), sight.terms)


def _compared(holds: Callable[[Coded, Coded, Terms], Term]) -> Reader:
    def read_pair(args: Args, sight: Sight) -> Coded:
        left, right = (_read(arg, sight) for arg in args)
        terms = sight.terms
        return judged(terms.both(left.known, right.known), holds(left, right, terms), terms)

    return read_pair


def _least(left: Coded, right: Coded, terms: Terms) -> Term:
    scale = max(left.scale, right.scale)
    return terms.most(rescaled(left, scale, terms), rescaled(right, scale, terms))


def _one_of(args: Args, sight: Sight) -> Coded:
    left, *among = (_read(arg, sight) for arg in args)
    terms = sight.terms
    known = terms.both(left.known, *(one.known for one in among))
    return judged(known, terms.either(*(same(left, one, terms) for one in among)), terms)


def _contains(args: Args, sight: Sight) -> Coded:
    many, one = (_read(arg, sight) for arg in args)
    terms = sight.terms
    code = terms.constant(one.value)
    if code is not None:
        inside = holding(many, code)
    else:
        inside = terms.either(
            *(
                terms.both(held, terms.equal(one.value, terms.number(name)))
                for name, held in many.members.items()
            )
        )
    return judged(terms.both(many.known, one.known), inside, terms)


def _matches(args: Args, sight: Sight) -> Coded:
    text, pattern = _read(args[0], sight), args[1]
    written = str(pattern.value) if isinstance(pattern, Constant) else ""
    return judged(text.known, sight.matching(text, written), sight.terms)


def _or_else(args: Args, sight: Sight) -> Coded:
    return first_known([_read(arg, sight) for arg in args], sight.terms)


def _when(args: Args, sight: Sight) -> Coded:
    condition, value = (_read(arg, sight) for arg in args)
    return only_if(condition.value, value, sight.terms)


def _if(args: Args, sight: Sight) -> Coded:
    condition, yes, no = (_read(arg, sight) for arg in args)
    return only_if(condition.known, pick(condition.value, yes, no, sight.terms), sight.terms)


def _collect(args: Args, sight: Sight) -> Coded:
    found, terms = [_read(arg, sight) for arg in args], sight.terms
    members: dict[int, Term] = {}
    for one in found:
        if one.possible is None or len(one.possible) + len(members) > MOST_COLLECTED:
            return sight.havoc("many")
        for code in one.possible:
            chosen = terms.both(one.known, terms.equal(one.value, terms.number(code)))
            members[code] = terms.either(members.get(code, FALSE), chosen)
    return Coded("many", terms.either(*(one.known for one in found)), members=members)


def _pairs(then: Callable[[Coded, Coded, Terms], Coded]) -> Reader:
    def read_pair(args: Args, sight: Sight) -> Coded:
        left, right = (_read(arg, sight) for arg in args)
        return then(left, right, sight.terms)

    return read_pair


def _list(then: Callable[[list[Coded], Terms], Coded]) -> Reader:
    return lambda args, sight: then([_read(arg, sight) for arg in args], sight.terms)


def _aggregate(then: Callable[[list[tuple[Term, Coded]], Terms], Coded], empty: str) -> Reader:
    def read_all(args: Args, sight: Sight) -> Coded:
        node = args[0]
        assert isinstance(node, Each)  # noqa: S101 - the type check has seen to it
        values, answer_type = sight.each(node.repeat, node.name), sight.type_of(node.name)
        if values is None:
            return missing(answer_type or "number")
        if not values and empty == "missing":
            return sight.whole(node.repeat, missing(answer_type or "number"))
        return sight.whole(node.repeat, then(values, sight.terms))

    return read_all


def _how_many(values: list[tuple[Term, Coded]], terms: Terms) -> Coded:
    there = [terms.both(counts, one.known) for counts, one in values]
    return Coded("number", TRUE, arithmetic.counted(there, terms))


def _average(values: list[tuple[Term, Coded]], terms: Terms) -> Coded:
    total, count = arithmetic.summed(values, terms), _how_many(values, terms)
    return arithmetic.divided(Coded("number", TRUE, total.value, scale=total.scale), count, terms)


def _count(args: Args, sight: Sight) -> Coded:
    if isinstance(args[0], Entries):
        return sight.entries(args[0].repeat)
    return _aggregate(_how_many, "nothing")(args, sight)


def _occurs(args: Args, sight: Sight) -> Coded:
    wanted, terms = _read(args[1], sight), sight.terms

    def occurring(values: list[tuple[Term, Coded]], _terms: Terms) -> Coded:
        found = [terms.both(counts, one.known, same(one, wanted, terms)) for counts, one in values]
        return Coded("number", wanted.known, arithmetic.counted(found, terms))

    return only_if(wanted.known, _aggregate(occurring, "nothing")(args, sight), terms)


def _partial(*, first: bool) -> Reader:
    return lambda args, sight: calendar.first_or_last(
        _read(args[0], sight), sight.numbered, sight.terms, first=first
    )


_CALLS: Final[dict[str, Reader]] = {
    "and": _and,
    "or": _or,
    "not": _not,
    "eq": _compared(same),
    "ne": _compared(lambda a, b, terms: terms.no(same(a, b, terms))),
    "lt": _compared(lambda a, b, terms: terms.no(_least(b, a, terms))),
    "le": _compared(_least),
    "gt": _compared(lambda a, b, terms: terms.no(_least(a, b, terms))),
    "ge": _compared(lambda a, b, terms: _least(b, a, terms)),
    "one_of": _one_of,
    "contains": _contains,
    "answered": _answered,
    "matches": _matches,
    "add": _list(arithmetic.total),
    "sub": _pairs(arithmetic.difference),
    "mul": _list(arithmetic.multiplied),
    "div": _pairs(arithmetic.divided),
    "or_else": _or_else,
    "when": _when,
    "collect": _collect,
    "if": _if,
    "add_days": _pairs(calendar.days_later),
    "add_months": _pairs(calendar.months_later),
    "days_between": _pairs(calendar.days_between),
    "age": _pairs(calendar.age_at),
    "first_day": _partial(first=True),
    "last_day": _partial(first=False),
    "sum": _aggregate(arithmetic.summed, "nothing"),
    "min": _aggregate(lambda v, terms: arithmetic.least_or_most(v, terms, least=True), "missing"),
    "max": _aggregate(lambda v, terms: arithmetic.least_or_most(v, terms, least=False), "missing"),
    "avg": _aggregate(_average, "missing"),
    "count": _count,
    "occurs": _occurs,
}
