"""The key files in `KEY_DIR`: the ring (`ring.json`) and the key of the blind indexes (`index.key`).

Read once a process and again when a file changes. A file that is missing, unreadable or malformed gives `KeyMissing`
with its name and what to do.
"""

import base64
import binascii
import json
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
    KeyMissing,
)

SIZE = 32


def subkey(key: bytes, use: str) -> bytes:
    """The key for one use, derived from `key` (HKDF-SHA256)."""
    return HKDF(
        algorithm=SHA256(), length=SIZE, salt=None, info=b"scriptorium " + use.encode()
    ).derive(key)


@dataclass(frozen=True)
class Ring:
    """The keys that wrap subject keys, by number; new ones are wrapped with the current."""

    file: Path
    current: int
    keys: dict[int, bytes]

    def __repr__(self) -> str:  # keys never reach a log or a traceback
        return f"<Ring {self.file} current={self.current}>"

    @classmethod
    def load(cls) -> "Ring":
        file = settings.KEY_DIR / "ring.json"
        return _ring(file, _stamp(file))

    def key(self, number: int) -> bytes:
        try:
            return self.keys[number]
        except KeyError:
            raise KeyMissing.file(self.file, NO_KEY, number=number) from None


def index_key() -> bytes:
    """The root of every blind index."""
    file = settings.KEY_DIR / "index.key"
    return _index_key(file, _stamp(file))


def _stamp(file: Path) -> tuple[int, int, int]:
    try:
        stat = file.stat()
    except OSError:
        raise KeyMissing.file(file, MISSING) from None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


@lru_cache(maxsize=8)
def _ring(file: Path, _stamp: tuple[int, int, int]) -> Ring:
    try:
        data = json.loads(_read(file))
        keys = {int(number): _key(file, text) for number, text in data["keys"].items()}
        current = int(data["current"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise KeyMissing.file(file, NO_RING) from None
    if current not in keys:
        raise KeyMissing.file(file, NO_CURRENT, number=current)
    return Ring(file, current, keys)


@lru_cache(maxsize=8)
def _index_key(file: Path, _stamp: tuple[int, int, int]) -> bytes:
    return _key(file, _read(file).strip())


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii")
    except (OSError, ValueError):
        raise KeyMissing.file(file, MISSING) from None


def _key(file: Path, text: Any) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError, TypeError):
        raise KeyMissing.file(file, NO_KEY_FILE) from None
    if len(key) != SIZE:
        raise KeyMissing.file(file, WRONG_SIZE, size=len(key), wanted=SIZE)
    return key
