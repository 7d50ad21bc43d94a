"""The kinds of findings. To add one: write a function that takes the Matter and yields findings, and put it on KINDS.

Each is carried out twice: once while questions are only noted (nothing is possible or impossible then), and once with answers.
"""

from collections.abc import Callable, Iterator
from typing import Final

from builder.proof.finding import Finding
from builder.proof.kinds.conditions import conditions
from builder.proof.kinds.ends import ends
from builder.proof.kinds.fitting import fitting
from builder.proof.kinds.published import published
from builder.proof.kinds.reach import blocks, reach
from builder.proof.kinds.tables import tables
from builder.proof.kinds.texts import texts
from builder.proof.kinds.unread import unread
from builder.proof.matter import Matter

KINDS: Final[tuple[Callable[[Matter], Iterator[Finding]], ...]] = (
    published,
    reach,
    conditions,
    fitting,
    tables,
    ends,
    texts,
    unread,
)

__all__ = ["KINDS", "blocks"]
