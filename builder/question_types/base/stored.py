"""Answers that name a file: what it is called, its kind by its content, its size, its fingerprint. The bytes lie sealed beside the
record, under the id that the answer names; they are in no answer, no event and no state.

Such an answer is made by the server when a file is sent (`reference`). The door here admits its shape; that the file is
kept at this record, for this question, is asked when the answer is appended.
"""

import re
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from builder.problems import Problem
from builder.problems import gettext_noop as _
from builder.question_types.base.door import Admitted, unreadable
from builder.question_types.base.kind import Control
from builder.question_types.base.part import Part
from builder.question_types.base.parts import Composite
from builder.question_types.base.settings import Setting, Settings
from builder.values import Missing, Value, is_blank
from builder.values.schemas import Schema, written

PDF, JPEG, PNG, WEBP = "application/pdf", "image/jpeg", "image/png", "image/webp"
PLAIN_TEXT: Final = "text/plain"
PICTURES: Final = (JPEG, PNG, WEBP)
# Every kind of file the house takes, with the ending of its names.
MEDIA_TYPES: Final[Mapping[str, str]] = {
    PDF: ".pdf",
    JPEG: ".jpg",
    PNG: ".png",
    WEBP: ".webp",
    PLAIN_TEXT: ".txt",
}
MEGABYTE: Final = 1024 * 1024
MOST_MEGABYTES: Final = 10
LARGEST = Setting("largest", "whole", MOST_MEGABYTES, _("Largest file, in megabytes (at most 10)"))
PARTS: Final = (
    Part("id", _("Id of the file")),
    Part("name", _("Name of the file")),
    Part("media_type", _("Kind of file")),
    Part(
        "size",
        _("Size in bytes"),
        "number",
        scale=0,
        minimum="1",
        maximum=str(MOST_MEGABYTES * MEGABYTE),
    ),
    Part("digest", _("Fingerprint of the file (SHA-256)")),
)
NAMES: Final = frozenset(part.name for part in PARTS)
_ID: Final = re.compile(r"[0-9a-f]{32}\Z")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}\Z")


class Stored(Composite):
    """The base of the types whose answers name a file."""

    control: ClassVar[Control] = "file"
    stored = True
    # What a table tells of a file: its id finds nothing outside.
    told: ClassVar[tuple[str, ...]] = ("name", "media_type", "size", "digest")

    def parts(self, settings: Settings) -> tuple[Part, ...]:
        return PARTS

    def media_types(self, settings: Settings) -> tuple[str, ...]:
        """The kinds of file that may be sent."""
        return tuple(MEDIA_TYPES)

    def kept_types(self, settings: Settings) -> tuple[str, ...]:
        """The kinds of file that an answer may name: some are made into others before they are kept."""
        return self.media_types(settings)

    def admit(self, value: object, settings: Settings) -> Admitted:
        admitted = super().admit(value, settings)
        kept: Any = admitted.value
        if admitted.code or kept is Missing or self._is_whole(kept, settings):
            return admitted
        return Admitted(Missing, "type")

    def _is_whole(self, kept: Mapping[str, str], settings: Settings) -> bool:
        return (
            kept.keys() == NAMES
            and _ID.match(kept["id"]) is not None
            and _DIGEST.match(kept["digest"]) is not None
            and kept["media_type"] in self.kept_types(settings)
        )

    def schema(self, settings: Settings) -> Schema:
        fits = super().schema(settings)
        media_types = {"enum": list(self.kept_types(settings))}
        shapes = {"id": written(_ID), "digest": written(_DIGEST), "media_type": media_types}
        return {**fits, "properties": {**fits["properties"], **shapes}, "required": sorted(NAMES)}

    def read(
        self, text: str, settings: Settings, today: str, language: str
    ) -> "Value | None | Problem":
        return Missing if is_blank(text) else unreadable(text, _("A file cannot be typed."))

    def show(self, value: Any, settings: Settings, language: str, source: str = "") -> str:
        return str(value["name"])

    def columns(self, name: str, settings: Settings) -> tuple[str, ...]:
        return tuple(f"{name}.{part}" for part in self.told)

    def column_labels(self, settings: Settings, language: str, source: str) -> tuple[str, ...]:
        labels = {part.name: part.label for part in self.parts(settings)}
        return tuple(str(labels[part]) for part in self.told)

    def cells(self, value: Any, settings: Settings) -> tuple[str, ...]:
        return tuple((value or {}).get(part, "") for part in self.told)

    def faults(self, settings: Settings) -> tuple[str, ...]:
        largest = settings.items().get("largest", MOST_MEGABYTES)
        if largest is not None and 1 <= largest <= MOST_MEGABYTES:
            return ()
        return (_("“%(label)s” must take files of 1 to 10 megabytes."),)
