"""Conditions: expressions over answers, as frozen nodes; read from JSON, typed, and worded.

Knows operators and types, not questions: names are looked up by whoever asks. How expressions are carried out is the
engine's business (`runtime.engine.evaluate`); the value functions stand in the operators' rows here.
"""

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
    rename,
    walk,
)
from builder.conditions.operators import OPERATORS, Operator
from builder.conditions.parse import dump, parse
from builder.conditions.patterns import pattern_problem, portable
from builder.conditions.typecheck import Faults, typecheck

__all__ = [
    "OPERATORS",
    "Answer",
    "Call",
    "Constant",
    "Each",
    "Entries",
    "Expression",
    "Faults",
    "Offered",
    "Operator",
    "Part",
    "Previous",
    "Score",
    "Today",
    "dump",
    "names_read",
    "parse",
    "pattern_problem",
    "portable",
    "rename",
    "typecheck",
    "walk",
]
