"""A place on the earth."""

from typing import Any

from builder.problems import gettext_noop as _
from builder.question_types.base.part import Part
from builder.question_types.base.parts import Composite
from builder.question_types.base.settings import Settings

PARTS = (
    Part("latitude", _("Latitude"), "number", scale=7, minimum="-90", maximum="90"),
    Part("longitude", _("Longitude"), "number", scale=7, minimum="-180", maximum="180"),
    Part("accuracy", _("Accuracy in metres"), "number", scale=1, minimum="0", maximum="100000"),
)


class Point(Composite):
    """Degrees north and east (WGS 84), as a device or a map gives them; one of the two alone is no place."""

    name = "point"
    label = _("Point on the map")
    icon = "site"
    demanding = whole = True

    def parts(self, settings: Settings) -> tuple[Part, ...]:
        return PARTS

    def satisfies(self, value: Any, settings: Settings) -> bool:
        return "latitude" in value and "longitude" in value

    def show(self, value: Any, settings: Settings, language: str, source: str = "") -> str:
        """With dots in every language: maps read it so."""
        found = ", ".join(value[name] for name in ("latitude", "longitude") if name in value)
        return f"{found} (± {value['accuracy']} m)" if "accuracy" in value else found


POINT = Point()
