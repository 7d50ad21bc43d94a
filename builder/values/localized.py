"""Texts that people read: one for each language, with holes that answers fill.

An author writes `Hello {given_name}!`; two braces (`{{`) stand for one. It is split once, when the page is
compiled, so that nothing an answer holds is ever read as a hole.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from builder.values.texts import clean


@dataclass(frozen=True, slots=True)
class Hole:
    """The place of an answer in a text."""

    name: str


Piped = tuple[str | Hole, ...]
# A brace that is written twice, a hole, or a brace alone.
_BRACE: Final = re.compile(r"\{\{|\{(?P<name>[^{}]*)\}|\{")


def joined(parts: Iterable[str | Hole]) -> Piped:
    """The parts in their one form: neighbouring texts joined, empty ones left out."""
    result: list[str | Hole] = []
    for plain, run in groupby(parts, key=lambda part: isinstance(part, str)):
        found = list(run)
        joint = clean("".join(map(str, found))) if plain else ""
        result += [joint] if joint else [] if plain else found
    return tuple(result)


def piped(text: str) -> Piped:
    """Split what an author wrote. A brace without its partner is a plain brace."""
    parts: list[str | Hole] = []
    at = 0
    for brace in _BRACE.finditer(text):
        parts.append(text[at : brace.start()].replace("}}", "}"))
        name = brace["name"]
        parts.append("{" if name is None else Hole(name.strip()))
        at = brace.end()
    parts.append(text[at:].replace("}}", "}"))
    return joined(parts)


@dataclass(frozen=True, slots=True)
class Localized:
    """One text in several languages, as pairs sorted by language; an absent text has no pairs."""

    pairs: tuple[tuple[str, Piped], ...] = ()

    @classmethod
    def make(cls, texts: Mapping[str, str | Piped]) -> "Localized":
        """From texts by language; a string is plain, without holes."""
        parts = {
            key: joined((text,)) if isinstance(text, str) else text for key, text in texts.items()
        }
        return cls(tuple(sorted((key, text) for key, text in parts.items() if text)))

    def __bool__(self) -> bool:
        return bool(self.pairs)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages this text is written in."""
        return tuple(language for language, _ in self.pairs)

    def of(self, language: str, source: str = "") -> Piped:
        """The text in a language, else in the source language, else in any; () if there is none."""
        texts = dict(self.pairs)
        found = texts.get(language) or texts.get(source)
        if found is None and self.pairs:
            found = self.pairs[0][1]
        return found or ()

    def spoken(self, language: str, source: str = "") -> str:
        """The language that `of` finds the text in; an empty text if there is none."""
        known = self.languages
        if language in known or not known:
            return language if known else ""
        return source if source in known else known[0]

    def plain(self, language: str, source: str = "") -> str:
        """The text as an author would write it: holes as names in braces."""
        return "".join(
            part if isinstance(part, str) else "{" + part.name + "}"
            for part in self.of(language, source)
        )

    def holes(self) -> tuple[str, ...]:
        """The names in the holes of all languages, each once, in order."""
        found = (part.name for _, text in self.pairs for part in text if isinstance(part, Hole))
        return tuple(dict.fromkeys(found))


NO_TEXT: Final = Localized()
