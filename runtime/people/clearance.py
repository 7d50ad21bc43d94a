"""Who may see what, and for which purpose: one table, and the one function that decides by it.

A row of `CLEARED` says of a role: up to which clearance an answer or a fact is shown at once, up to which it is shown when it is asked
for (each time written to the access log), which purposes the role may state, and whether it may break the glass. Who has several roles
has the best of those that may state the purpose. What is in nobody's row is refused: admins, editors, data officers see nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

LEVELS: Final = ("open", "personal", "sensitive", "sealed")
SHOWN, VEILED, REFUSED = "shown", "veiled", "refused"

# What a purpose hangs on, and ends with: the work item in hand, the caller on the line, a glass that is broken, or that it was stated.
ITEM, CALLER, GLASS, STATED = "item", "caller", "glass", "stated"
BREAK_GLASS: Final = "break_glass"
HANGS_ON: Final = {
    "calls_back": CALLER,
    "call_order": ITEM,
    "document": STATED,
    "correction": STATED,
    "data_subject": STATED,
    "quality": STATED,
    BREAK_GLASS: GLASS,
}


@dataclass(frozen=True)
class Cleared:
    """What one role may see. `asked` is never below `shown`."""

    shown: str
    asked: str
    states: frozenset[str]
    breaks: bool = False


_STATED = frozenset({"document", "correction", "data_subject"})
CLEARED: Final = {
    "agent": Cleared("personal", "sensitive", _STATED | {"calls_back", "call_order"}, breaks=True),
    "supervisor": Cleared("personal", "sealed", _STATED | {"quality"}, breaks=True),
    "auditor": Cleared("personal", "personal", _STATED | {"quality"}),
}
# The facts of a person are answers of these clearances; one that is not here is sealed.
FACTS: Final = {
    "given_name": "personal",
    "family_name": "personal",
    "language": "open",
    "birth_date": "sensitive",
    "phone": "sensitive",
    "national_number": "sensitive",
    "email": "sensitive",
    "address": "sensitive",
}


@dataclass(frozen=True)
class Sight:
    """What of an opened person or record may be drawn: at once, and when it is asked for."""

    shown: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()

    def veil(self, clearance: str) -> str:
        """`""`: it is shown; `asked`: it may be asked for; `closed`: not for these eyes."""
        if clearance in self.shown:
            return ""
        return "asked" if clearance in self.asked else "closed"

    @property
    def hidden(self) -> frozenset[str]:
        return frozenset(LEVELS) - self.shown

    def lifted(self) -> "Sight":
        """After it was asked for."""
        return Sight(self.shown | self.asked, frozenset())


NOTHING: Final = Sight()


def decide(roles: Iterable[str], purpose: str, *, stands: bool, clearance: str) -> str:
    """The one decision: `shown`, `veiled` (shown when asked for) or `refused`. `stands`: what the purpose hangs on is there, and is
    about this person."""
    if not stands or purpose not in HANGS_ON or clearance not in LEVELS:
        return REFUSED
    level = LEVELS.index(clearance)
    rows = [row for role, row in CLEARED.items() if role in set(roles) and _states(row, purpose)]
    if any(level <= LEVELS.index(row.shown) for row in rows):
        return SHOWN
    if any(purpose == BREAK_GLASS or level <= LEVELS.index(row.asked) for row in rows):
        return VEILED
    return REFUSED


def sight(roles: Iterable[str], purpose: str, *, stands: bool) -> Sight:
    """`decide` for every clearance at once."""
    told = {one: decide(roles, purpose, stands=stands, clearance=one) for one in LEVELS}
    return Sight(
        frozenset(one for one in LEVELS if told[one] == SHOWN),
        frozenset(one for one in LEVELS if told[one] == VEILED),
    )


def states(roles: Iterable[str], purpose: str) -> bool:
    """Whether one of these roles may state this purpose at all."""
    return any(_states(CLEARED[role], purpose) for role in roles if role in CLEARED)


def may_break(roles: Iterable[str]) -> bool:
    return any(CLEARED[role].breaks for role in roles if role in CLEARED)


def _states(row: Cleared, purpose: str) -> bool:
    return row.breaks if purpose == BREAK_GLASS else purpose in row.states
