"""Expressions as XPath of XForms, so that they mean there what they mean here.

XPath knows no unknown: a comparison with a blank is false, `!=` with one is true. So each condition is written twice over: when it
`holds` and when it `fails`; it is unknown when neither is so. Whether a value is there is `known`. Where a blank makes XPath
false by itself nothing is added: what comes out is what somebody would have written by hand.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

Expression = list[Any]
FALSE, TRUE = "false()", "true()"
SIGNS = {"lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "=", "ne": "!="}
# A comparison fails when this one holds.
OPPOSITE = {"lt": "ge", "ge": "lt", "gt": "le", "le": "gt", "eq": "ne", "ne": "eq"}
ARITHMETIC = {"add": " + ", "sub": " - ", "mul": " * "}
NUMBERS = {*ARITHMETIC, "div", "days_between", "age", "sum", "avg", "count", "occurs"}
# A node of each entry of a repeat, for those who count them: blank while the entry is hidden.
THERE = "_there"
# The first and the last day of our calendar, as XForms counts days.
FIRST_DAY, LAST_DAY = -354285, 2932896
# What can be said at all; months, the score and others have no words there.
SAYABLE = {*SIGNS, *NUMBERS, "and", "or", "not", "one_of", "contains", "answered", "matches"}
SAYABLE |= {"or_else", "if", "when", "add_days", "min", "max"}


def ways(node: Expression) -> Expression:
    """The condition of `if` or `when`, and what comes of both its ways: of `when` nothing if it does not hold."""
    return [*node[1:], ["value", "", None]][:3]


def both(*terms: str) -> str:
    """All of these; what is true anyway is left out."""
    left = [term for term in dict.fromkeys(terms) if term != TRUE]
    if FALSE in left:
        return FALSE
    return f"({' and '.join(left)})" if len(left) > 1 else left[0] if left else TRUE


def either(*terms: str) -> str:
    """One of these; what is false anyway is left out."""
    left = [term for term in dict.fromkeys(terms) if term != FALSE]
    if TRUE in left:
        return TRUE
    return f"({' or '.join(left)})" if len(left) > 1 else left[0] if left else FALSE


def negated(term: str) -> str:
    return {TRUE: FALSE, FALSE: TRUE}.get(term, f"not({term})")


def quoted(text: str) -> str:
    """A literal; XPath has no escapes, so one with both quotes is put together."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    return 'concat("' + '", \'"\', "'.join(text.split('"')) + '")'


def literal(answer_type: str, value: Any) -> str:
    """A constant."""
    if value is None:
        return quoted("")
    if answer_type == "number":
        return f"({value})" if value.startswith("-") else value
    if answer_type == "bool":
        return quoted(str(value).lower())
    return quoted(value if isinstance(value, str) else " ".join(value))


@dataclass(frozen=True)
class Speech:
    """How things are said from one place of the form: the type and path of each name, and the path of all that entries have
    under a name."""

    types: Mapping[str, str]
    path: Callable[[str], str]
    each: Callable[[str, str], str]
    today: str

    def from_within(self) -> "Speech":
        """The same, said inside a predicate: what is near is reached from where the predicate is evaluated for."""
        return replace(
            self,
            path=lambda name: _from_current(self.path(name)),
            each=lambda repeat, name: _from_current(self.each(repeat, name)),
        )

    def type_of(self, node: Expression) -> str:
        """The type an expression gives."""
        match node:
            case ["value", answer_type, _]:
                return str(answer_type)
            case ["answer", name] | ["min" | "max", ["each", _, name]]:
                return self.types[name]
            case ["today"] | ["add_days", _, _]:
                return "date"
            case ["offered", _]:
                return "one"
            case ["or_else", arg, _] | ["if", _, arg, _] | ["when", _, arg]:
                return self.type_of(arg)
        return "number" if node[0] in NUMBERS else "bool"

    # Conditions

    def holds(self, node: Expression) -> str:
        """When a condition is true."""
        return self._is(True, node)

    def fails(self, node: Expression) -> str:
        """When a condition is false."""
        return self._is(False, node)

    def _is(self, wanted: bool, node: Expression) -> str:
        match node:
            case ["value", _, value]:
                return TRUE if value is wanted else FALSE
            case ["answer", name]:
                return f"{self.path(name)} = '{'true' if wanted else 'false'}'"
            case ["and" | "or" as join, *args]:
                every = both if (join == "and") is wanted else either
                return every(*(self._is(wanted, arg) for arg in args))
            case ["not", arg]:
                return self._is(not wanted, arg)
            case ["answered", arg]:
                return self.known(arg) if wanted else negated(self.known(arg))
            case ["or_else", arg, other]:
                instead = both(negated(self.known(arg)), self._is(wanted, other))
                return either(self._is(wanted, arg), instead)
            case ["if" | "when", *_]:
                condition, yes, no = ways(node)
                one = both(self.holds(condition), self._is(wanted, yes))
                return either(one, both(self.fails(condition), self._is(wanted, no)))
        return self._is_strict(wanted, node)

    def _is_strict(self, wanted: bool, node: Expression) -> str:
        """What is unknown as soon as an argument is blank."""
        match node:
            case ["one_of", arg, *among]:
                sign, join = ("eq", either) if wanted else ("ne", both)
                found = join(*(self._compared(sign, arg, other) for other in among))
                return both(*map(self.known, among), found)
            case ["contains", many, one]:
                found = f"selected({self.value(many)}, {self.value(one)})"
                known = [self.known(one)] if wanted else [self.known(many), self.known(one)]
                return both(*known, found if wanted else negated(found))
            case ["matches", text, pattern]:
                found = like(self.value(text), pattern[2])
                return both(self.known(text), found if wanted else negated(found))
        operator, left, right = node
        return self._compared(operator if wanted else OPPOSITE[operator], left, right)

    def _compared(self, operator: str, left: Expression, right: Expression) -> str:
        """A comparison that is false when one of the two is blank."""
        one, two = self.value(left), self.value(right)
        kinds, sign = {left[0], right[0]}, SIGNS[operator]
        answer_type = self.type_of(left)
        plain = kinds <= {"answer", "value"}
        if operator not in {"eq", "ne"}:
            if answer_type == "date" and not plain:
                one, two = f"decimal-date-time({one})", f"decimal-date-time({two})"
            return f"{one} {sign} {two}"
        if answer_type == "number" and not (plain and "value" in kinds):
            one, two = f"number({one})", f"number({two})"
        compared = f"{one} {sign} {two}"
        if operator == "ne":
            return both(self.known(left), self.known(right), compared)
        # Two blanks are equal, a blank and a constant are not; nor are two that are no numbers.
        safe = answer_type == "number" or (plain and "value" in kinds)
        return compared if safe else both(self.known(left), compared)

    # Whether there is a value

    def known(self, node: Expression) -> str:
        """When a value is there."""
        match node:
            case ["value", _, value]:
                return FALSE if value is None else TRUE
            case ["today"] | ["answered", _] | ["sum" | "count", _]:
                return TRUE
            case ["answer" | "offered", name]:
                return f"{self.path(name) if node[0] == 'answer' else name} != ''"
            case ["and" | "or" | "not", *_]:
                return either(self.holds(node), self.fails(node))
            case ["min" | "max" | "avg", ["each", repeat, name]]:
                return f"count({self.each(repeat, name)}) > 0"
            case ["or_else", arg, other]:
                return either(self.known(arg), self.known(other))
            case ["if" | "when", *_]:
                condition, yes, no = ways(node)
                one = both(self.holds(condition), self.known(yes))
                return either(one, both(self.fails(condition), self.known(no)))
        args = {"matches": node[1:2], "occurs": node[2:]}.get(node[0], node[1:])
        return both(*map(self.known, args), *self._admitted(node))

    def _admitted(self, node: Expression) -> list[str]:
        """What arguments must be, beside being there."""
        match node:
            case ["div", _, by] if by[0] != "value" or float(by[2]) == 0:
                return [f"{self.value(by)} != 0"]
            case ["add_days", start, days]:
                count = self.value(days)
                day = f"(decimal-date-time({self.value(start)}) + {count})"
                return [f"{count} = int({count})", f"{day} >= {FIRST_DAY}", f"{day} <= {LAST_DAY}"]
            case ["age", birth, at]:
                return [self._compared("le", birth, at)]
        return []

    # Values

    def value(self, node: Expression) -> str:
        """What it is: blank, or no number, when it is not known."""
        match node:
            case ["value", answer_type, value]:
                return literal(answer_type, value)
            case ["answer" | "offered", name]:
                return self.path(name) if node[0] == "answer" else str(name)
            case ["today"]:
                return self.today
            case ["or_else", arg, other]:
                return f"if({self.known(arg)}, {self.value(arg)}, {self.value(other)})"
            case ["if" | "when", *_]:
                condition, yes, no = ways(node)
                otherwise = f"if({self.fails(condition)}, {self.value(no)}, '')"
                return f"if({self.holds(condition)}, {self.value(yes)}, {otherwise})"
            case ["sum" | "avg" | "min" | "max" | "count" | "occurs", arg, *_]:
                return self._aggregate(node, arg)
        if self.type_of(node) == "bool":
            return f"if({self.holds(node)}, 'true', if({self.fails(node)}, 'false', ''))"
        return self._computed(node)

    def _computed(self, node: Expression) -> str:
        operator, *args = node
        values = [self.value(arg) for arg in args]
        match operator:
            case "div":
                computed = f"{values[0]} div {values[1]}"
            case "days_between":
                one, two = (f"decimal-date-time({value})" for value in values)
                return f"({two} - {one})"
            case "add_days":
                later = f"decimal-date-time({values[0]}) + {values[1]}"
                computed = f"format-date(date({later}), '%Y-%m-%d')"
            case "age":
                computed = years(*values)
            case _:
                return f"({ARITHMETIC[operator].join(values)})"
        return f"if({both(*self._admitted(node))}, {computed}, '')"

    def _aggregate(self, node: Expression, arg: Expression) -> str:
        operator, name = node[0], THERE if arg[0] == "entries" else arg[2]
        each = self.each(arg[1], name)
        if operator == "count":
            return f"count({each})"
        if operator == "occurs":
            sought = self.from_within().value(node[2])
            alike = f". = {sought}"
            if self.types[name] == "number":
                alike = f"number(.) = number({sought})"
            return f"if({self.known(node[2])}, count({each}[{alike}]), '')"
        found = f"{operator}({each})"
        if operator == "avg":
            found = f"sum({each}) div count({each})"
        elif self.types[name] == "date":
            found = f"format-date(date({found}), '%Y-%m-%d')"
        return f"if(count({each}) > 0, {found}, {0 if operator == 'sum' else quoted('')})"


def _from_current(path: str) -> str:
    if path.startswith(
        ("/", "current()")
    ):  # a predicate within a predicate: the current node stays
        return path
    return "current()" if path == "." else f"current()/{path}"


def like(text: str, pattern: str) -> str:
    """Whether a text matches a pattern as a whole."""
    return f"regex({text}, {quoted(f'^(?:{pattern})$')})"


def years(birth: str, at: str) -> str:
    """Whole years from one date to another."""
    lived = f"number(substr({at}, 0, 4)) - number(substr({birth}, 0, 4))"
    days = (f"number(concat(substr({day}, 5, 7), substr({day}, 8, 10)))" for day in (at, birth))
    return f"({lived} - if({' < '.join(days)}, 1, 0))"
