"""What every question type says of itself (`kind`), its settings (`settings`), and what the doors share (`door`).

A question type is one class with one instance, in one file, on the list of the package. It says its name, answer type and
control, declares its settings (from which the author's block follows), admits canonical values at the door, reads what
people type, shows values, and names the columns of an export.
"""

from builder.question_types.base.door import Admitted, admit_text, unreadable
from builder.question_types.base.kind import QuestionType
from builder.question_types.base.settings import (
    MOST_CHOICES,
    MOST_TEXT,
    Choice,
    Setting,
    Settings,
    choice_label,
    conditions_in,
    dump_settings,
    in_range,
    read_settings,
)

__all__ = [
    "MOST_CHOICES",
    "MOST_TEXT",
    "Admitted",
    "Choice",
    "QuestionType",
    "Setting",
    "Settings",
    "admit_text",
    "choice_label",
    "conditions_in",
    "dump_settings",
    "in_range",
    "read_settings",
    "unreadable",
]
