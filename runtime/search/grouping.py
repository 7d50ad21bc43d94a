"""Which people of a list live or ring together: the same telephone, with the same surname or not. Pure.

An address is on no card: as it is typed it seldom equals itself, and it would be one more thing that lies about.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from runtime.search.query import Named, phone_digits

HOUSEHOLD, SAME_PHONE = "household", "same_phone"


@dataclass(frozen=True)
class Grouped:
    """Some of a list, by their places in it; `why` is empty for somebody who stands alone."""

    members: tuple[int, ...]
    why: str = ""


def grouped(cards: Sequence[Named]) -> list[Grouped]:
    """Everybody once, each group where its first one stood: the best hit stays the first."""
    together: dict[str, list[int]] = defaultdict(list)
    for at, card in enumerate(cards):
        together[phone_digits(card.phone) or f"alone {at}"].append(at)
    return [Grouped(tuple(members), _why(members, cards)) for members in together.values()]


def _why(members: Sequence[int], cards: Sequence[Named]) -> str:
    if len(members) == 1:
        return ""
    surnames = {tuple(word.squashed for word in cards[at].family) for at in members}
    return HOUSEHOLD if len(surnames) == 1 and surnames != {()} else SAME_PHONE
