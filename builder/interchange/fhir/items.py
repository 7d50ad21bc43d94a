"""A questionnaire's items as they stand in the file, read leniently into frozen values.

Here everything foreign is checked once: kinds of values, depth, number, size. What comes out is plain.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from builder.interchange.notes import Notes
from builder.values import clean

DEEPEST = 20
MOST_ITEMS = 5_000
LONGEST_TEXT = 10_000
EXTENSION_VALUE = "value"


@dataclass(frozen=True)
class Item:
    """One item. `extensions` maps the last part of an extension's address to its value."""

    link_id: str
    kind: str
    text: str
    place: str
    required: bool = False
    repeats: bool = False
    read_only: bool = False
    maximum_length: int | None = None
    conditions: tuple[Mapping[str, Any], ...] = ()
    behaviour: str = ""
    raw: Mapping[str, Any] = field(default_factory=dict, hash=False)
    extensions: Mapping[str, Any] = field(default_factory=dict, hash=False)
    children: tuple["Item", ...] = ()

    def walk(self) -> Iterator["Item"]:
        yield self
        for child in self.children:
            yield from child.walk()


def text_of(value: Any) -> str:
    """A text of the file: NFC, without control characters; empty when it is none."""
    if not isinstance(value, str):
        return ""
    kept = "".join(
        letter
        for letter in value[:LONGEST_TEXT]
        if letter in "\n\t" or letter.isprintable() or letter == "\u200d"
    )
    return clean(kept).strip()


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects in what should be a list of them."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def extensions_of(raw: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for extension in objects(raw.get("extension")):
        url = extension.get("url")
        if isinstance(url, str):
            name = url.rstrip("/").rsplit("/", 1)[-1]
            found[name] = next(
                (extension[key] for key in extension if key.startswith(EXTENSION_VALUE)), None
            )
    return found


class ItemReader:
    """Reads the tree of items, counting them."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.count = 0

    def read(self, raw_items: Any, depth: int = 1, above: str = "") -> tuple[Item, ...]:
        if raw_items is None:
            return ()
        if not isinstance(raw_items, list):
            self.notes.problem("not_an_item", above)
            return ()
        if depth > DEEPEST:
            self.notes.problem("too_deep", above, depth=DEEPEST)
            return ()
        found = []
        for number, raw in enumerate(raw_items):
            item = self._item(raw, depth, f"{above}/{number}")
            if item is not None:
                found.append(item)
        return tuple(found)

    def _item(self, raw: Any, depth: int, place: str) -> Item | None:
        self.count += 1
        if self.count > MOST_ITEMS:
            self.notes.problem("too_many", "", count=MOST_ITEMS)
            return None
        if not isinstance(raw, dict):
            self.notes.problem("not_an_item", place)
            return None
        link_id = self._link_id(raw, place)
        extensions = extensions_of(raw)
        length = raw.get("maxLength")
        return Item(
            link_id=link_id,
            kind=self._kind(raw),
            text=self._text(raw),
            place=place,
            required=raw.get("required") is True,
            repeats=raw.get("repeats") is True,
            read_only=raw.get("readOnly") is True,
            maximum_length=length
            if isinstance(length, int) and not isinstance(length, bool) and length > 0
            else None,
            conditions=tuple(objects(raw.get("enableWhen"))),
            behaviour=raw["enableBehavior"] if raw.get("enableBehavior") in ("all", "any") else "",
            raw=raw,
            extensions=extensions,
            children=self.read(raw.get("item"), depth + 1, place),
        )

    def _link_id(self, raw: Mapping[str, Any], place: str) -> str:
        link_id = text_of(raw.get("linkId"))[:200]
        if not link_id:
            self.notes.problem("no_link_id", place)
        return link_id or f"item{place.replace('/', '_')}"

    @staticmethod
    def _kind(raw: Mapping[str, Any]) -> str:
        kind = raw.get("type")
        if isinstance(kind, str) and kind:
            return "choice" if kind == "coding" else kind[:40]
        return "group" if isinstance(raw.get("item"), list) else ""

    @staticmethod
    def _text(raw: Mapping[str, Any]) -> str:
        text, prefix = text_of(raw.get("text")), text_of(raw.get("prefix"))
        return f"{prefix} {text}".strip() if prefix and not text.startswith(prefix) else text


def note_what_is_lost(item: Item, notes: Notes) -> None:
    """The losses that every kind of item shares: concepts, initial answers, extensions."""
    raw = item.raw
    if raw.get("code") or raw.get("definition"):
        notes.loss("codes", item.link_id)
    if any(key.startswith("initial") for key in raw):
        notes.loss("initial", item.link_id)
    for key in ("_text", "_prefix"):
        if isinstance(raw.get(key), dict):
            _note_text_extensions(raw[key], item.link_id, notes)
    for name in item.extensions:
        if name not in UNDERSTOOD:
            notes.loss(
                "expression" if "xpression" in name or name == "variable" else "extension",
                item.link_id,
                extension=name[:80],
            )


def _note_text_extensions(raw: Mapping[str, Any], place: str, notes: Notes) -> None:
    for name in extensions_of(raw):
        notes.loss("translations" if name == "translation" else "media" if name.startswith("rendering") else "extension",
                   place, extension=name[:80])  # fmt: skip


UNDERSTOOD = frozenset({
    "questionnaire-hidden", "questionnaire-itemControl", "questionnaire-displayCategory", "questionnaire-minOccurs",
    "questionnaire-maxOccurs", "questionnaire-unit", "minValue", "maxValue", "maxDecimalPlaces", "minLength", "regex",
    "entryFormat", "maxSize", "mimeType", "questionnaire-choiceOrientation", "questionnaire-fhirType", "questionnaire-instruction",
})  # fmt: skip
