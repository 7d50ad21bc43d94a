"""What random plays aim at: one construct a time, drawn often enough that a fault of it is found soon.

Without an aim everything is drawn alike, and what is rare meets what is rare too seldom: a warning that was set aside and is then
answered anew, an entry moved before another that reads the one before it.
"""

from dataclasses import dataclass
from typing import Final

from builder.conditions.operators import OPERATORS


@dataclass(frozen=True, slots=True)
class Aim:
    """`operators` are drawn as often as all others together; `often` is always there (repeats, nested, sides, filters, constraints,
    warnings, defaults, texts, bounds, figures, calculations); `asks` is what most commands do (answers, entries, sections, languages,
    overrides)."""

    operators: tuple[str, ...] = ()
    often: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


ANYTHING: Final = Aim()
CONSTRUCTS: Final = {
    "anything": ANYTHING,
    "entries": Aim((), ("repeats", "calculations"), ("answers", "entries")),
    "entries before": Aim(("previous",), ("repeats", "calculations"), ("answers", "entries")),
    "entries in entries": Aim(
        ("sum", "count", "occurs", "max"), ("repeats", "nested", "calculations"), ("answers", "entries")
    ),
    "filters": Aim(("eq", "ne"), ("filters",), ("answers",)),
    "constraints": Aim((), ("constraints", "bounds"), ("answers",)),
    "warnings": Aim((), ("constraints", "warnings"), ("answers", "overrides")),
    "defaults": Aim((), ("defaults",), ("answers",)),
    "side sections": Aim((), ("sides",), ("sections",)),
    "languages": Aim((), ("constraints", "texts"), ("answers", "languages")),
    "texts": Aim((), ("texts",), ("answers",)),
}  # fmt: skip
AIMS: Final[dict[str, Aim]] = {
    **CONSTRUCTS,
    **{name: Aim((name,), ("calculations",), ("answers",)) for name in OPERATORS},
    **{
        name: Aim((name,), ("repeats", "calculations", "figures"), ("answers", "entries"))
        for name in ("sum", "min", "max", "avg", "count", "occurs")
    },
}
