"""How the sections of a screen lie: steps of the path and side sections, each a form; the others within the entries of a repeat.

A `Spot` is where something is drawn: outside entries, or in one entry (of an entry). Sections are walked from here only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count, takewhile
from typing import Any

from builder.definition.nodes import Calculation, Definition, Question, Section


@dataclass(frozen=True, slots=True)
class Spot:
    """Outside entries, or in one. `prefix` leads places (`contacts/a/`), `keys` the view's keys of texts and items (`a/`)."""

    prefix: str = ""
    keys: str = ""

    def place(self, name: str) -> str:
        """The place of an answer or of a repeat here."""
        return self.prefix + name

    def entry(self, repeat: str, entry: str) -> "Spot":
        """In an entry of a repeat that lies here."""
        return Spot(f"{self.prefix}{repeat}/{entry}/", f"{self.keys}{entry}/")

    @property
    def depth(self) -> int:
        """In how many entries this lies."""
        return self.keys.count("/")


ROOT = Spot()
Inner = Mapping[str, tuple[Section, ...]]


def arranged(definition: Definition) -> tuple[tuple[Section, ...], Inner]:
    """The sections with a form of their own, in order; and those drawn in entries, by the name of the one they lie in."""
    steps: list[Section] = []
    inner: dict[str, list[Section]] = {}
    in_entries: set[str] = set()
    for section in definition.sections:
        lies_in_entries = section.within is not None and section.within in in_entries
        if lies_in_entries:
            inner.setdefault(section.within or "", []).append(section)
        else:
            steps.append(section)
        if lies_in_entries or section.repeat is not None:
            in_entries.add(section.name)
    return tuple(steps), {name: tuple(found) for name, found in inner.items()}


def entries_at(
    section: Section, place: str, state: Mapping[str, Any], questions: Mapping[str, Any]
) -> tuple[str, ...]:
    """The entries of a repeat at a place. Those that follow a count are seen by their questions in the view."""
    repeat = section.repeat
    if repeat is None:
        return ()
    if repeat.count is None:
        kept = state["entries"].get(place)
        return tuple(kept if kept is not None else map(str, range(1, repeat.minimum + 1)))
    name = next((i.name for i in section.items if isinstance(i, Question | Calculation)), "")
    numbers = takewhile(lambda number: f"{place}/{number}/{name}" in questions, count(1))
    return tuple(map(str, numbers))


def questions_of(section: Section) -> tuple[Question, ...]:
    """The questions of a section, in order."""
    return tuple(item for item in section.items if isinstance(item, Question))


def said_first(section: Section) -> tuple[Any, ...]:
    """Lines and cues before the first question open a repeat; those after it belong to each entry."""
    return tuple(
        takewhile(lambda item: not isinstance(item, Question | Calculation), section.items)
    )


def depth_of(definition: Definition, section: Section) -> int:
    """In how many sections a step lies."""
    by_name = {each.name: each for each in definition.sections}
    around, deep = by_name.get(section.within or ""), 0
    while around is not None and deep < len(by_name):
        around, deep = by_name.get(around.within or ""), deep + 1
    return deep
