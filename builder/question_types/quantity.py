"""How much of what: a number with its unit."""

from typing import Any

from builder.problems import gettext_noop as _
from builder.question_types.base.part import Part
from builder.question_types.base.parts import Composite
from builder.question_types.base.settings import Setting, Settings


class Quantity(Composite):
    """A number and one of the units the author offers; the one without the other says nothing."""

    name = "quantity"
    label = _("Quantity with unit")
    settings = (
        Setting("units", "choices", (), _("Units")),
        Setting("decimals", "whole", 2, _("Decimals")),
        Setting("least", "figure", None, _("Least")),
        Setting("most", "figure", None, _("Most")),
    )
    icon = "decimal"
    groups = (("number", "unit"),)
    demanding = whole = True

    def parts(self, settings: Settings) -> tuple[Part, ...]:
        number = Part(
            "number",
            _("Amount"),
            "number",
            scale=settings.decimals,
            minimum=settings.least,
            maximum=settings.most,
        )
        return (number, Part("unit", _("Unit"), "one", settings.units))

    def satisfies(self, value: Any, settings: Settings) -> bool:
        return "number" in value and "unit" in value


QUANTITY = Quantity()
