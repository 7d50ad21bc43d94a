"""A short hand in which the demo's pages are written: plain frozen values, each text a pair (English, French)."""

from dataclasses import dataclass, field
from typing import Any

Pair = tuple[str, str]
Row = tuple[str, str, Any]  # question's name, operator, value
NOTHING: Pair = ("", "")


@dataclass(frozen=True)
class When:
    """Rows joined by all or any."""

    rows: tuple[Row, ...]
    join: str = "all"


def when(*rows: Row, join: str = "all") -> When:
    return When(rows, join)


@dataclass(frozen=True)
class Text:
    """A line (said aloud), a cue (for the agent) or a display (read by the person)."""

    kind: str
    text: Pair
    asked_when: When | None = None


@dataclass(frozen=True)
class Ask:
    """A question."""

    type: str
    name: str
    label: Pair
    hint: Pair = NOTHING
    required: bool = False
    asked_when: When | None = None
    choices: tuple[tuple[str, Pair], ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)
    constraint: tuple[When, Pair] | None = None
    fact: str = ""
    clearance: str = "personal"
    right: Any = None
    explanation: Pair = NOTHING


@dataclass(frozen=True)
class Compute:
    """A calculation: `kind` as in the editor, with its inputs by name."""

    name: str
    label: Pair
    kind: str
    question: str
    second: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Section:
    name: str
    title: Pair
    items: tuple[Text | Ask | Compute, ...]
    asked_when: When | None = None
    repeat: dict[str, Any] | None = None


@dataclass(frozen=True)
class Outcome:
    name: str
    label: Pair
    disposition: str
    complete: bool = False
    asked_when: When | None = None
    effects: tuple[tuple[str, dict[str, str]], ...] = ()


@dataclass(frozen=True)
class Page:
    kind: str  # script, form, lesson, document
    code: str
    title: Pair
    sections: tuple[Section, ...]
    outcomes: tuple[Outcome, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)
    french_settings: dict[str, Any] = field(default_factory=dict)


def line(english: str, french: str, asked_when: When | None = None) -> Text:
    return Text("line", (english, french), asked_when)


def cue(english: str, french: str, asked_when: When | None = None) -> Text:
    return Text("cue", (english, french), asked_when)


def display(english: str, french: str, asked_when: When | None = None) -> Text:
    return Text("display", (english, french), asked_when)


def choice(name: str, english: str, french: str) -> tuple[str, Pair]:
    return (name, (english, french))


YES_NO_UNKNOWN = (
    choice("yes", "yes", "oui"),
    choice("no", "no", "non"),
    choice("unknown", "does not know", "ne sait pas"),
)
