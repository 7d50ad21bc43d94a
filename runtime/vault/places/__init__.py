"""Where the keys of the ring live: one file a place, listed in `PLACES`; `KEY_RING` names the one that is used.

A place wraps and unwraps what is given to it, and knows its keys by number. Whoever adds one writes a `KeyPlace` and its row here. While
keys move (`manage.py move_keys`) `KEY_RING` names two, one of them the service.
"""

from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from runtime.vault.places.base import Bound, HeldRing, KeyPlace
from runtime.vault.places.environment import EnvironmentRing
from runtime.vault.places.files import FileRing
from runtime.vault.places.moving import MovingRing
from runtime.vault.places.transit import TransitRing

__all__ = ["PLACES", "Bound", "KeyPlace", "MovingRing", "forget_places", "place"]

PLACES: dict[str, type[KeyPlace]] = {
    "files": FileRing,
    "environment": EnvironmentRing,
    "transit": TransitRing,
}


def place() -> KeyPlace:
    """The place of this installation's ring."""
    return _made(settings.KEY_RING)


def forget_places() -> None:
    """After settings changed (tests)."""
    _made.cache_clear()


@lru_cache(maxsize=4)
def _made(name: str) -> KeyPlace:
    named = [one.strip() for one in name.split(",")]
    made = [PLACES[one]() for one in named if one in PLACES]
    if len(made) == len(named) == 1:
        return made[0]
    held = [one for one in made if isinstance(one, HeldRing)]
    services = [one for one in made if isinstance(one, TransitRing)]
    if len(named) == 2 and held and services:
        return MovingRing(held[0], services[0])
    raise ImproperlyConfigured(
        f"KEY_RING is {name}, which is no place for keys. Set it to one of: {', '.join(PLACES)}; or, while keys move, to two of which "
        "one is transit: files,transit."
    )
