"""From terms to expressions: names are looked up, and types decide what a written word means.

A word or text beside a choice question means one of its choices; the same text beside a text question is a text.
"""

from collections.abc import Callable, Iterable
from typing import Final

from builder.conditions.formula.faults import Faulty
from builder.conditions.formula.names import REPEAT, Names, Wanted, answers, repeats
from builder.conditions.formula.terms import Term
from builder.conditions.nearest import nearest
from builder.conditions.nodes import (
    Answer,
    Call,
    Constant,
    Each,
    Entries,
    Expression,
    Offered,
    Part,
    Previous,
    Score,
    Today,
)
from builder.conditions.operators import OPERATORS, Operator
from builder.conditions.typecheck import WORDS as TYPE_WORDS
from builder.conditions.typecheck import Faults, typecheck
from builder.problems import Words
from builder.problems import gettext_noop as _
from builder.values import CHOICE_NAME, AnswerType, clean, is_value

LISTED: Final[dict[str, AnswerType]] = {"choices": "many", "ranked": "ranked"}
DOTTED: Final[dict[str, AnswerType]] = {"time": "time", "moment": "moment", "partial": "partial"}
NOTHING_WANTED = Wanted("")
# What may mean several things, as what stands around it tells.
WORDS: Final = frozenset({"name", "text", "bool", "choice"})
LEAVES: Final[dict[str, Callable[[Term], Expression]]] = {
    "number": lambda term: Constant("number", term.value),
    "date": lambda term: Constant("date", term.value),
    "today": lambda _term: Today(),
    "score": lambda _term: Score(),
    "offered": lambda term: Offered(term.value),
}


class Meaning:
    """Gives the expressions of one formula's terms."""

    def __init__(self, names: Names, faults: Faulty) -> None:
        self.names = names
        self.faults = faults

    def type_of(self, name: str) -> str | None:
        """The answer type of a name, None where it is not known."""
        known = self.names.get(name)
        return known.type or None if known is not None else None

    def read(self, term: Term, wanted: Wanted = NOTHING_WANTED) -> Expression | None:
        """The expression, None where something is wrong in it."""
        if term.kind == "call":
            return self._call(term, wanted)
        if term.kind in WORDS:
            return self._word(term, wanted)
        if term.kind in LISTED:
            known = [self._choice(term, name, wanted) for name in term.more]
            return Constant(LISTED[term.kind], term.more) if all(known) else None
        if term.kind in DOTTED:
            return self._moment(term)
        if term.kind == "previous":
            return Previous(term.value) if self._name(term, wanted) else None
        return LEAVES[term.kind](term)

    def _moment(self, term: Term) -> Expression | None:
        answer_type = DOTTED[term.kind]
        if is_value(answer_type, term.value):
            return Constant(answer_type, term.value)
        message = _("“%(found)s” is not %(wanted)s.")
        told, wanted = term.value[:80], Words(TYPE_WORDS[answer_type])
        self.faults.add(term.at, message, _("Change the formula."), found=told, wanted=wanted)
        return None

    def _word(self, term: Term, wanted: Wanted) -> Expression | None:
        if term.kind == "choice" or (wanted.type == "one" and self._means_choice(term, wanted)):
            return self._choice(term, term.value, wanted)
        if term.kind == "name":
            return self._name(term, wanted)
        return (
            Constant("text", clean(term.value))
            if term.kind == "text"
            else Constant("bool", term.value == "yes")
        )

    def _means_choice(self, term: Term, wanted: Wanted) -> bool:
        """A text always does here; a name unless it is itself a choice question's, or unlike any choice."""
        if term.kind != "name":
            return True
        if self.type_of(term.value) == "one" or self.faults.full:
            return False
        known = term.value in self.names
        if wanted.choices is None or known:
            return not known or term.value in (wanted.choices or ())
        like_a_choice = nearest(term.value, wanted.choices)
        return bool(like_a_choice) or not nearest(term.value, self.names)

    def _choice(self, term: Term, name: str, wanted: Wanted) -> Expression | None:
        if not CHOICE_NAME.match(name):
            self.faults.add(
                term.at,
                _("“%(name)s” cannot be the name of a choice."),
                _("Write its name, not its label."),
                name=name[:80],
            )
        elif wanted.choices is not None and name not in wanted.choices:
            near = nearest(name, wanted.choices)
            remedy = _("Did you mean “%(near)s”?") if near else _("Its choices are: %(choices)s.")
            self.faults.add(
                term.at,
                _("“%(question)s” has no choice “%(name)s”."),
                remedy,
                "unknown_choice",
                question=wanted.of,
                name=name,
                near=near,
                choices=", ".join(wanted.choices[:20]),
            )
        else:
            return Constant("one", name)
        return None

    def _name(self, term: Term, _wanted: Wanted) -> Expression | None:
        known = self.names.get(term.value)
        if known is None:
            self._unknown(
                term, term.value, answers(self.names), _("There is no question “%(name)s”.")
            )
            return None
        if known.type == REPEAT:
            message = _("“%(name)s” has several entries.")
            remedy = _("Write “count of %(name)s” for their number.")
            self.faults.add(term.at, message, remedy, name=term.value)
            return None
        name, dot, part = term.value.partition(".")
        return Part(name, part) if dot else Answer(name)

    def _unknown(self, term: Term, name: str, known: Iterable[str], message: str) -> None:
        near = "" if self.faults.full else nearest(name, known)
        remedy = (
            _("Did you mean “%(near)s”?")
            if near
            else _("Write the name of a question of this page.")
        )
        self.faults.add(term.at, message, remedy, "unknown_reference", name=name[:80], near=near)

    def _call(self, term: Term, wanted: Wanted) -> Expression | None:
        row = OPERATORS[term.value]
        if row.takes[0] in {"each", "entries"}:
            return self._aggregate(term, row)
        args = [self.read(arg, want) for arg, want in self._wants(term, row, wanted)]
        read = tuple(arg for arg in args if arg is not None)
        if len(read) < len(args):
            return None
        return self._typed(term, Call(row.name, read))

    def _typed(self, term: Term, call: Call) -> Expression | None:
        wrong = Faults()
        typecheck(call, self.type_of, wrong)
        for message, params in wrong.found:
            remedy = self._remedy(term)
            self.faults.add(term.at, message, remedy, "type_mismatch", **params)
        return None if wrong.found else call

    def _remedy(self, term: Term) -> str:
        types = {found.type for found in map(self._anchor, term.args) if found}
        if term.value in {"add", "sub"} and "date" in types:
            return _("Days are added with their unit: “+ 3 days”.")
        return _("Change this part of the formula.")

    def _wants(self, term: Term, row: Operator, wanted: Wanted) -> list[tuple[Term, Wanted]]:
        """Each argument with what its place needs; those of one type throughout learn from one another."""
        found = []
        shared = self._shared(term, row) or (wanted if row.gives == "A" else NOTHING_WANTED)
        for at, arg in enumerate(term.args):
            takes = row.parameter(at)
            offers = self._anchor(term.args[0]) if row.name == "contains" and at else None
            if takes == "A":
                want = shared
            elif takes == "one":
                want = Wanted("one", offers.choices, offers.of) if offers else Wanted("one")
            else:
                want = Wanted("text" if takes == "pattern" else takes)
            found.append((arg, want))
        return found

    def _shared(self, term: Term, row: Operator) -> Wanted | None:
        """The type that the arguments of type A have, told by the first of them that does not depend on the others."""
        places = (row.parameter(at) for at in range(len(term.args)))
        found = (
            self._anchor(arg) for arg, takes in zip(term.args, places, strict=True) if takes == "A"
        )
        return next((each for each in found if each is not None), None)

    def _anchor(self, term: Term) -> Wanted | None:
        """The type that a term has whatever stands around it; None for words that may mean several things."""
        if term.kind in {"name", "previous"}:
            known = self.names.get(term.value)
            return Wanted(known.type, known.choices, term.value) if known and known.type else None
        if term.kind == "call":
            row = OPERATORS[term.value]
            if row.gives != "A":
                return Wanted(row.gives)
            return (
                self._anchor_of_each(term.args[0])
                if row.takes[0] == "each"
                else self._shared(term, row)
            )
        fixed = {
            "number": "number",
            "score": "number",
            "date": "date",
            "today": "date",
            "choice": "one",
            "offered": "one",
            "choices": "many",
            **{kind: kind for kind in ("ranked", *DOTTED)},
        }
        return Wanted(fixed[term.kind]) if term.kind in fixed else None

    def _anchor_of_each(self, term: Term) -> Wanted | None:
        known = self.names.get(term.value)
        return Wanted(known.type) if known and known.type else None

    def _aggregate(self, term: Term, row: Operator) -> Expression | None:
        inner = term.args[0]
        repeat = inner.more[0] if inner.kind == "each" else inner.value
        known = self.names.get(repeat)
        if known is None or known.type != REPEAT:
            message = _("There is no repeated section “%(name)s”.")
            self._unknown(inner, repeat, repeats(self.names), message)
            return None
        node: Expression = Entries(repeat)
        if inner.kind == "each":
            asked = {name: each for name, each in self.names.items() if each.repeat == repeat}
            if inner.value not in asked:
                message = _("“%(name)s” is not asked in that repeated section.")
                self._unknown(inner, inner.value, asked, message)
                return None
            node = Each(repeat, inner.value)
        elif row.name != "count":
            message = _("What shall be added up of each entry is not said.")
            remedy = _("Write: %(usage)s")
            self.faults.add(inner.at, message, remedy, usage=f"{row.name} of a in {repeat}")
            return None
        return self._counted(term, row, node)

    def _counted(self, term: Term, row: Operator, node: Expression) -> Expression | None:
        """Over the entries: all of them, or those that are equal to something."""
        if len(term.args) == 1:
            return self._typed(term, Call(row.name, (node,)))
        known = self.names.get(term.args[0].value)
        wanted = Wanted(known.type, known.choices, term.args[0].value) if known else NOTHING_WANTED
        value = self.read(term.args[1], wanted)
        return None if value is None else self._typed(term, Call(row.name, (node, value)))
