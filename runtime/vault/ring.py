"""A ring of keys as a text, and the files in `KEY_DIR`: the ring (`ring.json`) and the key of the blind indexes (`index.key`).

Read once a process and again when a file changes. What is missing, unreadable, malformed, or open to others gives `KeyMissing`
with its name and what to do.
"""

import base64
import binascii
import json
import os
import stat
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from runtime.vault.errors import (
    MISSING,
    NO_CURRENT,
    NO_KEY,
    NO_KEY_FILE,
    NO_RING,
    WRONG_SIZE,
    Environment,
    KeyMissing,
    Where,
)

SIZE = 32
INDEX_VARIABLE = Environment("SCRIPTORIUM_INDEX_KEY")


def subkey(key: bytes, use: str) -> bytes:
    """The key for one use, derived from `key` (HKDF-SHA256)."""
    return HKDF(
        algorithm=SHA256(), length=SIZE, salt=None, info=b"scriptorium " + use.encode()
    ).derive(key)


@dataclass(frozen=True)
class Ring:
    """The keys that wrap subject keys, by number; new ones are wrapped with the current."""

    where: Where
    current: int
    keys: dict[int, bytes]

    def __repr__(self) -> str:  # keys never reach a log or a traceback
        return f"<Ring {self.where} current={self.current}>"

    @classmethod
    def read(cls, text: str, where: Where) -> "Ring":
        """The ring that a text tells: `{"current": 1, "keys": {"1": "<base64 32 bytes>"}}`."""
        try:
            data = json.loads(text)
            keys = {int(number): _key(where, key) for number, key in data["keys"].items()}
            current = int(data["current"])
        except (ValueError, KeyError, TypeError, AttributeError):
            raise KeyMissing.at(where, NO_RING) from None
        if current not in keys:
            raise KeyMissing.at(where, NO_CURRENT, number=current)
        return cls(where, current, keys)

    @classmethod
    def load(cls) -> "Ring":
        file = ring_file()
        return _ring(file, _stamp(file))

    def text(self) -> str:
        """What `read` reads."""
        keys = {str(number): base64.b64encode(key).decode() for number, key in self.keys.items()}
        return json.dumps({"current": self.current, "keys": keys})

    def key(self, number: int) -> bytes:
        try:
            return self.keys[number]
        except KeyError:
            raise KeyMissing.at(self.where, NO_KEY, number=number) from None


def ring_file() -> Path:
    return Path(settings.KEY_DIR / "ring.json")


def index_key() -> bytes:
    """The root of every blind index."""
    where = index_place()
    if isinstance(where, Path):
        return _index_key(where, _stamp(where))
    return _key(where, settings.INDEX_KEY)


def index_place() -> Path | Environment:
    """Where the root of the blind indexes lies: in its file, unless the environment gives it."""
    return INDEX_VARIABLE if settings.INDEX_KEY else Path(settings.KEY_DIR / "index.key")


def open_to_others(mode: int) -> bool:
    """Whether a file of this mode may be read or changed by its group or by others."""
    return os.name == "posix" and bool(mode & (stat.S_IRWXG | stat.S_IRWXO))


def _stamp(file: Path) -> tuple[int, int, int]:
    try:
        found = file.stat()
    except OSError:
        raise KeyMissing.at(file, MISSING) from None
    if open_to_others(found.st_mode):
        raise KeyMissing.open_to_others(file)
    return found.st_mtime_ns, found.st_size, found.st_ino


@lru_cache(maxsize=8)
def _ring(file: Path, _stamp: tuple[int, int, int]) -> Ring:
    return Ring.read(_read(file), file)


@lru_cache(maxsize=8)
def _index_key(file: Path, _stamp: tuple[int, int, int]) -> bytes:
    return _key(file, _read(file).strip())


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii")
    except (OSError, ValueError):
        raise KeyMissing.at(file, MISSING) from None


def _key(where: Where, text: Any) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError, TypeError):
        raise KeyMissing.at(where, NO_KEY_FILE) from None
    if len(key) != SIZE:
        raise KeyMissing.at(where, WRONG_SIZE, size=len(key), wanted=SIZE)
    return key
