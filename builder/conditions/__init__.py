"""Conditions: expressions over answers, as frozen nodes; read from JSON, typed, and worded.

Knows operators and types, not questions: names are looked up by whoever asks. How expressions are carried out is the
engine's business (`runtime.engine.evaluate`); the value functions stand in the operators' rows here.
"""

from builder.conditions.formula import (
    REPEAT,
    Known,
    Names,
    Wanted,
    names_in,
    parse_formula,
    write_formula,
)
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
    names_read,
    walk,
)
from builder.conditions.operators import OPERATORS, Operator
from builder.conditions.parse import dump, parse
from builder.conditions.patterns import pattern_problem
from builder.conditions.tables import Table, covers, table_in
from builder.conditions.typecheck import Faults, typecheck

__all__ = [
    "OPERATORS",
    "REPEAT",
    "Answer",
    "Call",
    "Constant",
    "Each",
    "Entries",
    "Expression",
    "Faults",
    "Known",
    "Names",
    "Offered",
    "Operator",
    "Part",
    "Previous",
    "Score",
    "Table",
    "Today",
    "Wanted",
    "covers",
    "dump",
    "names_in",
    "names_read",
    "nearest",
    "parse",
    "parse_formula",
    "pattern_problem",
    "table_in",
    "typecheck",
    "walk",
    "write_formula",
]
