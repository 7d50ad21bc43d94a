"""Formulas: expressions as people write them, `days between onset and today <= 10`.

`parse_formula` gives the expression, or problems with their line and column; `write_formula` is its inverse. The language
and what it compiles to stand in `tests/spec/test_formulas.py`.
"""

from builder.conditions.formula.faults import Faulty
from builder.conditions.formula.meaning import Meaning
from builder.conditions.formula.names import REPEAT, Known, Names, Wanted
from builder.conditions.formula.syntax import Syntax
from builder.conditions.formula.tokens import tokens
from builder.conditions.formula.write import write_formula
from builder.conditions.nodes import Expression
from builder.conditions.typecheck import WORDS, Faults, typecheck
from builder.problems import Problem, Words
from builder.problems import gettext_noop as _

__all__ = ["REPEAT", "Known", "Names", "Wanted", "names_in", "parse_formula", "write_formula"]


def parse_formula(
    text: str, names: Names, wanted: str | Wanted = ""
) -> Expression | tuple[Problem, ...]:
    """The expression that a formula means over these names, or all that is wrong with it; never an exception.

    `wanted` is the answer type that its place needs, where it needs one (with its choices: `Wanted`). A problem's place is
    `line:column`.
    """
    needed = Wanted(wanted) if isinstance(wanted, str) else wanted
    faults = Faulty(text)
    term = Syntax(tokens(text, faults), faults).whole() if not faults.found else None
    if term is None or faults.found:
        return faults.in_order()
    meaning = Meaning(names, faults)
    expression = meaning.read(term, needed)
    if expression is None or faults.found:
        return faults.in_order()
    given = typecheck(expression, meaning.type_of, Faults())
    if needed.type and given and given != needed.type:
        message = _("The formula gives %(given)s, but %(wanted)s is needed.")
        params = {"given": Words(WORDS[given]), "wanted": Words(WORDS[needed.type])}
        faults.add(0, message, _("Change the formula."), "type_mismatch", **params)
        return faults.in_order()
    return expression


def names_in(text: str) -> frozenset[str]:
    """Every word of a formula that may be a name: more than it reads, never less."""
    words = (token for token in tokens(text, Faulty(text)) if token.kind in {"word", "name"})
    return frozenset(name for word in words for name in (word.text, word.text.partition(".")[0]))
