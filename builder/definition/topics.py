"""The kinds of changes that people look for, and the words that differ between two texts."""

import re
from difflib import SequenceMatcher
from typing import Final

from builder.definition.comparing import Change
from builder.definition.saying import Saying, is_expression
from builder.problems import gettext_noop as _

# In the order in which they are offered.
TOPICS: Final = {
    "added": _("Added"),
    "removed": _("Removed"),
    "moved": _("Moved"),
    "renamed": _("Renamed"),
    "wording": _("Wording"),
    "translations": _("Translations"),
    "conditions": _("Conditions"),
    "choices": _("Choices"),
    "constraints": _("Constraints"),
    "effects": _("Outcomes and effects"),
    "settings": _("Settings"),
}
MOST_WORDS: Final = 3_000
_WORD: Final = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")  # with the blanks behind it
_CONDITIONS: Final = {"relevance", "required", "read_only", "default", "expression"}
_EFFECTS: Final = {"effects", "disposition", "complete"}
Piece = tuple[str, str]  # same, gone or come; and the text


def topic(change: Change, saying: Saying, source: str) -> str:
    """Which kind of change it is; `source` is the language the app is written in."""
    if change.of_language:
        return "translations"
    if not change.member:
        return change.code
    if change.code in {"renamed", "rewritten"}:
        return "renamed"
    if saying.is_text(change):
        return "wording" if change.member[-1] == source else "translations"
    return _by_place(change, saying)


def _by_place(change: Change, saying: Saying) -> str:
    first = change.member[0]
    if first == "constraints":
        return "constraints"
    if first in _EFFECTS:
        return "effects"
    if first == "choice_filter" or saying.kind_of_row(change) == "choice":
        return "choices"
    expressions = is_expression(change.before) or is_expression(change.after)
    return "conditions" if first in _CONDITIONS or expressions else "settings"


def wordwise(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces: what they share, what is gone from the one, what came into the other."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    bare = [word.strip() for word in before], [word.strip() for word in after]
    if (
        not all(bare)
        or len(before) + len(after) > MOST_WORDS
        or (bare[0] == bare[1] and old != new)
    ):
        return _whole("gone", old), _whole("come", new)
    gone: list[Piece] = []
    come: list[Piece] = []
    matcher = SequenceMatcher(None, *bare, autojunk=False)
    for kind, start, end, from_new, to_new in matcher.get_opcodes():
        same = kind == "equal"
        _add(gone, "same" if same else "gone", "".join(before[start:end]))
        _add(come, "same" if same else "come", "".join(after[from_new:to_new]))
    return tuple(gone), tuple(come)


def _whole(kind: str, text: str) -> tuple[Piece, ...]:
    return ((kind, text),) if text else ()


def _add(pieces: list[Piece], kind: str, text: str) -> None:
    """One piece more; a neighbour of the same kind becomes one with it."""
    if text and pieces and pieces[-1][0] == kind:
        text = pieces.pop()[1] + text
    pieces += _whole(kind, text)
