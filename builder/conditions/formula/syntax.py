"""From groups of letters to terms: what binds tighter than what, and what belongs together.

From loose to tight: `if then else`, `or`, `and`, `not`, comparisons, `or else`, `+ -`, `* /`, `+ 3 days`, values.
"""

from collections.abc import Callable
from typing import Final

from builder.conditions.formula.terms import BETWEEN, COMPARISONS, KEYWORDS, Term
from builder.conditions.formula.tokens import Token
from builder.conditions.formula.values import Values
from builder.conditions.nearest import nearest
from builder.problems import gettext_noop as _

SUMS: Final = {"+": "add", "plus": "add", "-": "sub", "minus": "sub"}
PRODUCTS: Final = {"*": "mul", "/": "div"}


class Syntax(Values):
    """Reads one formula; `whole` is its door."""

    def whole(self) -> Term:
        """The formula from its first to its last letter."""
        term = self.expression()
        if self.here().kind != "end":
            self._left_over(self.here())
        return term

    def expression(self) -> Term:
        """Anything, as it stands in parentheses."""
        return self._chain("or", self._all)

    def _chain(self, word: str, inner: Callable[[], Term]) -> Term:
        found, at = [inner()], self.here().at
        while self.sees(word) and not self.sees("or", "else"):
            self.takes(word)
            found.append(inner())
        return self.call(word, at, *found) if len(found) > 1 else found[0]

    def _all(self) -> Term:
        return self._chain("and", self._not)

    def _not(self) -> Term:
        token, count = self.here(), 0
        while self.takes("not"):
            count += 1
        term = self._comparison()
        for _each in range(count):
            term = self.call("not", token.at, term)
        return term

    def _comparison(self) -> Term:
        term = self._compared(self._or_else())
        if term.kind == "call" and self._seen() is not None:
            remedy = _("Join two comparisons with “and”: a < b and b < c")
            return self.wrong(_("A comparison cannot be compared again."), remedy)
        return term

    def _seen(self) -> tuple[tuple[str, ...], str, bool] | None:
        return next((row for row in COMPARISONS if self.sees(*row[0])), None)

    def _compared(self, left: Term) -> Term:
        row, at = self._seen(), self.here().at
        if row is None:
            return left
        words, operator, negated = row
        self.takes(*words)
        if operator == "one_of":
            term = self.call(operator, at, left, *self.listed("one of (a, b)"))
        elif operator == "answered":
            term = self.call(operator, at, left)
        else:
            term = self.call(operator, at, left, self._or_else())
        return self.call("not", at, term) if negated else term

    def _or_else(self) -> Term:
        found, at = [self._sum()], self.here().at
        while self.takes("or", "else"):
            found.append(self._sum())
        return self.call("or_else", at, *found) if len(found) > 1 else found[0]

    def _sum(self) -> Term:
        return self._folded(SUMS, self._product)

    def _product(self) -> Term:
        return self._folded(PRODUCTS, self.shifted)

    def _folded(self, operators: dict[str, str], inner: Callable[[], Term]) -> Term:
        """`a + b + c` is one sum of three, `a + b - c` a difference of a sum."""
        found, operator, at = [inner()], "", self.here().at
        while self.here().small in operators:
            token = self.here()
            self.at += 1
            following = operators[token.small]
            if operator and (following != operator or operator in {"sub", "div"}):
                found = [self.call(operator, at, *found)]
            operator, at = following, token.at
            found.append(inner())
        return self.call(operator, at, *found) if operator else found[0]

    def _left_over(self, token: Token) -> None:
        if token.small == ")":
            self.wrong(_("This parenthesis closes none."), _("Take it out."))
            return
        before = self.tokens[self.at - 1].small if self.at else ""
        near = nearest(token.small, BETWEEN) if token.small not in KEYWORDS else ""
        if token.small in {"of", "between"}:
            near = nearest(before, ("sum", "min", "max", "avg", "count", "age", "days", "one"))
            near = f"{near} {token.small}" if near else ""
        remedy = (
            _("Did you mean “%(near)s”?")
            if near
            else _("Write what joins the two, for example “and”, “+” or “=”.")
        )
        self.wrong(_("An operator is missing before “%(found)s”."), remedy, near=near)
