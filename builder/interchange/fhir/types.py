"""The question types of FHIR in ours, with their settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from builder.conditions import pattern_problem
from builder.conditions.pattern_steps import is_slow
from builder.interchange.fhir.choices import Option
from builder.interchange.fhir.conditions import number_text
from builder.interchange.fhir.items import Item, text_of
from builder.interchange.notes import Notes
from builder.question_types.base.stored import MOST_MEGABYTES, PDF, PICTURES, PLAIN_TEXT
from builder.values import is_date

LONGEST_ANSWER = 20_000
LENGTH_UNLESS_SAID = 2_000
DECIMALS = 6
MOST_DECIMALS = 9
CHOICES = ("choice", "open-choice")
# type -> (ours, the loss it costs)
TYPES: Mapping[str, tuple[str, str]] = {
    "boolean": ("yes_no", ""),
    "integer": ("integer", ""),
    "decimal": ("decimal", ""),
    "quantity": ("decimal", "quantity"),
    "date": ("date", ""),
    "dateTime": ("date_time", ""),
    "time": ("time", ""),
    "string": ("text", ""),
    "text": ("long_text", ""),
    "url": ("url", ""),
    "choice": ("choose_one", ""),
    "open-choice": ("choose_one", ""),
    "attachment": ("file", ""),
}
NO_PLACE = ("reference",)
# What of our kinds of file a foreign media type asks for.
ACCEPTS = {PDF: "pdf", PLAIN_TEXT: "text", **dict.fromkeys((*PICTURES, "image/*"), "pictures")}
SETTINGS_OF = {
    "text": "_text",
    "long_text": "_long_text",
    "integer": "_range",
    "decimal": "_decimal",
    "date": "_dates",
    "file": "_file",
}


@dataclass(frozen=True)
class Asked:
    """How an item is asked: our type, its settings, what its hint and label gain."""

    type: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    unit: str = ""
    hint: str = ""


def asked(item: Item, options: tuple[Option, ...], notes: Notes) -> Asked | None:
    """How the item is asked here; None when it has no place (said in the losses)."""
    if item.kind in NO_PLACE:
        notes.loss("no_place", item.link_id, type=item.kind)
        return None
    if item.kind in CHOICES and not options:
        if not (item.raw.get("answerValueSet") or item.raw.get("options")):
            notes.loss("no_choices", item.link_id)
        return Asked("text", _Settings(item, notes).of("text"))
    ours, loss = TYPES[item.kind]
    if loss:
        notes.loss(loss, item.link_id, type=item.kind)
    if item.kind in CHOICES:
        rows = [{"name": option.name, "label": option.label} for option in options]
        return Asked("choose_several" if item.repeats else ours, {"choices": rows})
    if item.repeats:
        notes.loss("repeats", item.link_id)
    hint = text_of(item.extensions.get("entryFormat"))
    return Asked(ours, _Settings(item, notes).of(ours), _unit(item), hint)


def _unit(item: Item) -> str:
    unit = item.extensions.get("questionnaire-unit")
    if not isinstance(unit, dict):
        return ""
    return text_of(unit.get("display")) or text_of(unit.get("code"))


class _Settings:
    """The settings of one question from its length, bounds and pattern."""

    def __init__(self, item: Item, notes: Notes) -> None:
        self.item = item
        self.notes = notes

    def of(self, type_name: str) -> dict[str, Any]:
        if "minLength" in self.item.extensions:
            self.notes.loss("bounds", self.item.link_id)
        maker = SETTINGS_OF.get(type_name)
        return getattr(self, maker)() if maker else {}

    def _text(self) -> dict[str, Any]:
        length = self.item.maximum_length
        pattern = text_of(self.item.extensions.get("regex"))
        kept = min(length or LENGTH_UNLESS_SAID, LONGEST_ANSWER)
        if pattern and (pattern_problem(pattern) is not None or is_slow(pattern, kept)):
            self.notes.loss("extension", self.item.link_id, extension="regex")
            pattern = ""
        return {
            "maximum_length": min(length, LONGEST_ANSWER) if length else None,
            "pattern": pattern,
        }

    def _long_text(self) -> dict[str, Any]:
        settings = self._text()
        if settings.pop("pattern"):
            self.notes.loss("extension", self.item.link_id, extension="regex")
        return settings

    def _range(self) -> dict[str, Any]:
        return {
            name: self._bound(key)
            for name, key in (("minimum", "minValue"), ("maximum", "maxValue"))
        }

    def _decimal(self) -> dict[str, Any]:
        places = self.item.extensions.get("maxDecimalPlaces")
        plain = (
            isinstance(places, int)
            and not isinstance(places, bool)
            and 0 <= places <= MOST_DECIMALS
        )
        return {"scale": places if plain else DECIMALS, **self._range()}

    def _file(self) -> dict[str, Any]:
        """Sizes are megabytes there too; ours has a limit of its own."""
        largest = number_text(self.item.extensions.get("maxSize"))
        megabytes = MOST_MEGABYTES if largest is None else ceil(float(largest))
        if not 1 <= megabytes <= MOST_MEGABYTES:
            self.notes.loss("bounds", self.item.link_id)
        media_type = text_of(self.item.extensions.get("mimeType"))
        if media_type and media_type not in ACCEPTS:
            self.notes.loss("extension", self.item.link_id, extension="mimeType")
        return {
            "largest": min(max(megabytes, 1), MOST_MEGABYTES),
            "accepts": ACCEPTS.get(media_type, "any"),
        }

    def _dates(self) -> dict[str, Any]:
        return {
            name: self._day(key)
            for name, key in (("minimum", "minValue"), ("maximum", "maxValue"))
        }

    def _bound(self, key: str) -> str | None:
        value = self.item.extensions.get(key)
        number = number_text(value.get("value") if isinstance(value, dict) else value)
        if key in self.item.extensions and number is None:
            self.notes.loss("bounds", self.item.link_id)
        return number

    def _day(self, key: str) -> str:
        value = text_of(self.item.extensions.get(key))[:10]
        if key in self.item.extensions and not is_date(value):
            self.notes.loss("bounds", self.item.link_id)
        return value if is_date(value) else ""
