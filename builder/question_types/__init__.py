"""The question types. To add one: write its file, add its instance to QUESTION_TYPES, its row to the browser's twin
(`runtime/static/runtime/engine/types.mjs`, or a module under `engine/types/`), and a chapter of the spec.
"""

from typing import Final

from builder.question_types.barcode import BARCODE
from builder.question_types.base import (
    TELLS,
    TELLS_MOST,
    WAYS,
    Admitted,
    Choice,
    Part,
    QuestionType,
    Setting,
    Settings,
    Stored,
    choice_label,
    choice_lists,
    conditions_in,
    dump_settings,
    label_of,
    pieces,
    points,
    read_settings,
    with_texts,
)
from builder.question_types.choose_from_list import CHOOSE_FROM_LIST
from builder.question_types.choose_one import CHOOSE_ONE
from builder.question_types.choose_several import CHOOSE_SEVERAL
from builder.question_types.consent import CONSENT
from builder.question_types.date import DATE
from builder.question_types.date_time import DATE_TIME
from builder.question_types.decimal import DECIMAL
from builder.question_types.email import EMAIL
from builder.question_types.file import FILE
from builder.question_types.hidden import HIDDEN
from builder.question_types.iban import IBAN
from builder.question_types.integer import INTEGER
from builder.question_types.long_text import LONG_TEXT
from builder.question_types.matrix import MATRIX
from builder.question_types.national_number import NATIONAL_NUMBER
from builder.question_types.partial_date import PARTIAL_DATE
from builder.question_types.person import PERSON
from builder.question_types.phone import PHONE
from builder.question_types.photo import PHOTO
from builder.question_types.point import POINT
from builder.question_types.postal_address import POSTAL_ADDRESS
from builder.question_types.quantity import QUANTITY
from builder.question_types.rank import RANK
from builder.question_types.scale import SCALE
from builder.question_types.signature import SIGNATURE
from builder.question_types.text import TEXT
from builder.question_types.time import TIME
from builder.question_types.url import URL
from builder.question_types.yes_no import YES_NO

QUESTION_TYPES: Final[tuple[QuestionType, ...]] = (
    TEXT,
    LONG_TEXT,
    INTEGER,
    DECIMAL,
    SCALE,
    DATE,
    TIME,
    DATE_TIME,
    PARTIAL_DATE,
    YES_NO,
    CONSENT,
    CHOOSE_ONE,
    CHOOSE_SEVERAL,
    CHOOSE_FROM_LIST,
    RANK,
    PHONE,
    EMAIL,
    URL,
    NATIONAL_NUMBER,
    IBAN,
    BARCODE,
    QUANTITY,
    PERSON,
    POSTAL_ADDRESS,
    POINT,
    MATRIX,
    FILE,
    PHOTO,
    SIGNATURE,
    HIDDEN,
)
TYPES: Final[dict[str, QuestionType]] = {row.name: row for row in QUESTION_TYPES}

__all__ = [
    "QUESTION_TYPES",
    "TELLS",
    "TELLS_MOST",
    "TYPES",
    "WAYS",
    "Admitted",
    "Choice",
    "Part",
    "QuestionType",
    "Setting",
    "Settings",
    "Stored",
    "choice_label",
    "choice_lists",
    "conditions_in",
    "dump_settings",
    "label_of",
    "pieces",
    "points",
    "read_settings",
    "with_texts",
]
