"""The inverse of reading: an expression as a formula, with the fewest parentheses."""

import re
from typing import Final

from builder.conditions.formula.terms import KEYWORDS
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
    Today,
)
from builder.conditions.operators import OPERATORS

# How tight a form binds; an operand that binds less tightly than its place asks for stands in parentheses.
IF, OR, AND, NOT, COMPARED, OR_ELSE, SUM, PRODUCT, SHIFT, VALUE = range(10)
# The operators that stand between their operands: how tight, and which operators may stand first without parentheses.
_CHAINS: Final[dict[str, tuple[int, frozenset[str]]]] = {
    "or": (OR, frozenset()),
    "and": (AND, frozenset()),
    "or_else": (OR_ELSE, frozenset()),
    "add": (SUM, frozenset({"sub"})),
    "sub": (SUM, frozenset({"add", "sub"})),
    "mul": (PRODUCT, frozenset({"div"})),
    "div": (PRODUCT, frozenset({"mul", "div"})),
}
_COMPARED: Final = frozenset({"eq", "ne", "lt", "le", "gt", "ge", "contains", "matches"})
_NEGATED: Final = {
    "one_of": "is not one of",
    "contains": "does not contain",
    "matches": "does not match",
    "answered": "is not answered",
}
_UNITS: Final = {"add_days": ("day", "days"), "add_months": ("month", "months")}
_WORD: Final = re.compile(r"[a-z][a-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)?\Z")
Written = tuple[int, str]


def write_formula(expression: Expression) -> str:
    """The formula that reads as this expression."""
    return _write(expression, anchored=False)[1]


def _write(node: Expression, *, anchored: bool) -> Written:
    """How tight it binds, and its text. `anchored`: what stands around it tells that a word here is a choice."""
    if isinstance(node, Call):
        return _call(node, anchored=anchored)
    return VALUE, _leaf(node, anchored=anchored)


def _leaf(node: Expression, *, anchored: bool) -> str:
    match node:
        case Constant():
            return _constant(node, anchored=anchored)
        case Each(repeat, name):
            return f"{_name(name)} in {_name(repeat)}"
        case Answer(name) | Entries(name):
            return _name(name)
        case Part(name, part):
            return _name(f"{name}.{part}")
        case Previous(name):
            return f"previous {_name(name)}"
        case Offered(name):
            return f"offered {_name(name)}"
        case _:
            return "today" if isinstance(node, Today) else "score"


def _name(name: str) -> str:
    return f"{{{name}}}" if name in KEYWORDS or not _WORD.match(name) else name


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _constant(node: Constant, *, anchored: bool) -> str:
    if node.type == "bool":
        return "yes" if node.value else "no"
    if isinstance(node.value, tuple):
        listed = "choices" if node.type == "many" else node.type
        return f"{listed} ({', '.join(map(_quoted, node.value))})"
    if node.type in {"time", "moment", "partial"}:
        return f"{node.type} {_quoted(str(node.value))}"
    if node.type == "one" and not anchored:
        return f"choice {_quoted(str(node.value))}"
    return _quoted(str(node.value)) if node.type in {"one", "text"} else str(node.value)


def _call(call: Call, *, anchored: bool) -> Written:
    operands = _operands(call, anchored=anchored)
    if call.operator in _CHAINS:
        return _chain(call, operands)
    if call.operator in _COMPARED or call.operator in {"one_of", "answered"}:
        return COMPARED, _comparison(call.operator, operands, OPERATORS[call.operator].sign)
    if call.operator in _UNITS:
        return SHIFT, _shift(call, operands)
    return _WRITERS.get(call.operator, _aggregate)(call, operands)


def _operands(call: Call, *, anchored: bool) -> list[Written]:
    """The arguments; of those that share a type, the first tells it to the others where nothing else does."""
    row, written = OPERATORS[call.operator], []
    places = [row.parameter(at) for at in range(len(call.args))]
    told = anchored and row.gives == "A"
    told = told or any(
        _tells(arg) for arg, takes in zip(call.args, places, strict=True) if takes == "A"
    )
    for arg, takes in zip(call.args, places, strict=True):
        written.append(_write(arg, anchored=told if takes == "A" else takes == "one"))
        told = told or takes == "A"
    return written


def _tells(node: Expression) -> bool:
    """Whether its type can be told without what stands around it."""
    if isinstance(node, Constant):
        return node.type not in {"one", "text", "bool"}
    if not isinstance(node, Call) or OPERATORS[node.operator].gives != "A":
        return True
    args = node.args[1:] if node.operator in {"if", "when"} else node.args
    return any(_tells(arg) for arg in args)


def _in(written: Written, place: int) -> str:
    tight, text = written
    return text if tight >= place else f"({text})"


def _chain(call: Call, operands: list[Written]) -> Written:
    place, first_too = _CHAINS[call.operator]
    head = call.args[0]
    loose = isinstance(head, Call) and head.operator in first_too
    texts = [_in(operands[0], place if loose else place + 1)]
    texts += [_in(operand, place + 1) for operand in operands[1:]]
    return place, f" {OPERATORS[call.operator].sign} ".join(texts)


def _comparison(operator: str, operands: list[Written], sign: str) -> str:
    left = _in(operands[0], OR_ELSE)
    if operator == "answered":
        return f"{left} {sign}"
    if operator == "one_of":
        return f"{left} {sign} ({', '.join(text for _tight, text in operands[1:])})"
    return f"{left} {sign} {_in(operands[1], OR_ELSE)}"


def _not(call: Call, operands: list[Written]) -> Written:
    inner = call.args[0]
    if isinstance(inner, Call) and inner.operator in _NEGATED:
        within = _operands(inner, anchored=False)
        return COMPARED, _comparison(inner.operator, within, _NEGATED[inner.operator])
    return NOT, f"not {_in(operands[0], NOT)}"


def _if(call: Call, operands: list[Written]) -> Written:
    text = f"if {_in(operands[0], OR)} then {_in(operands[1], OR)}"
    return IF, f"{text} else {operands[2][1]}" if call.operator == "if" else text


def _shift(call: Call, operands: list[Written]) -> str:
    amount, one_many = call.args[1], _UNITS[call.operator]
    date = _in(operands[0], SHIFT)
    if isinstance(amount, Constant):
        count = str(amount.value)
        sign, count = ("-", count[1:]) if count.startswith("-") else ("+", count)
        return f"{date} {sign} {count} {one_many[count != '1']}"
    text = operands[1][1]
    return f"{date} + {text if isinstance(amount, Answer) else f'({text})'} {one_many[1]}"


def _days_between(_call: Call, operands: list[Written]) -> Written:
    return VALUE, f"days between {_in(operands[0], SHIFT)} and {_in(operands[1], SHIFT)}"


def _age(call: Call, operands: list[Written]) -> Written:
    on = "" if isinstance(call.args[1], Today) else f" on {_in(operands[1], SHIFT)}"
    return VALUE, f"age of {_in(operands[0], SHIFT)}{on}"


def _day(call: Call, operands: list[Written]) -> Written:
    return VALUE, f"{call.operator.partition('_')[0]} day of {_in(operands[0], VALUE)}"


def _collect(_call: Call, operands: list[Written]) -> Written:
    return VALUE, f"collect ({', '.join(text for _tight, text in operands)})"


def _aggregate(call: Call, operands: list[Written]) -> Written:
    return VALUE, f"{call.operator} of {operands[0][1]}"


def _occurs(call: Call, operands: list[Written]) -> Written:
    wanted = _write(call.args[1], anchored=True)
    return VALUE, f"count of {operands[0][1]} equal to {_in(wanted, SHIFT)}"


_WRITERS: Final = {
    "not": _not,
    "if": _if,
    "when": _if,
    "days_between": _days_between,
    "age": _age,
    "collect": _collect,
    "first_day": _day,
    "last_day": _day,
    "occurs": _occurs,
}
