"""The nodes of a definition, format 1: frozen, compared by value. Their meaning is in `docs/architecture.md`."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from builder.conditions import Expression
from builder.problems import gettext_noop as _
from builder.question_types import Settings
from builder.values import Localized
from builder.values.localized import NO_TEXT

KINDS: Final = ("script", "form", "lesson", "document")
TEXT_KINDS: Final = ("line", "cue", "display")
CLEARANCES: Final = ("open", "personal", "sensitive", "sealed")
FACTS: Final = (
    "given_name",
    "family_name",
    "birth_date",
    "phone",
    "national_number",
    "email",
    "language",
    "address",
)
# How an attempt ends, in the queue's words, with its label; an outcome names one by default.
DISPOSITIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "reached": _("Reached"),
        "no_answer": _("No answer"),
        "busy": _("Busy"),
        "voicemail": _("Voicemail"),
        "callback": _("Call back at a time"),
        "third_party": _("Somebody else answered"),
        "not_verified": _("Could not be verified"),
        "language_barrier": _("Other language needed"),
        "wrong_number": _("Wrong number"),
        "refused": _("Refused"),
        "unreachable": _("Cannot be reached by phone"),
        "other": _("Other reason, not to be called again"),
    }
)


@dataclass(frozen=True, slots=True)
class TextItem:
    """A line (said aloud), a cue (for the agent only) or a display (read by the person)."""

    kind: str
    id: str
    text: Localized
    relevance: Expression | None = None


@dataclass(frozen=True, slots=True)
class Constraint:
    """What an answer must satisfy (or, a warning, should); broken only when the test is false."""

    test: Expression
    message: Localized = NO_TEXT
    warning: bool = False  # may be overridden with a reason


@dataclass(frozen=True, slots=True)
class Question:
    """A question; `type` is the name of its question type.

    `required` and `read_only` may be conditions: then they hold only while these are true. `default` is the answer as long as
    nobody gave one. `choice_filter` says of each choice whether it is offered. `searchable` is the way in which records are found by the answer.
    """

    id: str
    name: str
    type: str
    label: Localized
    settings: Settings
    hint: Localized = NO_TEXT
    required: bool | Expression = False
    relevance: Expression | None = None
    constraints: tuple[Constraint, ...] = ()
    clearance: str = "open"
    read_only: bool | Expression = False
    fact: str | None = None
    right: str | bool | tuple[str, ...] | None = None
    points: str = "1"
    explanation: Localized = NO_TEXT
    default: Expression | None = None
    choice_filter: Expression | None = None
    searchable: str | None = None


@dataclass(frozen=True, slots=True)
class Calculation:
    """An answer that is computed, not asked; `type` is an answer type."""

    id: str
    name: str
    type: str
    label: Localized
    expression: Expression
    shown: bool = False


Item = TextItem | Question | Calculation


@dataclass(frozen=True, slots=True)
class Repeat:
    """That a section is answered several times; `party` if each entry is a person. With a `count` the entries follow that number,
    and nobody adds or removes one."""

    minimum: int = 0
    maximum: int = 20
    entry_label: Localized = NO_TEXT
    party: bool = False
    count: Expression | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Questions shown together. It may lie `within` an earlier section: then it is relevant only with that one, and part of each
    of its entries. A `side` section is on no path; it may be opened at any moment, and one returns from it."""

    id: str
    name: str
    title: Localized
    items: tuple[Item, ...]
    relevance: Expression | None = None
    repeat: Repeat | None = None
    within: str | None = None
    side: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """What an outcome causes, as data: a name of EFFECTS and its arguments, sorted by name."""

    effect: str
    arguments: tuple[tuple[str, str], ...] = ()
    relevance: Expression | None = None  # only when this holds at the end
    text: Localized = NO_TEXT  # what it says, where it says something

    def argument(self, name: str, default: str = "") -> str:
        """One argument."""
        return dict(self.arguments).get(name, default)


@dataclass(frozen=True, slots=True)
class Outcome:
    """An end of the script. `complete`: all required must be answered, and nothing wrong, first."""

    id: str
    name: str
    label: Localized
    relevance: Expression | None = None
    complete: bool = True
    disposition: str = "reached"
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Definition:
    """All that a version says. The first language is the source."""

    kind: str
    name: str
    languages: tuple[str, ...]
    title: Localized
    sections: tuple[Section, ...]
    outcomes: tuple[Outcome, ...] = ()
    pass_percent: str | None = None
    subject_app: str | None = None

    @property
    def source(self) -> str:
        """The language the app is written in."""
        return self.languages[0]
