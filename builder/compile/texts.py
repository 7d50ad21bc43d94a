"""Texts in every language, by block id; `{name}` becomes a hole for an answer."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from builder.compile.index import items_of, value_of
from builder.compile.source import Block, Body, Source
from builder.values import Hole, piped

Text = dict[str, Any]  # {"en": "plain" | ["Hello ", {"answer": "name"}]}
Values = Mapping[str, Any]


class Texts:
    """Reads one field of one block in all languages of a source."""

    def __init__(self, source: Source) -> None:
        self._values = {code: dict(_values_by_id(body)) for code, body in source.languages.items()}

    def of(self, block_id: str, read: Callable[[Values], Any]) -> Text:
        """`read` is asked with the block's value in each language; languages without a text are left out."""
        text = {}
        for code, values in self._values.items():
            words = read(values.get(block_id, {}))
            if isinstance(words, str) and words.strip():
                text[code] = hole_json(words)
        return text

    def listed(self, block_id: str, setting: str) -> dict[str, Text]:
        """The labels of a list of choices by the choice's name; of two with the same name the first."""
        found: dict[str, Text] = {}
        for code, values in self._values.items():
            for choice in values.get(block_id, {}).get(setting) or []:
                words, name = choice.get("label"), choice.get("name")
                text = found.setdefault(name, {})
                if code not in text and isinstance(words, str) and words.strip():
                    text[code] = hole_json(words)
        return found

    def field(self, block_id: str, name: str) -> Text:
        return self.of(block_id, lambda value: value.get(name))


def hole_json(words: str) -> Any:
    """The text as the definition holds it: a string, or a list with holes in it."""
    parts = [
        {"answer": part.name} if isinstance(part, Hole) else part for part in piped(words.strip())
    ]
    return parts[0] if len(parts) == 1 and isinstance(parts[0], str) else parts


def plain(words: Mapping[str, str]) -> Text:
    """A text without holes: titles."""
    return {code: text.strip() for code, text in words.items() if text.strip()}


def _values_by_id(body: Body) -> Iterator[tuple[str, Values]]:
    for section in body.body:
        yield section["id"], value_of(section)
        for item in items_of(section):
            yield item["id"], value_of(item)
    for outcome in body.outcomes:
        yield outcome["id"], value_of(outcome)
        for effect in value_of(outcome).get("effects") or []:
            yield effect.get("id", ""), value_of(effect)


def blocks_of(body: Body) -> Iterator[Block]:
    """Sections, items and outcomes, in order."""
    for section in body.body:
        yield section
        yield from items_of(section)
    yield from body.outcomes
