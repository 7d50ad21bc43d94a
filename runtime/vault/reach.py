"""The keys database may be away, or be an empty file where the right one was: said as a missing key, not as a fault of ours."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import InterfaceError, OperationalError, ProgrammingError
from django.utils.translation import gettext_noop

from runtime.vault.errors import KeyMissing

AWAY = gettext_noop(
    "The keys database cannot be read. Nothing was written. Start it, or restore it from its backup."
)


@contextmanager
def keys_database() -> Iterator[None]:
    """Around every question to the keys database."""
    try:
        yield
    except (OperationalError, ProgrammingError, InterfaceError):
        raise KeyMissing(AWAY) from None
