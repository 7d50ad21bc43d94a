"""The door: the check of a page as it is written. What is upstairs or of content (texts, feeds) is asked through what is bound."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext

from builder import publish as publishing
from builder.checks import kept, readers
from builder.checks.lines import Line, counts, line_of, meant_elsewhere, together
from builder.definition import Definition
from builder.models import Proof
from builder.problems import Problem
from builder.proof import Severity

Finder = Callable[[Any, Definition], Iterable[Problem]]
_finders: dict[str, Finder] = {}


def bind(kind: str, finder: Finder) -> None:
    """What else is looked for: a finder takes a page and what it means, and gives problems. The last one of a kind is used."""
    _finders[kind] = finder


@dataclass(frozen=True)
class Panel:
    """All that is said of a page. `definition` is None where it cannot be read at all, `proof` with it."""

    lines: tuple[Line, ...]
    definition: Definition | None
    proof: Proof | None
    day: str

    @property
    def counts(self) -> dict[str, int]:
        """How many lines of each severity."""
        return counts(self.lines)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is still to be looked at."""
        return self.proof is not None and self.proof.state == "done"

    @property
    def blocks(self) -> Mapping[str, Any]:
        """How each block is reached, by its id; empty while it is being proved."""
        return {} if self.proof is None else self.proof.told.get("blocks", {})


def panel(page: Any, *, again: bool = False, prove: bool = True) -> Panel:
    """The check of a page. Without `prove` only what is kept of its proof is told."""
    day, language = localdate().isoformat(), translation.get_language() or "en"
    checked = publishing.check(page)
    definition = checked.definition or publishing.draft(page)
    proof = None
    if definition is not None:
        proof = (
            kept.ask(definition, day, language, again=again)
            if prove
            else kept.found(definition, day, language)
        )
    lines = together(
        [line_of(problem, gettext) for problem in checked.problems],
        _proved(definition, proof),
        _elsewhere(page, definition),
        _unused(definition),
    )
    return Panel(tuple(lines), definition, proof, day)


def evidence(_page: Any, definition: Definition) -> dict[str, Any]:
    """What a version keeps: how many findings of each severity the proof of its definition had, if it was proved."""
    proof = kept.newest(definition)
    if proof is None:
        return {}
    lines = [Line(**plain) for plain in proof.told["lines"]]
    return {"day": proof.day, "whole": proof.told["whole"], **counts(lines)}


def _proved(definition: Definition | None, proof: Proof | None) -> list[Line]:
    elsewhere = meant_elsewhere(definition)
    plain = [] if proof is None else proof.told.get("lines", [])
    return [line for line in (Line(**one) for one in plain) if line.code not in elsewhere]


def _elsewhere(page: Any, definition: Definition | None) -> list[Line]:
    if definition is None:
        return []
    found = (problem for finder in _finders.values() for problem in finder(page, definition))
    return [line_of(problem, gettext) for problem in found]


def _unused(definition: Definition | None) -> list[Line]:
    if definition is None:
        return []
    found = readers.unused(definition, readers.read_of(definition.name))
    return [line_of(problem, gettext, Severity.HINT.value) for problem in found]
