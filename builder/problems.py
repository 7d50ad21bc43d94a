"""Problems as values: what is wrong, where, and what to do about it. Exceptions are for bugs.

Messages are English sentences with `%(name)s` holes, marked for translation here and translated by whoever shows
them, so that pure code needs no translation machinery.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

# Nobody mends more than these at once: who reads what is hostile through and through stops noting.
MOST_PROBLEMS: Final = 100
LONGEST_QUOTED: Final = 80


def gettext_noop(message: str) -> str:
    """Mark a message for translation; it is translated when it is said."""
    return message


@dataclass(frozen=True, slots=True)
class Words:
    """A parameter that is words itself, and is said in the reader's language like its sentence."""

    text: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return _said(self.text, self.params, gettext_noop)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong. `place` is a block's id (publishing) or an answer's place; a warning does not veto."""

    code: str
    place: str
    message: str
    remedy: str = ""
    params: Mapping[str, object] = field(default_factory=dict, hash=False)
    warning: bool = False


def quoted(text: str) -> str:
    """A piece of what somebody gave, as a problem may repeat it."""
    return text[:LONGEST_QUOTED]


def note(problems: list[Problem], problem: Problem) -> None:
    """Add one more, unless there are enough."""
    if len(problems) < MOST_PROBLEMS:
        problems.append(problem)


def say(problem: Problem, gettext: Callable[[str], str] = gettext_noop) -> str:
    """The problem and its remedy in words, in the language `gettext` speaks."""
    return " ".join(
        _said(text, problem.params, gettext) for text in (problem.message, problem.remedy) if text
    )


def _said(text: str, params: Mapping[str, object], gettext: Callable[[str], str]) -> str:
    told = {
        key: _said(value.text, value.params, gettext) if isinstance(value, Words) else value
        for key, value in params.items()
    }
    # Half a character that somebody gave is spelt out: no page and no terminal could show it.
    return (gettext(text) % told).encode("utf-8", "backslashreplace").decode()
