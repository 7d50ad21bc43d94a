"""The same choices for each of several rows."""

from typing import Any

from builder.problems import gettext_noop as _
from builder.question_types.base.choosing import CHOICES
from builder.question_types.base.part import Part
from builder.question_types.base.parts import Composite, label_of, show_part
from builder.question_types.base.settings import Setting, Settings


class Matrix(Composite):
    """One choice a row; where it is required, every row is."""

    name = "matrix"
    label = _("Table of choices")
    settings = (Setting("rows", "choices", (), _("Rows")), CHOICES)
    icon = "table"
    demanding = True

    def parts(self, settings: Settings) -> tuple[Part, ...]:
        return tuple(Part(row.name, row.label, "one", settings.choices) for row in settings.rows)

    def satisfies(self, value: Any, settings: Settings) -> bool:
        return all(row.name in value for row in settings.rows)

    def show(self, value: Any, settings: Settings, language: str, source: str = "") -> str:
        return "; ".join(
            f"{label_of(part, language, source)}: {show_part(part, value[part.name], language, source)}"
            for part in self.parts(settings)
            if part.name in value
        )


MATRIX = Matrix()
