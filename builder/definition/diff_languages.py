"""Languages that one of two definitions alone is written in: told in one sentence each, in place of one line a text."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from builder.definition.nodes import Definition
from builder.question_types import Settings
from builder.values import Localized


def alone(one: Definition, other: Definition) -> tuple[str, ...]:
    """The languages of `one` that `other` has not; what it is written in first is compared text by text."""
    kept = {one.source, *other.languages}
    return tuple(language for language in one.languages if language not in kept)


def without(definition: Definition, languages: tuple[str, ...]) -> Definition:
    """The definition without its texts in these languages."""
    if not languages:
        return definition

    def stripped(text: Localized) -> Localized:
        return Localized(tuple(pair for pair in text.pairs if pair[0] not in languages))

    kept = tuple(one for one in definition.languages if one not in languages)
    found: Definition = _made(definition, stripped)
    return replace(found, languages=kept)


def texts_in(definition: Definition, language: str) -> int:
    """How many texts are written in this language."""
    return sum(language in text.languages for text in _texts(definition))


def _made(value: Any, change: Callable[[Localized], Localized]) -> Any:
    """The value with every text in it changed."""
    if isinstance(value, Localized):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_made(part, change) for part in value)
    if isinstance(value, Settings):
        return Settings({name: _made(part, change) for name, part in value.items().items()})
    if is_dataclass(value) and not isinstance(value, type):
        parts = {row.name: _made(getattr(value, row.name), change) for row in fields(value)}
        return replace(value, **parts)
    return value


def _texts(value: Any) -> Iterator[Localized]:
    if isinstance(value, Localized):
        yield value
        return
    for part in _parts(value):
        yield from _texts(part)


def _parts(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple):
        yield from value
    elif isinstance(value, Settings):
        yield from value.items().values()
    elif is_dataclass(value):
        yield from (getattr(value, row.name) for row in fields(value))
