"""Answers in parts: a person's names and birth date, a number with its unit. The answer is an object from the names of its parts
to their values; what is empty is absent.

What is typed is read as lines `part: value` (or with semicolons between): so screens hand over their fields, and lists
their cells. A text that means nothing is kept in this form, and no field is lost.
"""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final

from builder.problems import Problem
from builder.problems import gettext_noop as _
from builder.question_types.base.door import Admitted, admit_text, unreadable
from builder.question_types.base.kind import Control, QuestionType
from builder.question_types.base.part import Part
from builder.question_types.base.settings import Settings
from builder.values import Localized, Missing, Value, decimal, is_date, is_number
from builder.values.reading import folded, read_number
from builder.values.reading_codes import email_of
from builder.values.reading_dates import read_date
from builder.values.schemas import DATE, SAID, Schema, scaled
from builder.values.showing import show_date, show_number
from builder.values.texts import BLANKS

LONGEST: Final = 200


class Composite(QuestionType):
    """The base of all answers in parts."""

    answer_type = "parts"
    control: ClassVar[Control] = "parts"
    # What stands together when the answer is shown: groups of parts, with commas between.
    groups: ClassVar[tuple[tuple[str, ...], ...]] = ()

    def admit(self, value: object, settings: Settings) -> Admitted:
        if value is Missing:
            return Admitted(Missing)
        parts = {part.name: part for part in self.parts(settings)}
        if not isinstance(value, Mapping) or not value.keys() <= parts.keys():
            return Admitted(Missing, "type")
        kept: dict[str, str] = {}
        for name, part in parts.items():
            admitted = _ADMIT[part.kind](value.get(name), part)
            if admitted.code:
                return admitted
            if isinstance(admitted.value, str):
                kept[name] = admitted.value
        return Admitted(kept or Missing)

    def schema(self, settings: Settings) -> Schema:
        parts = {part.name: schema_of(part) for part in self.parts(settings)}
        return {
            "type": "object",
            "properties": parts,
            "additionalProperties": False,
            "minProperties": 1,
        }

    def read(
        self, text: str, settings: Settings, today: str, language: str
    ) -> "Value | None | Problem":
        parts, kept = self.parts(settings), {}
        for name, typed in pieces(text):
            part = next((part for part in parts if _is_meant(part, name, language)), None)
            value = None if part is None else _read(part, typed, today, language)
            if part is None or value == "":
                return unreadable(text, _("“%(text)s” cannot be read as such an answer."))
            if value is not None:
                kept[part.name] = value
        admitted = self.admit(kept, settings)
        if admitted.code:
            return unreadable(text, _("“%(text)s” cannot be read as such an answer."))
        return admitted.value

    def show(self, value: Any, settings: Settings, language: str, source: str = "") -> str:
        parts = {part.name: part for part in self.parts(settings)}
        groups = (
            " ".join(
                show_part(parts[name], value[name], language, source)
                for name in group
                if name in value
            )
            for group in self.groups
        )
        return ", ".join(group for group in groups if group)

    def columns(self, name: str, settings: Settings) -> tuple[str, ...]:
        return tuple(f"{name}.{part.name}" for part in self.parts(settings))

    def column_labels(self, settings: Settings, language: str, source: str) -> tuple[str, ...]:
        return tuple(label_of(part, language, source) for part in self.parts(settings))

    def cells(self, value: Any, settings: Settings) -> tuple[str, ...]:
        return tuple((value or {}).get(part.name, "") for part in self.parts(settings))


def schema_of(part: Part) -> Schema:
    """What a part may be, as a schema."""
    if part.kind == "number":
        return scaled(part.scale)
    if part.kind == "one":
        return {"type": "string", "enum": [choice.name for choice in part.choices]}
    return DATE if part.kind == "date" else {**SAID, "maxLength": LONGEST}


def label_of(part: Part, language: str, source: str = "") -> str:
    """What a part is called: an author's own label in a language, ours in English."""
    if isinstance(part.label, str):
        return part.label
    return part.label.plain(language, source) or part.name


def show_part(part: Part, value: str, language: str, source: str = "") -> str:
    """The value of a part as people read it."""
    if part.kind == "one":
        label = next(
            (c.label.plain(language, source) for c in part.choices if c.name == value), ""
        )
        return label or value
    if part.kind == "number":
        return show_number(value, language)
    return show_date(value, language) if part.kind == "date" else value


def pieces(text: str) -> list[tuple[str, str]]:
    """The lines of a typed answer as pairs of a part's name and what was typed for it."""
    lines = text.split("\n") if "\n" in text else text.split(";")
    pairs = [line.partition(":") for line in lines if line.strip(BLANKS)]
    return [(name.strip(BLANKS), typed.strip(BLANKS)) for name, _colon, typed in pairs]


def _is_meant(part: Part, name: str, language: str) -> bool:
    if name == part.name:
        return True
    labelled = isinstance(part.label, Localized)
    return labelled and folded(label_of(part, language)) == folded(name)


def _admit_text(value: Any, part: Part) -> Admitted:
    return Admitted(Missing) if value is None else admit_text(value, LONGEST)


def _admit_number(value: Any, part: Part) -> Admitted:
    if value is None:
        return Admitted(Missing)
    if not is_number(value) or len(value.partition(".")[2]) > part.scale:
        return Admitted(Missing, "type")
    low, high, number = part.minimum, part.maximum, decimal(value)
    fits = (low is None or number >= decimal(low)) and (high is None or number <= decimal(high))
    return Admitted(value) if fits else Admitted(Missing, "range")


def _admit_date(value: Any, part: Part) -> Admitted:
    return Admitted(value) if value is None or is_date(value) else Admitted(Missing, "type")


def _admit_one(value: Any, part: Part) -> Admitted:
    if value is not None and not isinstance(value, str):
        return Admitted(Missing, "type")
    known = value is None or any(choice.name == value for choice in part.choices)
    return Admitted(value) if known else Admitted(Missing, "choice")


def _admit_email(value: Any, part: Part) -> Admitted:
    admitted = _admit_text(value, part)
    if not isinstance(admitted.value, str):
        return admitted
    spelt = email_of(admitted.value)
    return Admitted(spelt) if spelt else Admitted(Missing, "type")


_ADMIT: Final[dict[str, Callable[[Any, Part], Admitted]]] = {
    "text": _admit_text,
    "number": _admit_number,
    "date": _admit_date,
    "one": _admit_one,
    "email": _admit_email,
    "phone": _admit_text,
}


def _read(part: Part, text: str, today: str, language: str) -> str | None:
    """A canonical value, Missing for blank, or "" for unreadable."""
    if not text:
        return None
    if part.kind == "number":
        return read_number(text, language)
    if part.kind == "date":
        return read_date(text, today, language, -1)  # of birth: no other day is a part
    if part.kind == "one":
        return _read_one(part, folded(text), language)
    return email_of(text) if part.kind == "email" else text


def _read_one(part: Part, wanted: str, language: str) -> str:
    for choice in part.choices:
        if wanted in {folded(choice.name), folded(choice.label.plain(language))}:
            return choice.name
    return ""
