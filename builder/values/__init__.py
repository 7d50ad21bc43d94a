"""Values: what an answer can be, and how values are written, read and shown. Knows nothing of questions.

The door: `Missing`, the answer types, decimals, civil dates, clean text, localized texts with holes.
"""

from builder.values.dates import add_days, add_months, age, days_between, is_date
from builder.values.decimals import canonical, decimal, divide, is_number, multiply, within
from builder.values.localized import Hole, Localized, Piped, piped
from builder.values.texts import clean, is_blank, is_text
from builder.values.times import first_day, is_moment, is_partial, is_time, last_day
from builder.values.types import (
    ANSWER_TYPES,
    CHOICE_NAME,
    LISTS,
    NAME,
    PLAIN_TYPES,
    RESERVED,
    AnswerType,
    Missing,
    Value,
    is_value,
)

__all__ = [
    "ANSWER_TYPES",
    "CHOICE_NAME",
    "LISTS",
    "NAME",
    "PLAIN_TYPES",
    "RESERVED",
    "AnswerType",
    "Hole",
    "Localized",
    "Missing",
    "Piped",
    "Value",
    "add_days",
    "add_months",
    "age",
    "canonical",
    "clean",
    "days_between",
    "decimal",
    "divide",
    "first_day",
    "is_blank",
    "is_date",
    "is_moment",
    "is_number",
    "is_partial",
    "is_text",
    "is_time",
    "is_value",
    "last_day",
    "multiply",
    "piped",
    "within",
]
