"""Which generations of tokens there are: what is written, what is asked.

A generation has keys, a normaliser and a place of its own. Usually there is one. While the index is turned there are two:
the new one is written by everybody and filled from the cards, the old one is asked; then the new one is asked, and
the old one given up. A process believes for a while what it read, so each step waits until every process has heard
of the one before (`runtime.search.turning`).
"""

import time
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models.functions import Now

from runtime.search.backends.base import FIRST
from runtime.search.classes import newest_normaliser
from runtime.search.models import SearchEntry, SearchGeneration
from runtime.search.weights import LOOK_AGAIN

FILLING, ASKED, KEPT, LEAVING = "filling", "asked", "kept", "leaving"
WRITTEN = (FILLING, ASKED, KEPT)
OLDEST_NORMALISER = 1


class Generation(NamedTuple):
    """A set of tokens of every entry."""

    number: int
    normaliser: int
    state: str = ASKED


@dataclass
class _Read:
    until: float = -1.0
    written: tuple[Generation, ...] = ()


_read = _Read()


def asked() -> Generation:
    """The generation a search asks."""
    return next(one for one in written() if one.state == ASKED)


def written() -> tuple[Generation, ...]:
    """The generations of which an entry has tokens."""
    now = time.monotonic()
    if now >= _read.until:
        rows = SearchGeneration.objects.filter(state__in=WRITTEN).order_by("number")
        found = tuple(
            Generation(*row) for row in rows.values_list("number", "normaliser", "state")
        )
        if not found:
            return (_first(),)
        _read.written, _read.until = found, now + LOOK_AGAIN
    return _read.written


def forget_generations() -> None:
    """After a step was made here, or another database was put in place."""
    _read.until = -1.0


def _first() -> Generation:
    """Of an installation that never turned its index: the newest rules if it is empty, else those it was begun with."""
    number = OLDEST_NORMALISER if SearchEntry.objects.exists() else newest_normaliser()
    row, _ = SearchGeneration.objects.get_or_create(
        number=FIRST, defaults={"normaliser": number, "state": ASKED, "since": Now()}
    )
    return Generation(row.number, row.normaliser, row.state)
