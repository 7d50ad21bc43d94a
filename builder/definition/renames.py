"""Which removed question is now which new one: what may be declared, and what is likely."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from builder.definition.nodes import Definition, Question, Section
from builder.definition.walk import answer_type, index, label_of

LIKELY: Final = 0.62  # below this, nothing is suggested

Renamable = Section | Question


@dataclass(frozen=True, slots=True)
class Pair:
    """Something that is gone, what it may have become, and which of these is likely ("" where none is)."""

    gone: Renamable
    candidates: tuple[Renamable, ...]
    likely: str = ""


def pairs(before: Definition, after: Definition) -> tuple[Pair, ...]:
    """All that is gone and has a name of its own in records, in order; only what holds the same kind of answer is a candidate."""
    new = [node for node in _holders(after) if node.name not in _names(before)]
    gone = [node for node in _holders(before) if node.name not in _names(after)]
    likely = _matched(gone, new)
    return tuple(
        Pair(node, fitting, likely.get(node.name, ""))
        for node in gone
        if (fitting := tuple(one for one in new if fits(node, one)))
    )


def valid(before: Definition, after: Definition, renames: Mapping[str, str]) -> dict[str, str]:
    """Of these renames the ones that hold between the two: something gone, something new, of one kind, each used once."""
    offered = {
        pair.gone.name: {one.name for one in pair.candidates} for pair in pairs(before, after)
    }
    found: dict[str, str] = {}
    for old, new in renames.items():
        if new in offered.get(old, ()) and new not in found.values():
            found[old] = new
    return found


def fits(gone: Renamable, new: Renamable) -> bool:
    """Whether what was answered at the one can stand at the other."""
    if isinstance(gone, Section) or isinstance(new, Section):
        return isinstance(gone, Section) and isinstance(new, Section)
    return answer_type(gone) == answer_type(new)


def composed(first: Mapping[str, str], then: Mapping[str, str]) -> dict[str, str]:
    """One renaming after the other."""
    both = {old: then.get(new, new) for old, new in first.items()}
    return {**{old: new for old, new in then.items() if old not in both}, **both}


def _holders(definition: Definition) -> Iterator[Renamable]:
    """What holds answers: repeats and questions."""
    for section in definition.sections:
        if section.repeat is not None:
            yield section
        yield from (item for item in section.items if isinstance(item, Question))


def _names(definition: Definition) -> set[str]:
    found = index(definition)
    return {*found.sections, *found.questions, *found.calculations, *found.outcomes}


def _matched(gone: list[Renamable], new: list[Renamable]) -> dict[str, str]:
    """The likeliest pairs first; each is used once."""
    scored = [
        (_likeness(one, other), one.name, other.name)
        for one in gone
        for other in new
        if fits(one, other)
    ]
    found: dict[str, str] = {}
    for score, old, now in sorted(scored, key=lambda row: -row[0]):
        if score >= LIKELY and old not in found and now not in found.values():
            found[old] = now
    return found


def _likeness(one: Renamable, other: Renamable) -> float:
    """1 for the same block with another name; else how alike names and labels are."""
    if one.id == other.id:
        return 1.0
    labels = [label_of(node).plain("") for node in (one, other)]
    return 0.4 * _alike(one.name, other.name) + 0.6 * _alike(*labels)


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()
