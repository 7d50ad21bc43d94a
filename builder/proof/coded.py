"""Values that may be Missing, as terms: whether there is one, and which.

Of yes and no both are kept as truths (neither: unknown), of several choices one truth a choice, of an answer in parts each part.
What is not known is never yes, never no, and has no choice in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from builder.proof.rows import FALSE, TRUE, Term
from builder.proof.terms import Terms
from builder.values import LISTS

_NOTHING: Final[Mapping[int, Term]] = {}


@dataclass(frozen=True, slots=True)
class Coded:
    """A value: `known` says whether there is one. `value` is its code, or whether it is yes (`no`: whether it is no); `scale` its
    decimals; `possible` all names that a choice may have, where that is known."""

    type: str
    known: Term
    value: Term = FALSE
    no: Term = FALSE
    scale: int = 0
    members: Mapping[int, Term] = field(default_factory=dict)
    parts: Mapping[str, "Coded"] = field(default_factory=dict)
    possible: frozenset[int] | None = None


def missing(answer_type: str) -> Coded:
    """No value."""
    return Coded(answer_type, FALSE, possible=frozenset())


def decided(yes: Term, no: Term, terms: Terms) -> Coded:
    """Yes, no, or neither."""
    return Coded("bool", terms.either(yes, no), yes, no)


def judged(known: Term, holds: Term, terms: Terms) -> Coded:
    """Yes or no where it is known."""
    return decided(terms.both(known, holds), terms.both(known, terms.no(holds)), terms)


def only_if(condition: Term, coded: Coded, terms: Terms) -> Coded:
    """The value while a condition holds, else none."""
    if condition == TRUE:
        return coded
    if coded.type == "bool":
        return decided(terms.both(condition, coded.value), terms.both(condition, coded.no), terms)
    return replace(
        coded,
        known=terms.both(condition, coded.known),
        members={code: terms.both(condition, one) for code, one in coded.members.items()},
        parts={name: only_if(condition, part, terms) for name, part in coded.parts.items()},
    )


def rescaled(coded: Coded, scale: int, terms: Terms) -> Term:
    """A number's code in units of another last decimal, not a coarser one."""
    return terms.times(10 ** (scale - coded.scale), coded.value)


def pick(condition: Term, yes: Coded, no: Coded, terms: Terms) -> Coded:
    """The one or the other value."""
    if condition <= FALSE:
        return yes if condition == TRUE else no
    if FALSE in {yes.known, no.known}:
        there, here = (no, terms.no(condition)) if yes.known == FALSE else (yes, condition)
        return only_if(here, there, terms)
    if yes.type == "bool":
        return decided(
            terms.choose(condition, yes.value, no.value),
            terms.choose(condition, yes.no, no.no),
            terms,
        )
    known = terms.choose(condition, yes.known, no.known)
    if yes.type in LISTS:
        codes = {*yes.members, *no.members}
        members = {
            code: terms.choose(
                condition, yes.members.get(code, FALSE), no.members.get(code, FALSE)
            )
            for code in codes
        }
        return Coded(yes.type, known, members=members)
    if yes.type == "parts":
        names = {*yes.parts, *no.parts}
        parts = {n: _pick_part(condition, yes.parts.get(n), no.parts.get(n), terms) for n in names}
        return Coded("parts", known, parts=parts)
    return _pick_plain(condition, known, yes, no, terms)


def _pick_part(condition: Term, yes: Coded | None, no: Coded | None, terms: Terms) -> Coded:
    if yes is None or no is None:
        there = yes or no
        assert there is not None  # noqa: S101 - a name comes from one of the two
        return only_if(condition if yes else terms.no(condition), there, terms)
    return pick(condition, yes, no, terms)


def _pick_plain(condition: Term, known: Term, yes: Coded, no: Coded, terms: Terms) -> Coded:
    scale = max(yes.scale, no.scale)
    value = terms.choose(condition, rescaled(yes, scale, terms), rescaled(no, scale, terms))
    possible = None
    if yes.possible is not None and no.possible is not None:
        possible = yes.possible | no.possible
    return Coded(yes.type, known, value, scale=scale, possible=possible)


def first_known(values: list[Coded], terms: Terms) -> Coded:
    """The first value that there is."""
    found = values[-1]
    for value in reversed(values[:-1]):
        found = pick(value.known, value, found, terms)
    return found


def same(left: Coded, right: Coded, terms: Terms) -> Term:
    """Whether two values that there are are equal."""
    if left.type == "bool":
        return terms.either(terms.both(left.value, right.value), terms.both(left.no, right.no))
    scale = max(left.scale, right.scale)
    return terms.equal(rescaled(left, scale, terms), rescaled(right, scale, terms))


def holding(many: Coded, code: int) -> Term:
    """Whether several choices hold the one of a code."""
    return many.members.get(code, FALSE)
