"""How an attempt may end: one row a disposition.

Names and labels are those of `builder.definition.DISPOSITIONS`, which outcomes may name (a test compares).
A policy may change when and how often it is tried again (`retry.py`), never what the word means.
Labels are English msgids; the shell translates them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from builder.definition import DISPOSITIONS as LABELS

After = Literal["resolved", "retry", "callback", "next_number", "exhausted"]


@dataclass(frozen=True, slots=True)
class Disposition:
    """`after` is where the item goes; `offered` says whether the agent has a button for it
    (`reached` comes from the script's outcome)."""

    name: str
    after: After
    offered: bool = True

    @property
    def label(self) -> str:
        return LABELS[self.name]

    @property
    def terminal(self) -> bool:
        return self.after in {"resolved", "exhausted"}

    @property
    def needs_time(self) -> bool:
        return self.after == "callback"


ALL: tuple[Disposition, ...] = (
    Disposition("reached", "resolved", offered=False),
    Disposition("no_answer", "retry"),
    Disposition("busy", "retry"),
    Disposition("voicemail", "retry"),
    Disposition("callback", "callback"),
    Disposition("third_party", "retry"),
    Disposition("not_verified", "retry"),
    Disposition("language_barrier", "retry"),
    Disposition("wrong_number", "next_number"),
    Disposition("refused", "resolved"),
    Disposition("unreachable", "exhausted"),
    Disposition("other", "resolved"),
)

DISPOSITIONS: Mapping[str, Disposition] = MappingProxyType({row.name: row for row in ALL})
