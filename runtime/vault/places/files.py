"""The ring in `KEY_DIR/ring.json`.

It is written whole or not at all: a temporary file beside it, on the disk before it takes the name. Two who change it wait for
each other.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from runtime.vault.places.base import HeldRing
from runtime.vault.ring import SIZE, Ring, ring_file

MODE = 0o600


class FileRing(HeldRing):
    """The keys of one machine, or of several that are given the same folder."""

    @property
    def where(self) -> Path:
        return ring_file()

    def there(self) -> bool:
        return os.path.lexists(self.where)

    def ring(self) -> Ring:
        return Ring.load()

    def add(self, above: int = 0) -> int:
        """While keys move here there may be no file yet; it is begun with the first of them."""
        with _alone(self.where):
            if above and not self.there():
                _write(Ring(self.where, above + 1, {above + 1: os.urandom(SIZE)}))
                return above + 1
            ring = Ring.load()
            newest = max(ring.keys)
            if newest > (above or ring.current):
                return newest
            number = max(newest, above) + 1
            _write(replace(ring, keys={**ring.keys, number: os.urandom(SIZE)}))
            return number

    def use(self, number: int) -> None:
        with _alone(self.where):
            ring = Ring.load()
            ring.key(number)
            if ring.current != number:
                _write(replace(ring, current=number))

    def retire(self, number: int) -> None:
        with _alone(self.where):
            ring = Ring.load()
            if number == ring.current:
                raise ValueError("the current key is not retired")
            _write(replace(ring, keys={n: key for n, key in ring.keys.items() if n != number}))


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _write(ring: Ring) -> None:
    """Whoever reads meanwhile finds the former ring or this one; after a power cut, too."""
    file = ring_file()
    beside = file.with_name(f".{file.name}.new")
    with suppress(FileNotFoundError):
        beside.unlink()  # what a killed process left
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(ring.text())
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
