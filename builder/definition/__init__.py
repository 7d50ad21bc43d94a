"""The definition: what a page means, as frozen nodes; read from and written to canonical JSON, checked and compared.

Parsed once at the door (`load`), never a raw dict inside. Knows neither pages nor records.
"""

from builder.definition.apart import LONG, canonical, is_long, long_lists, taken_apart
from builder.definition.check import check
from builder.definition.comparing import ABSENT, Change, apply, compare
from builder.definition.describe import describe
from builder.definition.diff import Sentence, Telling, diff, say_change
from builder.definition.effects import EFFECT_KINDS, EFFECTS, EffectKind
from builder.definition.nodes import (
    CLEARANCES,
    DISPOSITIONS,
    FACTS,
    KINDS,
    Calculation,
    Constraint,
    Definition,
    Effect,
    Item,
    Outcome,
    Question,
    Repeat,
    Section,
    TextItem,
)
from builder.definition.projection import AUDIENCES, project
from builder.definition.serialize import UPGRADES, DefinitionUnreadable, data, dump, load, sha256
from builder.definition.walk import Index, index, items, questions
from builder.definition.wording import CLEARANCE_WORDS, EFFECT_WORDS, say_effect

__all__ = [
    "ABSENT",
    "AUDIENCES",
    "CLEARANCES",
    "CLEARANCE_WORDS",
    "DISPOSITIONS",
    "EFFECTS",
    "EFFECT_KINDS",
    "EFFECT_WORDS",
    "FACTS",
    "KINDS",
    "LONG",
    "UPGRADES",
    "Calculation",
    "Change",
    "Constraint",
    "Definition",
    "DefinitionUnreadable",
    "Effect",
    "EffectKind",
    "Index",
    "Item",
    "Outcome",
    "Question",
    "Repeat",
    "Section",
    "Sentence",
    "Telling",
    "TextItem",
    "apply",
    "canonical",
    "check",
    "compare",
    "data",
    "describe",
    "diff",
    "dump",
    "index",
    "is_long",
    "items",
    "load",
    "long_lists",
    "project",
    "questions",
    "say_change",
    "say_effect",
    "sha256",
    "taken_apart",
]
