"""The ring in an environment variable, for one machine whose secrets come from outside (a container, a service manager)."""

from functools import lru_cache
from typing import NoReturn

from django.conf import settings
from django.utils.translation import gettext_noop

from runtime.vault.errors import MISSING, CannotRotate, Environment, KeyMissing
from runtime.vault.places.base import HeldRing
from runtime.vault.ring import Ring

VARIABLE = Environment("SCRIPTORIUM_KEYS")
BY_HAND = gettext_noop(
    "The keys come from the environment variable %(file)s, which this program cannot change. Put a further key into it with a "
    "higher number, make that one the current key, start server and worker again, and then run this command again."
)
PUT_IN = gettext_noop(
    "Nothing was changed. Put a ring into the environment variable %(file)s whose current key has the number %(number)s, "
    "start server and worker again, and then run this command again."
)
TAKE_OUT = gettext_noop(
    "Nothing needs key %(number)s any more. Take it out of the environment variable %(file)s and start server and worker again."
)


class EnvironmentRing(HeldRing):
    """`SCRIPTORIUM_KEYS`: the same text as a ring file."""

    where = VARIABLE

    def there(self) -> bool:
        return bool(settings.RING_KEYS)

    def ring(self) -> Ring:
        if not settings.RING_KEYS:
            raise KeyMissing.at(VARIABLE, MISSING)
        return _read(settings.RING_KEYS)

    def add(self, above: int = 0) -> int:
        """While keys move here: the one that a person put in."""
        if not above:
            self._by_hand()
        newest = max(self.numbers()) if self.there() else 0
        if newest <= above:
            raise CannotRotate(PUT_IN, file=VARIABLE, number=above + 1)
        return newest

    def use(self, number: int) -> None:
        if number != self.current():
            self._by_hand()

    def retire(self, number: int) -> None:
        raise CannotRotate(TAKE_OUT, file=VARIABLE, number=number)

    def _by_hand(self) -> NoReturn:
        raise CannotRotate(BY_HAND, file=VARIABLE)


@lru_cache(maxsize=2)
def _read(text: str) -> Ring:
    return Ring.read(text, VARIABLE)
