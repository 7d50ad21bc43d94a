"""The texts of a definition, one language at a time: a language that came or went is one change, not one a text."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from builder.definition.nodes import Definition
from builder.question_types import Settings
from builder.values import Localized

Texts = tuple[tuple[int, Any], ...]  # the number of each text in the definition, and what it says


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


def said_in(definition: Definition, language: str) -> Texts:
    """What is said in this language, by the number of the text."""
    every = (dict(text.pairs).get(language) for text in _texts(definition))
    return tuple((number, said) for number, said in enumerate(every) if said)


def with_said(definition: Definition, language: str, texts: Texts) -> Definition:
    """The definition with these texts in a language that it is not written in yet."""
    told = dict(texts)
    numbers = iter(range(len(list(_texts(definition)))))

    def spoken(text: Localized) -> Localized:
        said = told.get(next(numbers))
        return text if said is None else Localized(tuple(sorted([*text.pairs, (language, said)])))

    found: Definition = _made(definition, spoken)
    return found


def _made(value: Any, change: Callable[[Localized], Localized]) -> Any:
    """The value with every text in it changed, in the order of `_texts`."""
    if isinstance(value, Localized):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_made(part, change) for part in value)
    if isinstance(value, Settings):
        items = value.items()
        return Settings({name: _made(items[name], change) for name in sorted(items)})
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
        yield from (part for _name, part in sorted(value.items().items()))
    elif is_dataclass(value):
        yield from (getattr(value, row.name) for row in fields(value))
