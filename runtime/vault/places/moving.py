"""A ring in two places, while its keys move from one to the other (`KEY_RING=files,transit`, in either order).

Numbers are one sequence: whoever adds a key in one place takes a number above all there are, so that a number tells where its key lies. Every
process that knows both places reads what either wrapped; in which of them new keys are wrapped is a row of the keys database
(`RingKey.used_from`), not a setting, so that no two processes are of different minds for longer than they believe what they read.
"""

import time
from collections.abc import Sequence

from django.utils.translation import gettext_noop

from runtime.vault.errors import MISSING, NO_KEY, CannotRotate, KeyMissing, Where
from runtime.vault.models import RingKey
from runtime.vault.places.base import Bound, HeldRing, KeyPlace
from runtime.vault.places.transit import FRESH, TransitRing
from runtime.vault.reach import keys_database

LEFT = gettext_noop(
    "Nothing needs key %(number)s any more. It lies in %(file)s, which the ring has left: set KEY_RING to the other place alone, start "
    "every server and worker again, and keep a copy of it apart for as long as you keep backups of the keys database from before."
)


class MovingRing(KeyPlace):
    """Keys in this installation's hands, and keys of a service."""

    def __init__(self, held: HeldRing, service: TransitRing) -> None:
        self.held, self.service = held, service
        self.noted: tuple[float, frozenset[int]] = (0.0, frozenset())

    @property
    def where(self) -> Where:
        return self.held.where

    def at(self, number: int) -> KeyPlace:
        if self.held.there() and self.held.has(number):
            return self.held
        if self.service.knows(number):
            return self.service
        raise self.lacks(number)

    def lacks(self, number: int) -> KeyMissing:
        problem = NO_KEY if self.held.there() else MISSING
        return KeyMissing.at(self.held.where, problem, number=number)

    def current(self) -> int:
        """The newest that was used. A file that appears beside a service counts only once a key of it was taken into use."""
        held, used = self._held_current(), self.service.used()
        if held is None and used is None:
            raise KeyMissing.at(self.held.where, MISSING)
        if held is not None and used is not None and held not in self._noted():
            return used
        return max(held or 0, used or 0)

    def numbers(self) -> frozenset[int]:
        held = self.held.numbers() if self.held.there() else frozenset()
        return held | self.service.kept()

    def has(self, number: int) -> bool:
        held = self.held.there() and self.held.has(number)
        return held or bool(self.service.used() and self.service.has(number))

    def root(self, number: int) -> bytes:
        return self.at(number).root(number)

    def wrap(self, number: int, keys: Sequence[Bound]) -> list[bytes]:
        return self.at(number).wrap(number, keys)

    def unwrap(self, number: int, wrapped: Sequence[Bound]) -> list[bytes]:
        return self.at(number).unwrap(number, wrapped)

    def add(self, above: int = 0) -> int:
        """In the place that is used."""
        current = self.current()
        return self.at(current).add(max(above, current))

    def use(self, number: int) -> None:
        self.at(number).use(number)
        self.forget()

    def retire(self, number: int) -> None:
        at = self.at(number)
        if at is self.held and self.at(self.current()) is self.service:
            raise CannotRotate(LEFT, number=number, file=self.held.where)
        at.retire(number)

    def forget(self) -> None:
        """After another key was taken into use here."""
        self.noted = (0.0, frozenset())

    def _held_current(self) -> int | None:
        return self.held.current() if self.held.there() else None

    def _noted(self) -> frozenset[int]:
        until, noted = self.noted
        if until <= time.monotonic():
            with keys_database():
                rows = RingKey.objects.filter(used_from__isnull=False)
                noted = frozenset(rows.values_list("number", flat=True))
            self.noted = (time.monotonic() + FRESH, noted)
        return noted
