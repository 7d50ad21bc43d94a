"""The keys under which a browser seals what it has not sent yet: one a person and day, derived from the ring, kept nowhere.

The browser gets them after the login and holds them in memory; after a crash the same person signs in and gets the same ones.
A key goes by a name that tells neither person nor day, so that another person's browser page finds nothing it could open, and
nothing on the disk says whose it is. A key is given for two days after its own: what waits longer is not opened any more.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from runtime.vault.keys import process_key, process_numbers, subkey

DAYS = 3  # today and the two days before it: what was sealed within 48 hours opens
_NAME = 8


@dataclass(frozen=True, repr=False)
class UnsentKey:
    """A key and the name it goes by on the disk of a browser."""

    name: str
    key: bytes


def unsent_keys(subject: uuid.UUID, day: dt.date) -> list[UnsentKey]:
    """The keys of a person on a day, that of the day itself under the ring's current key first."""
    numbers = process_numbers()
    days = [day - dt.timedelta(days=back) for back in range(DAYS)]
    return [_key(subject, each, number) for number in numbers for each in days]


def _key(subject: uuid.UUID, day: dt.date, number: int) -> UnsentKey:
    _number, root = process_key("unsent answers", number)
    use = f"{subject} {day.isoformat()}"
    return UnsentKey(subkey(root, f"name {use}")[:_NAME].hex(), subkey(root, f"key {use}"))
