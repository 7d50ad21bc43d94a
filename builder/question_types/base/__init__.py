"""What every question type says of itself (`kind`), its settings (`settings`), what the doors share (`door`), and what several
types share: choices (`choosing`), ways of searching (`searching`), yes and no (`deciding`), texts (`free`), answers in parts (`parts`), files (`stored`).

A question type is one class with one instance, in one file, on the list of the package. It says its name, answer type and
control, declares its settings (from which the author's block follows), admits canonical values at the door, reads what
people type, shows values, and names the columns of an export.
"""

from builder.question_types.base.door import Admitted, admit_text, unreadable
from builder.question_types.base.kind import QuestionType
from builder.question_types.base.part import Part
from builder.question_types.base.parts import Composite, label_of, pieces
from builder.question_types.base.searching import TELLS, TELLS_MOST, WAYS
from builder.question_types.base.settings import (
    MOST_CHOICES,
    MOST_TEXT,
    Choice,
    Setting,
    Settings,
    choice_label,
    choice_lists,
    conditions_in,
    dump_settings,
    points,
    read_settings,
    with_texts,
)
from builder.question_types.base.stored import Stored

__all__ = [
    "MOST_CHOICES",
    "MOST_TEXT",
    "TELLS",
    "TELLS_MOST",
    "WAYS",
    "Admitted",
    "Choice",
    "Composite",
    "Part",
    "QuestionType",
    "Setting",
    "Settings",
    "Stored",
    "admit_text",
    "choice_label",
    "choice_lists",
    "conditions_in",
    "dump_settings",
    "label_of",
    "pieces",
    "points",
    "read_settings",
    "unreadable",
    "with_texts",
]
