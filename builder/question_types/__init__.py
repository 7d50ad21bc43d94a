"""The question types. To add one: write its file, add its instance to QUESTION_TYPES, its row to the browser's twin
(`runtime/static/runtime/engine/types.mjs`), a template for its field, and a chapter of the spec.
"""

from typing import Final

from builder.question_types.base import (
    Admitted,
    Choice,
    QuestionType,
    Setting,
    Settings,
    choice_label,
    conditions_in,
    dump_settings,
    read_settings,
)
from builder.question_types.choose_one import CHOOSE_ONE
from builder.question_types.choose_several import CHOOSE_SEVERAL
from builder.question_types.date import DATE
from builder.question_types.decimal import DECIMAL
from builder.question_types.integer import INTEGER
from builder.question_types.national_number import NATIONAL_NUMBER
from builder.question_types.phone import PHONE
from builder.question_types.text import TEXT
from builder.question_types.yes_no import YES_NO

QUESTION_TYPES: Final[tuple[QuestionType, ...]] = (
    TEXT,
    INTEGER,
    DECIMAL,
    DATE,
    YES_NO,
    CHOOSE_ONE,
    CHOOSE_SEVERAL,
    PHONE,
    NATIONAL_NUMBER,
)
TYPES: Final[dict[str, QuestionType]] = {row.name: row for row in QUESTION_TYPES}

__all__ = [
    "QUESTION_TYPES",
    "TYPES",
    "Admitted",
    "Choice",
    "QuestionType",
    "Setting",
    "Settings",
    "choice_label",
    "conditions_in",
    "dump_settings",
    "read_settings",
]
