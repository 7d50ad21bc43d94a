"""A signature: drawn, or a name typed instead."""

from collections.abc import Mapping
from typing import Any

from builder.problems import Problem
from builder.problems import gettext_noop as _
from builder.question_types.base.door import unreadable
from builder.question_types.base.part import Part
from builder.question_types.base.settings import Settings
from builder.question_types.base.stored import NAMES, PARTS, PNG, Stored
from builder.values import Missing, Value
from builder.values.schemas import Schema
from builder.values.texts import BLANKS

TYPED = Part("typed", _("Typed name"))


class Signature(Stored):
    """A drawing is a file like others; who cannot draw types their name, and no file is kept."""

    name = "signature"
    label = _("Signature")
    icon = "edit"
    control = "signature"
    told = ("typed", *Stored.told)

    def parts(self, settings: Settings) -> tuple[Part, ...]:
        return (TYPED, *PARTS)

    def media_types(self, settings: Settings) -> tuple[str, ...]:
        return (PNG,)

    def _is_whole(self, kept: Mapping[str, str], settings: Settings) -> bool:
        return kept.keys() == {"typed"} or super()._is_whole(kept, settings)

    def schema(self, settings: Settings) -> Schema:
        fits = super().schema(settings)
        file, typed = {"required": sorted(NAMES)}, {"required": ["typed"]}
        fits["oneOf"] = [{**file, "not": typed}, {**typed, "maxProperties": 1}]
        del fits["required"]
        return fits

    def read(
        self, text: str, settings: Settings, today: str, language: str
    ) -> "Value | None | Problem":
        name = text.strip(BLANKS)
        admitted = self.admit({"typed": name} if name else Missing, settings)
        if admitted.code:
            return unreadable(text, _("“%(text)s” cannot be read as a name."))
        return admitted.value

    def show(self, value: Any, settings: Settings, language: str, source: str = "") -> str:
        return str(value.get("typed") or value["name"])


SIGNATURE = Signature()
