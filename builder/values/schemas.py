"""How values look as JSON Schemas (2020-12), made of the patterns that they are read by."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from builder.values.dates import DATE_SHAPE
from builder.values.decimals import CANONICAL
from builder.values.texts import BLANKS
from builder.values.times import TIME_SHAPE, YEAR_SHAPE
from builder.values.types import CHOICE_NAME, AnswerType

Schema = dict[str, Any]


def written(pattern: re.Pattern[str], **more: Any) -> Schema:
    """A text that a pattern matches from its beginning."""
    body = pattern.pattern.removesuffix(r"\Z")
    return {"type": "string", "pattern": f"^(?:{body})$", **more}


def _escaped(characters: Iterable[str]) -> str:
    return "".join(f"\\u{ord(one):04x}" for one in characters)


# Half characters cannot be told: a JSON text that holds one is no Unicode.
_CONTROLS: Final = (*range(9), 11, 12, *range(14, 32), 127)
KEPT: Final = f"^[^{_escaped(map(chr, _CONTROLS))}]*$"
SAID: Final[Schema] = {
    "type": "string",
    "allOf": [{"pattern": KEPT}, {"pattern": f"[^{_escaped(BLANKS)}]"}],
}
NUMBER: Final[Schema] = written(CANONICAL, maxLength=30)
WHOLE: Final[Schema] = {"allOf": [NUMBER, {"pattern": r"^[^.]*$"}]}


def scaled(decimals: int) -> Schema:
    """A number with at most so many decimals."""
    if not decimals:
        return WHOLE
    return {"allOf": [NUMBER, {"pattern": rf"^[^.]*(?:\.[0-9]{{1,{decimals}}})?$"}]}


_DATE: Final = DATE_SHAPE.pattern.removesuffix(r"\Z")
_TIME: Final = TIME_SHAPE.pattern.removesuffix(r"\Z")
_YEAR: Final = YEAR_SHAPE.pattern.removesuffix(r"\Z")
DATE: Final[Schema] = {"type": "string", "pattern": f"^{_DATE}$"}
TIME: Final[Schema] = {"type": "string", "pattern": f"^{_TIME}$"}
MOMENT: Final[Schema] = {"type": "string", "pattern": f"^{_DATE}T{_TIME}$"}
PARTIAL: Final[Schema] = {"type": "string", "pattern": f"^(?:{_YEAR}|{_DATE})$"}
ONE: Final[Schema] = written(CHOICE_NAME)


def names(one: Schema) -> Schema:
    """A list of names without doubles, never empty."""
    return {"type": "array", "items": one, "minItems": 1, "uniqueItems": True}


def parts(one: Schema, said: Schema) -> Schema:
    """An answer in parts, whichever they are."""
    return {
        "type": "object",
        "propertyNames": one,
        "additionalProperties": said,
        "minProperties": 1,
    }


VALUE_SCHEMAS: Final[Mapping[AnswerType, Schema]] = MappingProxyType(
    {
        "text": SAID,
        "number": NUMBER,
        "date": DATE,
        "time": TIME,
        "moment": MOMENT,
        "partial": PARTIAL,
        "bool": {"type": "boolean"},
        "one": ONE,
        "many": names(ONE),
        "ranked": names(ONE),
        "parts": parts(ONE, SAID),
    }
)
