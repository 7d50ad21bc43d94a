"""The parts of a formula that bind tightest: written values, names, parentheses, `if`, ages, days and sums over repeats."""

from dataclasses import replace
from functools import cached_property
from typing import Final

from builder.conditions.formula.reader import Reader
from builder.conditions.formula.terms import AGGREGATES, KEYWORDS, UNITS, Term
from builder.conditions.parse import DEEPEST
from builder.problems import gettext_noop as _
from builder.values import CHOICE_NAME, canonical, decimal, multiply

BOTH: Final = "days between a and b"
CHOOSE: Final = "if a then b else c"


class Values(Reader):
    """The lower half of the syntax."""

    def shifted(self) -> Term:
        """A value, and the days or months that are added to it."""
        term = self.value()
        while self.here().small in {"+", "plus", "-", "minus"} and self._unit_follows():
            token = self.here()
            self.at += 1
            amount, unit = self.value(), self.here()
            if unit.small not in UNITS:
                return self._missing()
            self.at += 1
            operator, times = UNITS[unit.small]
            minus = token.small in {"-", "minus"}
            term = self.call(operator, token.at, term, self._amount(amount, times, minus=minus))
        return term

    def _unit_follows(self) -> bool:
        """Whether `+ 3 days`, `+ n days` or `+ (..) days` comes next, and no sum."""
        further = 1
        if self.here(1).small == "(":
            further = self._closings.get(self.at + 1, len(self.tokens)) - self.at
        return self.here(further + 1).small in UNITS and (
            further > 1 or self.here(1).kind in {"number", "word", "name"}
        )

    @cached_property
    def _closings(self) -> dict[int, int]:
        """Where each parenthesis is closed, found in one pass."""
        closings, opened = {}, []
        for at, token in enumerate(self.tokens):
            if token.small == "(":
                opened.append(at)
            elif token.small == ")" and opened:
                closings[opened.pop()] = at
        return closings

    def _amount(self, amount: Term, times: str, *, minus: bool) -> Term:
        at = amount.at
        product = (
            multiply(decimal(amount.value), decimal(times)) if amount.kind == "number" else None
        )
        if product is not None:
            return Term("number", at, canonical(-product if minus else product))
        if times != "1":
            amount = self.call("mul", at, amount, Term("number", at, times))
        return self.call("sub", at, Term("number", at, "0"), amount) if minus else amount

    def value(self) -> Term:
        """One value; all that is nested comes through here, and is counted."""
        self.nested += 1
        term = self._value() if self.nested <= DEEPEST + 1 else self.too_deep()
        self.nested -= 1
        return term

    def _value(self) -> Term:
        token = self.here()
        if token.kind in {"number", "date", "text", "name"}:
            self.at += 1
            return Term(token.kind, token.at, token.text)
        if token.small in {"(", "-"}:
            self.at += 1
            return self._parenthesis() if token.small == "(" else self._negative(token.at)
        return self._phrase() or self._word()

    def _parenthesis(self) -> Term:
        term = self.expression()
        if not self.takes(")"):
            self.wrong(_("A parenthesis is not closed."), _("Write “)” where its part ends."))
        return term

    def _negative(self, at: int) -> Term:
        token = self.here()
        if token.kind == "number":
            self.at += 1
            return Term("number", at, canonical(-decimal(token.text)))
        return self.call("sub", at, Term("number", at, "0"), self.value())

    def _phrase(self) -> Term | None:
        """What begins with words of its own: `if`, `days between`, `age of`, `sum of`, `collect (`, `choice`, `previous`."""
        at, word = self.here().at, self.here().small
        if self.takes("if"):
            return self._if(at)
        if self.takes("days", "between"):
            return self._days_between(at)
        if self.takes("age", "of"):
            return self._age(at)
        if word in AGGREGATES and self.takes(word, "of"):
            return self._aggregate(AGGREGATES[word], at)
        if self.sees("collect", "("):
            self.at += 1
            return self.call("collect", at, *self.listed("collect (a, b)"))
        if word in {"first", "last"} and self.takes(word, "day", "of"):
            return self.call(f"{word}_day", at, self.value())
        return self._written(at, word) or self._named(at, word)

    def _written(self, at: int, word: str) -> Term | None:
        """A value of a type that a text alone does not tell: `time "08:00"`, `ranked ("a", "b")`."""
        if word == "ranked" and self.sees("ranked", "("):
            self.at += 1
            return replace(self._choices(at), kind="ranked")
        if word in {"time", "moment", "partial"} and self.here(1).kind == "text":
            value = self.here(1).text
            self.at += 2
            return Term(word, at, value)
        return None

    def _named(self, at: int, word: str) -> Term | None:
        """What a word and a name mean together."""
        if word not in {"choice", "choices", "previous", "offered"} or not self.takes(word):
            return None
        if word == "choices":
            return self._choices(at)
        return Term(word, at, self._choice() if word == "choice" else self._name())

    def _if(self, at: int) -> Term:
        condition = self.expression()
        self.needs("then", CHOOSE)
        yes = self.expression()
        if not self.takes("else"):
            return self.call("when", at, condition, yes)
        return self.call("if", at, condition, yes, self.expression())

    def _days_between(self, at: int) -> Term:
        start = self.shifted()
        self.needs("and", BOTH)
        return self.call("days_between", at, start, self.shifted())

    def _age(self, at: int) -> Term:
        birth = self.shifted()
        on = self.shifted() if self.takes("on") else Term("today", at)
        return self.call("age", at, birth, on)

    def _aggregate(self, operator: str, at: int) -> Term:
        place, name = self.here().at, self._name()
        if self.takes("in"):
            each = Term("each", place, name, more=(self._name(),))
        else:
            each = Term("entries", place, name)
        if operator == "count" and self.takes("equal", "to"):
            return self.call("occurs", at, each, self.shifted())
        return self.call(operator, at, each)

    def _name(self) -> str:
        token = self.here()
        if token.kind not in {"word", "name"}:
            self._missing()
            return ""
        self.at += 1
        return token.text

    def _choice(self) -> str:
        token = self.here()
        if token.kind not in {"word", "text", "number"} or not CHOICE_NAME.match(token.text):
            self.wrong(
                _("The name of a choice is missing here."),
                _("Write it in quotation marks, as its question has it."),
            )
            return ""
        self.at += 1
        return token.text

    def _choices(self, at: int) -> Term:
        usage = 'choices ("a", "b")'
        self.needs("(", usage)
        names = [self._choice()]
        while self.takes(","):
            names.append(self._choice())
        self.needs(")", usage)
        return Term("choices", at, more=tuple(dict.fromkeys(names)))

    def _word(self) -> Term:
        token = self.here()
        if token.kind != "word" or token.small in KEYWORDS - {"yes", "no", "today", "score"}:
            return self._missing()
        self.at += 1
        if token.small in {"yes", "no"}:
            return Term("bool", token.at, token.small)
        if token.small in {"today", "score"}:
            return Term(token.small, token.at)
        return Term("name", token.at, token.text)

    def _missing(self) -> Term:
        remedy = _("Write a name, a number, a date or a text.")
        if self.here().kind == "end":
            return self.wrong(_("The formula ends where a value is missing."), remedy)
        return self.wrong(_("A value is missing before “%(found)s”."), remedy)
