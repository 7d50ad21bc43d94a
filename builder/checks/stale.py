"""Translations that were left behind: the text they translate is another one than when it was published, and they are the same."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from builder.definition import Definition
from builder.definition.subject import Subject
from builder.definition.walk import nodes
from builder.problems import Problem
from builder.problems import gettext_noop as _
from builder.question_types import Settings
from builder.values import Localized

_INSIDE = {"items"}  # a section's items are nodes of their own
Path = tuple[str, ...]


def stale(draft: Definition, live: Definition | None) -> Iterator[Problem]:
    """One problem a block, which names the languages."""
    if live is None:
        return
    subject, before = Subject(draft), {node.id: node for node in nodes(live)}
    for node in nodes(draft):
        if node.id not in before:
            continue
        earlier = dict(_texts(before[node.id], ()))
        behind: dict[str, None] = {}
        for path, text in _texts(node, ()):
            behind |= dict.fromkeys(_behind(text, earlier.get(path), draft, live))
        if behind:
            yield stale_problem(node.id, subject.label(node), sorted(behind))


def stale_problem(place: str, label: str, languages: list[str]) -> Problem:
    """What is said of a block whose text was changed after it was translated."""
    message = _("“%(label)s” was changed after it was translated into %(languages)s.")
    remedy = _("Translate it again, or confirm the translation.")
    params = {"label": label, "languages": ", ".join(languages)}
    return Problem("stale", place, message, remedy, params, warning=True)


def _behind(
    text: Localized, before: Localized | None, draft: Definition, live: Definition
) -> list[str]:
    if before is None:
        return []
    now, then = dict(text.pairs), dict(before.pairs)
    if now.get(draft.source) == then.get(live.source):
        return []
    others = (language for language in draft.languages if language != draft.source)
    return [one for one in others if one in now and now[one] == then.get(one)]


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, Localized]]:
    """Every text of a node, by its way there; choices by their names."""
    if isinstance(value, Localized):
        yield path, value
        return
    for name, part in _members(value):
        yield from _texts(part, (*path, name))


def _members(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Settings):
        yield from value.items().items()
    elif isinstance(value, tuple):
        yield from ((str(getattr(part, "name", at)), part) for at, part in enumerate(value))
    elif is_dataclass(value) and not isinstance(value, type):
        for row in fields(value):
            if row.name not in _INSIDE:
                yield row.name, getattr(value, row.name)
