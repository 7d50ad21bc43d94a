"""How far a definition is translated: each text with its translation, and whether that was made of the text that stands there now.

What a translator saw is kept as Pairs by whoever stores them. A translation that is its source to the letter is none, until
somebody says that the words are the same.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from builder.definition.nodes import Definition
from builder.definition.walk import nodes, texts_of
from builder.values import Localized


class State(StrEnum):
    """Of one text in one language."""

    FRESH = "fresh"
    STALE = "stale"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Pair:
    """A text of a block (an empty id is the definition's title) and its translation, holes as `{name}`."""

    block: str
    source: str
    text: str

    def state(self, known: "Collection[Pair]") -> State:
        """What it is, where `known` are the pairs that a translator has made or approved."""
        if Pair(self.block, self.source, self.text or self.source) in known:
            return State.FRESH
        return State.MISSING if self.text in ("", self.source) else State.STALE


def pairs(definition: Definition, language: str) -> Iterator[Pair]:
    """Every text of the source language with what stands for it in another one; nothing where it is absent."""
    yield _pair("", definition.title, definition.source, language)
    for node in nodes(definition):
        for text in texts_of(node):
            if definition.source in text.languages:
                yield _pair(node.id, text, definition.source, language)


def _pair(block: str, text: Localized, source: str, language: str) -> Pair:
    spoken = text.plain(language) if language in text.languages else ""
    return Pair(block, text.plain(source), spoken)
