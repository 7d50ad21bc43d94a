"""Proving a script before it is released: what nobody can reach, what is always so, where it ends nowhere; with a witness each.

The door: `prove(definition, today)` gives a Report of findings, and of each block whether it can be reached and how. What is called
impossible is proved by a solver (Z3, imported when it is first needed); what is possible has a witness: commands that lead there.
Pure, and below the engine: who has the engine hands in a way to replay witnesses, and only what is seen there is told.
"""

from builder.proof.finding import (
    SEVERITY_WORDS,
    Block,
    Finding,
    Never,
    Report,
    Severity,
    Standing,
)
from builder.proof.proof import prove
from builder.proof.proving import Budget
from builder.proof.solving import Limits
from builder.proof.witness import Said, Shown, Witness

__all__ = [
    "SEVERITY_WORDS",
    "Block",
    "Budget",
    "Finding",
    "Limits",
    "Never",
    "Report",
    "Said",
    "Severity",
    "Shown",
    "Standing",
    "Witness",
    "prove",
]
