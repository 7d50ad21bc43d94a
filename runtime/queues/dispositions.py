"""How an attempt may end: one row a disposition.

The names are those of `builder.definition.DISPOSITIONS`, which outcomes may name (a test compares).
A policy may change when and how often it is tried again (`retry.py`), never what the word means.
Labels are English msgids; the shell translates them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from builder.problems import gettext_noop

After = Literal["resolved", "retry", "callback", "next_number", "exhausted"]


@dataclass(frozen=True, slots=True)
class Disposition:
    """`after` is where the item goes; `offered` says whether the agent has a button for it
    (`reached` comes from the script's outcome)."""

    name: str
    label: str
    after: After
    offered: bool = True

    @property
    def terminal(self) -> bool:
        return self.after in {"resolved", "exhausted"}

    @property
    def needs_time(self) -> bool:
        return self.after == "callback"


ALL: tuple[Disposition, ...] = (
    Disposition("reached", gettext_noop("Reached"), "resolved", offered=False),
    Disposition("no_answer", gettext_noop("No answer"), "retry"),
    Disposition("busy", gettext_noop("Busy"), "retry"),
    Disposition("voicemail", gettext_noop("Voicemail"), "retry"),
    Disposition("callback", gettext_noop("Call back at a time"), "callback"),
    Disposition("language_barrier", gettext_noop("Other language needed"), "retry"),
    Disposition("wrong_number", gettext_noop("Wrong number"), "next_number"),
    Disposition("refused", gettext_noop("Refused"), "resolved"),
    Disposition("unreachable", gettext_noop("Cannot be reached by phone"), "exhausted"),
    Disposition("other", gettext_noop("Other reason, not to be called again"), "resolved"),
)

DISPOSITIONS: Mapping[str, Disposition] = MappingProxyType({row.name: row for row in ALL})
